using DarkPool.Engine.Tests.Trading.Auctions;
using DarkPool.Engine.Trading;
using DarkPool.Engine.Trading.Midpoint;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Engine.Tests.Trading.Midpoint;

/// <summary>The book against the plain one, against itself restored, and against what must hold of every trade.</summary>
[Properties(Arbitrary = [typeof(MidpointFlows)], MaxTest = 25)]
public sealed class MidpointModelTests
{
    [Property]
    public void Every_event_and_the_whole_book_are_those_of_the_plain_book(MidpointFlow flow)
    {
        var (book, plain) = (new MidpointBook(), new PlainMidpointBook());
        var (told, expected) = (new RecordingBookSink(), new RecordingBookSink());
        for (var step = 0; step < flow.Steps.Length; step++)
        {
            Apply(flow.Steps[step], book, ref told);
            Apply(flow.Steps[step], plain, ref expected);
            Assert.Equal(expected.Events, told.Events);
            told.Events.Clear();
            expected.Events.Clear();
            if (step % 200 == 0) Assert.Equal(plain.Resting.Select(order => order.Present), book.Orders());
        }

        Assert.Equal(plain.Resting.Select(order => order.Present), book.Orders());
        Assert.Equal(plain.Resting.Count, book.Count);
    }

    [Property]
    public void A_restored_book_goes_on_as_the_first(MidpointFlow flow)
    {
        var (first, ignored) = (new MidpointBook(), default(CountingBookSink));
        var half = flow.Steps.Length / 2;
        foreach (var step in flow.Steps[..half]) Apply(step, first, ref ignored);
        var second = new MidpointBook(hashSeed: 7);
        second.Refer(first.Reference, default(AnyCounterparty), ref ignored);
        foreach (var order in first.Orders()) Assert.True(second.Restore(order));

        var (told, expected) = (new RecordingBookSink(), new RecordingBookSink());
        foreach (var step in flow.Steps[half..])
        {
            Apply(step, first, ref expected);
            Apply(step, second, ref told);
        }

        Assert.Equal(expected.Events, told.Events);
        Assert.Equal(first.Orders(), second.Orders());
    }

    [Property]
    public void Every_trade_is_at_the_midpoint_inside_collar_and_limits_and_meets_both_minimums(MidpointFlow flow)
    {
        var book = new MidpointBook();
        var sink = new RecordingBookSink();
        MidpointReference? reference = null;
        foreach (var step in flow.Steps)
        {
            if (step.Kind == MidpointStepKind.Refer) reference = step.Reference;
            var before = book.Orders().ToDictionary(order => order.Id);
            sink.Events.Clear();
            Apply(step, book, ref sink);
            var wasPlaced = sink.Events.Any(told => told is BookEvent.Accepted) && step.Kind == MidpointStepKind.Place;
            if (wasPlaced) before[step.Order.Id] = step.Order;
            if (step.Kind == MidpointStepKind.Replace && before.TryGetValue(step.Order.Id, out var replaced))
                before[step.Order.Id] = replaced with { Limit = step.Order.Limit, Quantity = step.Order.Quantity };
            AssertTrades(sink, before, reference, step.Filter);
        }
    }

    internal static void Apply<TSink>(MidpointStep step, MidpointBook book, ref TSink sink)
        where TSink : struct, IBookSink
    {
        if (step.Kind == MidpointStepKind.Place) book.Place(step.Order, step.Filter, ref sink);
        else if (step.Kind == MidpointStepKind.Cancel) book.Cancel(step.Order.Id, ref sink);
        else if (step.Kind == MidpointStepKind.Refer) book.Refer(step.Reference, step.Filter, ref sink);
        else if (step.Kind == MidpointStepKind.Replace)
            book.Replace(step.Order.Id, step.Order.Limit, step.Order.Quantity, step.Filter, ref sink);
    }

    internal static void Apply(MidpointStep step, PlainMidpointBook book, ref RecordingBookSink sink)
    {
        if (step.Kind == MidpointStepKind.Place) book.Place(step.Order, step.Filter, ref sink);
        else if (step.Kind == MidpointStepKind.Cancel) book.Cancel(step.Order.Id, ref sink);
        else if (step.Kind == MidpointStepKind.Refer) book.Refer(step.Reference, step.Filter, ref sink);
        else if (step.Kind == MidpointStepKind.Replace)
            book.Replace(step.Order.Id, step.Order.Limit.Ticks, step.Order.Quantity.Lots, step.Filter, ref sink);
    }

    private static void AssertTrades(
        RecordingBookSink sink, Dictionary<ulong, MidpointOrder> before, MidpointReference? reference, GrudgeFilter filter)
    {
        var taken = new Dictionary<ulong, ulong>();
        foreach (var trade in sink.Events.OfType<BookEvent.Traded>().Select(traded => traded.Trade))
        {
            var (maker, taker) = (before[trade.MakerId], before[trade.TakerId]);
            var (buy, sell) = trade.TakerSide == Side.Buy ? (taker, maker) : (maker, taker);
            Assert.True(reference is { IsUsable: true });
            Assert.Equal(reference.Value.Bid + reference.Value.Ask, trade.Price.Ticks);
            Assert.InRange(trade.Price.Ticks, reference.Value.Low.Ticks, reference.Value.High.Ticks);
            Assert.InRange(trade.Price.Ticks, sell.Limit.Ticks, buy.Limit.Ticks);
            Assert.True(filter.MayTrade(maker.Owner, taker.Owner));
            Assert.True(trade.Quantity.Lots >= maker.Minimum.AtRest(trade.MakerRemaining.Lots + trade.Quantity.Lots));
            Assert.True(trade.Quantity.Lots >= taker.Minimum.Each(trade.TakerRemaining.Lots + trade.Quantity.Lots));
            taken[taker.Id] = taken.GetValueOrDefault(taker.Id) + trade.Quantity.Lots;
            if (taker.Execution == Execution.FillOrKill && trade.TakerRemaining.Lots == 0)
                Assert.Equal(taker.Quantity.Lots, taken[taker.Id]);
        }

        foreach (var killed in sink.Events.OfType<BookEvent.Cancelled>().Where(told => told.Reason == CancelReason.FillOrKill))
            Assert.False(taken.ContainsKey(killed.Id));
    }
}
