using System.Globalization;
using DarkPool.Engine.Trading;

namespace DarkPool.Load.OrderFlow;

/// <summary>
/// A day of a LOBSTER message file as commands: type 1 rests, type 3 cancels, and a run of type 4 rows of one time and direction is one
/// immediate order of the other side, its size their sum and its limit the last row's price. The other types say nothing that a book is
/// told.
/// </summary>
internal static class LobsterDay
{
    /// <summary>Ids of immediate orders, which the file does not name, count down from here; the file's own are far below.</summary>
    private const ulong FirstImmediateId = ulong.MaxValue >> 16;

    /// <summary>Reads a message file.</summary>
    public static List<BookCommand> Read(IEnumerable<string> lines)
    {
        var commands = new List<BookCommand>();
        var immediate = FirstImmediateId;
        var (runTime, runSide) = ("", default(Side));
        foreach (var line in lines)
        {
            var fields = line.Split(',');
            var side = fields[5] == "1" ? Side.Buy : Side.Sell;
            var (id, lots, price) = (Number(fields[2]), Number(fields[3]), (long)Number(fields[4]));
            var isExecution = fields[1] == "4";
            if (isExecution && fields[0] == runTime && side == runSide)
            {
                commands[^1] = commands[^1] with { Price = price, Lots = commands[^1].Lots + lots };
                continue;
            }

            (runTime, runSide) = isExecution ? (fields[0], side) : ("", default);
            if (isExecution) commands.Add(new(immediate--, price, lots, BookAction.Immediate, side == Side.Buy ? Side.Sell : Side.Buy));
            else if (fields[1] == "1") commands.Add(new(id, price, lots, BookAction.Rest, side));
            else if (fields[1] == "3") commands.Add(new(id, 0, 0, BookAction.Cancel, side));
        }

        return commands;
    }

    private static ulong Number(string field) => ulong.Parse(field, NumberStyles.None, CultureInfo.InvariantCulture);
}
