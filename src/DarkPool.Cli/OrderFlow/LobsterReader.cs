// LOBSTER message files (https://lobsterdata.com): time, type, order id, size, price x 10,000, direction.
//
// | type | meaning                        | becomes                                             |
// | ---- | ------------------------------ | --------------------------------------------------- |
// | 1    | new limit order                | a limit order                                       |
// | 2    | partial cancel                 | nothing                                             |
// | 3    | deletion                       | a cancel, if the file showed the order's submission |
// | 4    | execution of a visible order   | a run of one time and direction: one IOC order on   |
// |      |                                | the other side, the sum of sizes, the last price    |
// | 5, 6 | hidden execution, cross trade  | nothing                                             |
// | 7    | halt                           | nothing                                             |
using System.Globalization;
using DarkPool.Protocol.Commands;

namespace DarkPool.Cli.OrderFlow;

/// <summary>Rebuilds orders and cancels from a LOBSTER message file, in file order.</summary>
internal static class LobsterReader
{
    private const string Format = "lobster";
    private const int Columns = 6;

    public static IEnumerable<FlowEvent> Read(TextReader reader)
    {
        var submitted = new HashSet<ulong>();
        var ids = new RebuiltOrderIds();
        var run = default(ExecutionRun);
        long number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line.Length == 0)
                continue;
            Row row = Parse(line, number);
            if (run.Quantity > 0 && !run.Continues(row))
            {
                yield return run.ToOrder(ids.Next());
                run = default;
            }
            switch (row.Type)
            {
                case 1:
                    submitted.Add(row.OrderId);
                    yield return new FlowEvent(row.Time, FlowAction.Limit, row.OrderId, row.Direction, row.Price, row.Size);
                    break;
                case 3 when submitted.Contains(row.OrderId):
                    yield return FlowEvent.Cancelled(row.Time, row.OrderId);
                    break;
                case 4:
                    run = run.Extend(row);
                    break;
            }
        }
        if (run.Quantity > 0)
            yield return run.ToOrder(ids.Next());
    }

    private static Row Parse(ReadOnlySpan<char> line, long number)
    {
        Span<Range> fields = stackalloc Range[Columns + 1];
        if (line.Split(fields, ',') < Columns)
            throw new OrderFlowException(Format, number, $"fewer than {Columns} columns");
        if (!byte.TryParse(line[fields[1]], NumberStyles.None, CultureInfo.InvariantCulture, out byte type) || type is < 1 or > 7)
            throw new OrderFlowException(Format, number, "the type is not one of 1 to 7");
        if (!decimal.TryParse(line[fields[0]], NumberStyles.Float, CultureInfo.InvariantCulture, out decimal seconds) || seconds < 0)
            throw new OrderFlowException(Format, number, "the time is not a number of seconds");
        if (type is not (1 or 3 or 4))
            return new Row { Type = type };
        if (!ulong.TryParse(line[fields[2]], NumberStyles.None, CultureInfo.InvariantCulture, out ulong id))
            throw new OrderFlowException(Format, number, "the order id is not a number");
        if (!ulong.TryParse(line[fields[3]], NumberStyles.None, CultureInfo.InvariantCulture, out ulong size) || size == 0)
            throw new OrderFlowException(Format, number, "the size is not a positive number");
        if (!long.TryParse(line[fields[4]], NumberStyles.None, CultureInfo.InvariantCulture, out long price) || price == 0)
            throw new OrderFlowException(Format, number, "the price is not a positive number");
        ReadOnlySpan<char> direction = line[fields[5]];
        if (direction is not ("1" or "-1"))
            throw new OrderFlowException(Format, number, "the direction is not 1 or -1");
        return new Row
        {
            ExactTime = seconds,
            Type = type,
            OrderId = id,
            Size = size,
            Price = price,
            Direction = direction.Length == 1 ? Side.Buy : Side.Sell,
        };
    }

    private readonly struct Row
    {
        public decimal ExactTime { get; init; }

        public byte Type { get; init; }

        public ulong OrderId { get; init; }

        public ulong Size { get; init; }

        public long Price { get; init; }

        public Side Direction { get; init; }

        public long Time => (long)(ExactTime * 1_000_000m);
    }

    /// <summary>Executions that one aggressor caused: it is not in the file, only what it hit.</summary>
    private readonly struct ExecutionRun
    {
        private Row Last { get; init; }

        public ulong Quantity { get; private init; }

        public bool Continues(Row row) => row.Type == 4 && row.ExactTime == Last.ExactTime && row.Direction == Last.Direction;

        public ExecutionRun Extend(Row row) => new() { Last = row, Quantity = checked(Quantity + row.Size) };

        public FlowEvent ToOrder(ulong id)
        {
            Side aggressor = Last.Direction == Side.Buy ? Side.Sell : Side.Buy;
            return new FlowEvent(Last.Time, FlowAction.ImmediateOrCancel, id, aggressor, Last.Price, Quantity);
        }
    }
}
