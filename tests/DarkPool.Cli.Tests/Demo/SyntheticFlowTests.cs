using DarkPool.Cli.Demo;
using DarkPool.Cli.OrderFlow;
using DarkPool.Cli.Tests.OrderFlow;
using FsCheck.Xunit;

namespace DarkPool.Cli.Tests.Demo;

public sealed class SyntheticFlowTests
{
    private const int Length = 20_000;

    [Property(MaxTest = 20)]
    public bool A_seed_fixes_the_flow(int seed) => Draw(seed, 500).SequenceEqual(Draw(seed, 500));

    [Property(MaxTest = 10)]
    public bool Time_never_goes_back_and_every_order_is_valid(int seed)
    {
        long time = 0;
        foreach (FlowEvent flow in Draw(seed, Length))
        {
            if (flow.Time < time || (flow.Action != FlowAction.Cancel && (flow.Price <= 0 || flow.Quantity == 0)))
                return false;
            time = flow.Time;
        }
        return true;
    }

    [Property(MaxTest = 10)]
    public bool Only_limit_orders_sent_before_are_cancelled_and_none_twice(int seed)
    {
        var live = new HashSet<ulong>();
        foreach (FlowEvent flow in Draw(seed, Length))
        {
            if (flow.Action == FlowAction.Limit && !live.Add(flow.OrderId))
                return false;
            if (flow.Action == FlowAction.Cancel && !live.Remove(flow.OrderId))
                return false;
        }
        return true;
    }

    [Fact]
    public void The_flow_has_the_texture_of_its_profile()
    {
        FlowProfile profile = FlowProfile.Shipped();
        FlowEvent[] flow = Draw(7, Length);
        FlowEvent[] orders = [.. flow.Where(e => e.Action != FlowAction.Cancel)];
        double immediate = orders.Count(e => e.Action == FlowAction.ImmediateOrCancel) / (double)orders.Length;
        ulong[] sizes = [.. orders.Where(e => e.Action == FlowAction.Limit).Select(e => e.Quantity).Order()];

        Assert.InRange(immediate, profile.ImmediateShare * 0.8, profile.ImmediateShare * 1.2);
        Assert.InRange((long)sizes[sizes.Length / 2], profile.LimitSize.Median - 5, profile.LimitSize.Median + 5);
        Assert.InRange(flow.Count(e => e.Action == FlowAction.Cancel) / (double)orders.Length, profile.CancelledShare / 2, 1);
    }

    [Fact]
    public void The_flow_trades_and_its_book_stays_bounded()
    {
        var book = new ReferenceBook();
        foreach (FlowEvent flow in Draw(7, 5 * Length))
            book.Apply(flow);

        Assert.True(book.Traded > 0);
        Assert.InRange(book.OpenOrders, 2, 10_000);
    }

    private static FlowEvent[] Draw(int seed, int count)
    {
        var flow = new SyntheticFlow(FlowProfile.Shipped(), seed);
        var events = new FlowEvent[count];
        for (int i = 0; i < count; i++)
            events[i] = flow.Next();
        return events;
    }
}
