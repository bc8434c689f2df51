using DarkPool.Engine.Trading;
using DarkPool.Engine.Trading.Auctions;
using Xunit;

namespace DarkPool.Engine.Tests.Trading.Auctions;

/// <summary>The known cases of auctions, one by one.</summary>
public sealed class AuctionBookTests
{
    private readonly AuctionBook _book = new();
    private RecordingAuctionSink _sink = new();

    [Fact]
    public void Who_waited_longer_gets_the_lot_that_does_not_divide()
    {
        Place(1, Side.Buy, 10, 3);
        Call();
        Place(2, Side.Buy, 10, 3);
        Place(3, Side.Sell, 10, 3);
        Call();
        Assert.Equal([(1UL, 2UL), (2UL, 1UL)], BoughtLots());
    }

    [Fact]
    public void By_time_who_waited_longer_is_served_first_and_the_others_share()
    {
        Place(1, Side.Buy, 10, 30);
        Call();
        Place(2, Side.Buy, 10, 40);
        Place(3, Side.Buy, 10, 20);
        Place(4, Side.Sell, 10, 60);
        Call(AuctionAllocation.Time);
        Assert.Equal([(1UL, 30UL), (2UL, 20UL), (3UL, 10UL)], BoughtLots());
    }

    [Fact]
    public void A_reduced_order_keeps_its_age_and_a_repriced_one_is_young_again()
    {
        Place(1, Side.Buy, 10, 50);
        Place(2, Side.Buy, 9, 30);
        Call();
        _book.Replace(1, new Price(10), new Quantity(30), ref _sink);
        _book.Replace(2, new Price(10), new Quantity(30), ref _sink);
        Place(3, Side.Sell, 10, 30);
        Call(AuctionAllocation.Time);
        Assert.Equal([(1UL, 30UL)], BoughtLots());
    }

    [Fact]
    public void A_minimum_that_cannot_be_had_leaves_the_auction_to_the_others()
    {
        Place(1, Side.Buy, 12, 100, minimum: new TradeMinimum(100, 0));
        Place(2, Side.Buy, 11, 40);
        Place(3, Side.Sell, 10, 60);
        Call();
        Assert.Equal([(2UL, 40UL)], BoughtLots());
        Assert.Equal(10, _sink.Trades.Single().Price.Ticks);
        Assert.True(_book.TryFind(1, out _));
    }

    [Fact]
    public void A_minimum_gathers_several_counterparties_and_a_minimum_interaction_does_not()
    {
        Place(1, Side.Buy, 10, 100, minimum: new TradeMinimum(100, 0));
        Place(3, Side.Sell, 10, 60);
        Place(4, Side.Sell, 10, 40);
        Call();
        Assert.Equal([(1UL, 100UL)], BoughtLots());
        Place(2, Side.Buy, 10, 200, minimum: new TradeMinimum(100, 50));
        Place(3, Side.Sell, 10, 60);
        Place(4, Side.Sell, 10, 30);
        Call();
        Assert.Equal([(2UL, 60UL)], BoughtLots());
    }

    [Fact]
    public void Once_less_than_the_minimum_is_open_any_size_trades()
    {
        Place(1, Side.Buy, 10, 100, minimum: new TradeMinimum(0, 60));
        Place(2, Side.Sell, 10, 70);
        Call();
        Place(3, Side.Sell, 10, 5);
        Call();
        Assert.Equal([(1UL, 5UL)], BoughtLots());
    }

    [Fact]
    public void An_order_that_may_trade_with_nobody_blocks_nobody()
    {
        Place(1, Side.Buy, 12, 100, owner: 5);
        Place(2, Side.Buy, 11, 100, owner: 6);
        Place(3, Side.Sell, 10, 100, owner: 5);
        _sink.Events.Clear();
        _book.Call(AnyPrice(AuctionAllocation.ProRata), new GrudgeFilter(1u << 30), ref _sink);
        Assert.Equal([(2UL, 100UL)], BoughtLots());
    }

    [Fact]
    public void An_immediate_order_is_there_for_one_auction_and_fill_or_kill_trades_whole_or_not_at_all()
    {
        Place(1, Side.Buy, 10, 50, Execution.ImmediateOrCancel);
        Place(2, Side.Buy, 11, 50, Execution.FillOrKill);
        Place(3, Side.Sell, 10, 60);
        Call();
        Assert.Equal([(1UL, 10UL), (2UL, 50UL)], BoughtLots());
        Assert.Equal(new AuctionEvent.Cancelled(1, 40, CancelReason.ImmediateOrCancel), _sink.Events[^1]);
        Place(4, Side.Buy, 10, 50, Execution.FillOrKill);
        Place(5, Side.Sell, 10, 49);
        Call();
        Assert.Equal([new AuctionEvent.Cancelled(4, 50, CancelReason.FillOrKill)], _sink.Events[1..]);
        Assert.Equal(1, _book.Count);
    }

    [Fact]
    public void The_collar_holds_the_price_and_better_limits_go_first_there()
    {
        Place(1, Side.Buy, 20, 60);
        Place(2, Side.Buy, 15, 60);
        Place(3, Side.Sell, 5, 80);
        _sink.Events.Clear();
        _book.Call(
            new AuctionCall(new Price(8), new Price(12), new Price(10), AuctionAllocation.ProRata, 1), default(AnyCounterparty), ref _sink);
        Assert.All(_sink.Trades, trade => Assert.Equal(12, trade.Price.Ticks));
        Assert.Equal([(1UL, 60UL), (2UL, 20UL)], BoughtLots());
    }

    [Fact]
    public void A_thousand_auctions_allocate_nothing()
    {
        var sink = default(CountingAuctionSink);
        var steps = AuctionFlows.Make("everything", 400, 11, 40_000);
        foreach (var step in steps) step.ApplyTo(_book, ref sink);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        foreach (var step in steps) step.ApplyTo(_book, ref sink);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - allocated);
        Assert.NotEqual(0, sink.Trades);
    }

    private static AuctionCall AnyPrice(AuctionAllocation allocation) =>
        new(new Price(long.MinValue), new Price(long.MaxValue), new Price(10), allocation, 1);

    private void Place(
        ulong id,
        Side side,
        long price,
        ulong lots,
        Execution execution = Execution.Rest,
        TradeMinimum minimum = default,
        uint owner = 0) =>
        _book.Place(
            new AuctionOrder
            {
                Id = id,
                Owner = owner,
                Key = id,
                Side = side,
                Price = new Price(price),
                Quantity = new Quantity(lots),
                Minimum = minimum,
                Execution = execution,
            },
            ref _sink);

    private void Call(AuctionAllocation allocation = AuctionAllocation.ProRata)
    {
        _sink.Events.Clear();
        _book.Call(AnyPrice(allocation), default(AnyCounterparty), ref _sink);
    }

    private IEnumerable<(ulong Id, ulong Lots)> BoughtLots() => _sink.Trades
        .GroupBy(trade => trade.BuyId)
        .Select(group => (group.Key, (ulong)group.Sum(trade => (long)trade.Quantity.Lots)))
        .OrderBy(bought => bought.Key);
}
