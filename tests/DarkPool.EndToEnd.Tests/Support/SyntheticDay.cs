using System.Globalization;
using DarkPool.Cli.Demo;
using DarkPool.Cli.OrderFlow;
using DarkPool.Cli.Tests.OrderFlow;
using DarkPool.Protocol.Commands;

namespace DarkPool.EndToEnd.Tests.Support;

/// <summary>
/// A day of orders in LOBSTER's format that needs no recording: drawn from the shipped profile, with what it trades in a plain book
/// as oracle.
/// </summary>
internal sealed record SyntheticDay(string Path, int Orders, int Cancels, ulong TradedQuantity)
{
    public static SyntheticDay Write(string path, int seed, int count)
    {
        var flow = new SyntheticFlow(FlowProfile.Shipped(), seed);
        using (var file = new StreamWriter(path))
        {
            // Every row has a time of its own, so that no two immediate orders are taken for one.
            for (int row = 0; row < count; row++)
                file.WriteLine(Row(flow.Next(), row));
        }
        var book = new ReferenceBook();
        FlowEvent[] events = OrderFlowFile.Read(path, OrderFlowFormat.Lobster, 0);
        foreach (FlowEvent step in events)
            book.Apply(step);
        int cancels = events.Count(step => step.Action == FlowAction.Cancel);
        return new SyntheticDay(path, events.Length - cancels, cancels, book.Traded);
    }

    private static string Row(in FlowEvent step, int row)
    {
        // An execution row names the side that rested.
        bool buy = step.Side == Side.Buy != (step.Action == FlowAction.ImmediateOrCancel);
        int type = step.Action switch { FlowAction.Limit => 1, FlowAction.Cancel => 3, _ => 4 };
        (ulong size, long price) = step.Action == FlowAction.Cancel ? (1UL, 1L) : (step.Quantity, step.Price);
        return string.Create(CultureInfo.InvariantCulture,
            $"{34200 + (row / 1000)}.{row % 1000:000},{type},{step.OrderId},{size},{price},{(buy ? 1 : -1)}");
    }
}
