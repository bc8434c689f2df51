using DarkPool.Engine.Trading;
using DarkPool.Engine.Trading.Midpoint;
using Xunit;

namespace DarkPool.Engine.Tests.Trading.Midpoint;

/// <summary>The known cases of the midpoint rule, one by one.</summary>
public sealed class MidpointBookTests
{
    private readonly MidpointBook _book = new();
    private RecordingBookSink _sink = new();

    [Fact]
    public void A_middle_between_two_ticks_is_exact()
    {
        Refer(100, 101);
        Place(1, Side.Buy, Peg.Midpoint, 10);
        Place(2, Side.Sell, Peg.Midpoint, 10);
        Assert.Equal([(1UL, 2UL, 201L, 10UL)], Trades());
    }

    [Fact]
    public void Without_a_reference_or_with_a_crossed_one_or_outside_the_collar_nothing_trades()
    {
        Place(1, Side.Buy, Peg.Midpoint, 10);
        Place(2, Side.Sell, Peg.Market, 10);
        Refer(101, 100);
        _book.Refer(new MidpointReference(100, 100, new Price(201), new Price(300)), default(AnyCounterparty), ref _sink);
        Assert.Empty(Trades());
        Refer(100, 100);
        Assert.Equal([(1UL, 2UL, 200L, 10UL)], Trades());
        Place(3, Side.Buy, Peg.Midpoint, 10);
        _book.Refer(null, default(AnyCounterparty), ref _sink);
        Place(4, Side.Sell, Peg.Midpoint, 10);
        Assert.Single(Trades());
        Assert.Equal(2, _book.Count);
    }

    [Fact]
    public void A_limit_keeps_a_peg_out_until_the_middle_comes_back_and_its_place_is_kept()
    {
        Refer(100, 102);
        Place(1, Side.Buy, Peg.Midpoint, 10, limit: 202);
        Place(2, Side.Buy, Peg.Midpoint, 10);
        Refer(101, 103);
        Place(3, Side.Sell, Peg.Midpoint, 4);
        Refer(100, 102);
        Place(4, Side.Sell, Peg.Midpoint, 4);
        Assert.Equal([(2UL, 3UL, 204L, 4UL), (1UL, 4UL, 202L, 4UL)], Trades());
    }

    [Fact]
    public void A_primary_peg_takes_part_while_bid_and_ask_are_equal()
    {
        Refer(100, 101);
        Place(1, Side.Buy, Peg.Primary, 10);
        Place(2, Side.Sell, Peg.Market, 10);
        Assert.Empty(Trades());
        Refer(100, 100);
        Assert.Equal([(1UL, 2UL, 200L, 10UL)], Trades());
    }

    [Fact]
    public void A_resting_minimum_is_passed_over_by_what_is_too_small_and_blocks_nobody()
    {
        Refer(100, 100);
        Place(1, Side.Buy, Peg.Midpoint, 100, minimum: new TradeMinimum(50, 0));
        Place(2, Side.Buy, Peg.Midpoint, 100);
        Place(3, Side.Sell, Peg.Midpoint, 20);
        Place(4, Side.Sell, Peg.Midpoint, 60);
        Place(5, Side.Sell, Peg.Midpoint, 5);
        Assert.Equal([(2UL, 3UL, 200L, 20UL), (1UL, 4UL, 200L, 60UL), (1UL, 5UL, 200L, 5UL)], Trades());
    }

    [Fact]
    public void An_arriving_minimum_gathers_several_and_trades_nothing_if_they_are_too_few()
    {
        Refer(100, 100);
        Place(1, Side.Buy, Peg.Midpoint, 30);
        Place(2, Side.Buy, Peg.Midpoint, 30);
        Place(3, Side.Sell, Peg.Midpoint, 80, Execution.ImmediateOrCancel, new TradeMinimum(61, 0));
        Assert.Empty(Trades());
        Place(4, Side.Sell, Peg.Midpoint, 80, Execution.ImmediateOrCancel, new TradeMinimum(60, 0));
        Assert.Equal(2, Trades().Count());
    }

    [Fact]
    public void Flows_of_any_kind_allocate_nothing_and_reach_every_outcome()
    {
        var steps = MidpointFlows.Make("everything", 400, 5, 40_000);
        var sink = default(CountingBookSink);
        foreach (var step in steps.Concat(steps)) MidpointModelTests.Apply(step, _book, ref sink);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        foreach (var step in steps) MidpointModelTests.Apply(step, _book, ref sink);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - allocated);
        foreach (var step in steps) MidpointModelTests.Apply(step, _book, ref _sink);
        var reasons = _sink.Events.OfType<BookEvent.Rejected>().Select(told => told.Reason).ToHashSet();
        Assert.Superset(
            (HashSet<BookRejection>)[BookRejection.WouldTrade, BookRejection.DuplicateId, BookRejection.UnknownOrder], reasons);
        var ends = _sink.Events.OfType<BookEvent.Cancelled>().Select(told => told.Reason).ToHashSet();
        Assert.Superset((HashSet<CancelReason>)[CancelReason.FillOrKill, CancelReason.ImmediateOrCancel, CancelReason.Requested], ends);
        Assert.InRange(Trades().Count(), 5_000, int.MaxValue);
    }

    private void Refer(long bid, long ask) =>
        _book.Refer(new MidpointReference(bid, ask, new Price(0), new Price(1_000)), default(AnyCounterparty), ref _sink);

    private void Place(
        ulong id,
        Side side,
        Peg peg,
        ulong lots,
        Execution execution = Execution.Rest,
        TradeMinimum minimum = default,
        long? limit = null) =>
        _book.Place(
            new MidpointOrder
            {
                Id = id,
                Side = side,
                Peg = peg,
                Limit = limit is { } ticks ? new Price(ticks) : MidpointOrder.NoLimit(side),
                Quantity = new Quantity(lots),
                Minimum = minimum,
                Execution = execution,
            },
            default(AnyCounterparty),
            ref _sink);

    private IEnumerable<(ulong Maker, ulong Taker, long Price, ulong Lots)> Trades() => _sink.Events
        .OfType<BookEvent.Traded>()
        .Select(traded => (traded.Trade.MakerId, traded.Trade.TakerId, traded.Trade.Price.Ticks, traded.Trade.Quantity.Lots));
}
