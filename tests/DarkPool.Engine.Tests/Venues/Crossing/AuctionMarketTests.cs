using DarkPool.Engine.Trading;
using Xunit;
using static DarkPool.Engine.Tests.Venues.Crossing.CrossingDriver;

namespace DarkPool.Engine.Tests.Venues.Crossing;

/// <summary>Auctions in a venue: when they are held, what they hold and pay.</summary>
public sealed class AuctionMarketTests
{
    private readonly CrossingDriver _venue = new();

    [Fact]
    public void Nothing_trades_before_the_window_everything_after_it_at_one_price_and_what_was_held_beyond_it_is_free()
    {
        _venue.Place(0, Order(ProRataAuction, 1, Side.Buy, 110, 30));
        _venue.Place(1, Order(ProRataAuction, 1, Side.Buy, 105, 30));
        _venue.Place(2, Order(ProRataAuction, 1, Side.Sell, 100, 60));
        Assert.Equal((Wealth - 3_300, (UInt128)3_300), _venue.Venue.BalanceOf(0, Dollar));
        _venue.Pass(Interval - Window - 1);
        Assert.Empty(_venue.Fills);
        _venue.Pass(Window + 1);
        Assert.Equal(4, _venue.Fills.Count());
        var price = Assert.Single(_venue.Fills.Select(fill => fill.Price.Ticks).Distinct());
        Assert.All(_venue.Fills, fill => Assert.Equal(Liquidity.Cross, fill.Liquidity));
        Assert.Equal(((UInt128)Wealth - (UInt128)(price * 30), (UInt128)0), _venue.Venue.BalanceOf(0, Dollar));
        Assert.Equal(((UInt128)Wealth + 90, (UInt128)0), _venue.Venue.BalanceOf(1, Gold));
        _venue.Pass(1);
        Assert.Equal(new Price(price), Assert.Single(_venue.Outcomes[^1].Batch!.Markets).Price);
    }

    [Fact]
    public void The_close_is_drawn_from_the_seed_and_from_nothing_else()
    {
        var closes = Enumerable.Range(0, 40).Select(seed => CloseOf(new CrossingDriver(hashSeed: (ulong)seed, drawSeed: (byte)seed)));
        var again = Enumerable.Range(0, 40).Select(seed => CloseOf(new CrossingDriver(drawSeed: (byte)seed)));
        Assert.Equal(closes, again);
        Assert.All(closes, close => Assert.InRange(close, Interval - Window, Interval));
        Assert.InRange(closes.Distinct().Count(), 12, 40);
    }

    [Fact]
    public void An_order_that_expires_before_the_close_is_not_there_and_one_that_expires_after_it_is()
    {
        _venue.Place(0, Expiring(1, Side.Buy, Interval - Window));
        _venue.Place(1, Expiring(1, Side.Buy, Interval + 1));
        _venue.Place(2, Order(ProRataAuction, 1, Side.Sell, 100, 20));
        _venue.Pass(Interval + 5);
        Assert.Equal([1U, 2U], _venue.Events.OfType<VenueEvent.Filled>().Select(filled => filled.Account));
        Assert.Contains(_venue.Events, told => told is VenueEvent.Cancelled { Account: 0, Reason: CancelReason.Expired });
        Assert.Equal(UInt128.Zero, _venue.Venue.BalanceOf(0, Dollar).Held);
    }

    [Fact]
    public void A_halted_market_holds_no_auction_and_takes_cancels_and_no_orders()
    {
        _venue.Place(0, Order(ProRataAuction, 1, Side.Buy, 100, 10));
        _venue.Place(1, Order(ProRataAuction, 1, Side.Sell, 100, 10));
        _venue.Place(2, Order(ProRataAuction, 1, Side.Sell, 100, 10));
        _venue.Halt(ProRataAuction, true);
        _venue.Pass(3 * Interval);
        Assert.Empty(_venue.Fills);
        Assert.Equal(RejectionCode.MarketHalted, _venue.Place(3, Order(ProRataAuction, 1, Side.Sell, 100, 10)));
        Assert.Equal(RejectionCode.None, _venue.Cancel(2, 1));
        _venue.Halt(ProRataAuction, false);
        _venue.Pass(1);
        Assert.Equal(2, _venue.Fills.Count());
    }

    [Fact]
    public void An_account_does_not_trade_with_itself_and_what_it_cannot_pay_it_cannot_place()
    {
        _venue.Place(0, Order(ProRataAuction, 1, Side.Buy, 100, 10));
        _venue.Place(0, Order(ProRataAuction, 2, Side.Sell, 100, 10));
        _venue.Pass(Interval);
        Assert.Empty(_venue.Fills);
        Assert.Equal(RejectionCode.InsufficientFunds, _venue.Place(0, Order(ProRataAuction, 3, Side.Sell, 100, Wealth)));
        var unpriced = Order(ProRataAuction, 3, Side.Sell, 0, 1) with { Type = OrderType.Market };
        Assert.Equal(RejectionCode.NoReference, _venue.Place(0, unpriced));
    }

    private static NewOrder Expiring(ulong id, Side side, long after) => Order(ProRataAuction, id, side, 100, 10) with
    {
        TimeInForce = TimeInForce.GoodTillTime,
        Expiry = new BlockTime(Start + after),
    };

    private static long CloseOf(CrossingDriver venue)
    {
        venue.Place(0, Order(ProRataAuction, 1, Side.Buy, 100, 10));
        venue.Place(1, Order(ProRataAuction, 1, Side.Sell, 100, 10));
        for (var step = 0; !venue.Fills.Any() && step < 200; step++) venue.Pass(10_000);
        return Math.Min(venue.Venue.Time.Microseconds - Start, Interval);
    }
}
