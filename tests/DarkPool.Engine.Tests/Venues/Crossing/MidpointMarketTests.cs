using DarkPool.Engine.Trading;
using Xunit;
using static DarkPool.Engine.Tests.Venues.Crossing.CrossingDriver;

namespace DarkPool.Engine.Tests.Venues.Crossing;

/// <summary>Midpoint crosses and conditional orders in a venue: what they hold, pay and tell.</summary>
public sealed class MidpointMarketTests
{
    private readonly CrossingDriver _venue = new();

    [Fact]
    public void Half_a_tick_is_paid_exactly()
    {
        _venue.Quote(100, 101);
        Assert.Equal(RejectionCode.None, _venue.Place(0, Peg(1, Side.Buy, 7)));
        Assert.Equal(RejectionCode.None, _venue.Place(1, Peg(1, Side.Sell, 7)));
        Assert.All(_venue.Fills, fill => Assert.Equal(201, fill.Price.Ticks));
        Assert.Equal(((UInt128)Wealth - (201 * 7), (UInt128)0), _venue.Venue.BalanceOf(0, Dollar));
        Assert.Equal(((UInt128)Wealth + (201 * 7), (UInt128)0), _venue.Venue.BalanceOf(1, Dollar));
        Assert.Equal([Liquidity.Maker, Liquidity.Taker], _venue.Fills.Select(fill => fill.Liquidity));
    }

    [Fact]
    public void A_stale_a_crossed_and_a_leaping_quote_trade_nothing_and_the_next_good_one_does()
    {
        Assert.Equal(RejectionCode.NoReference, _venue.Place(0, Peg(1, Side.Buy, 7)));
        _venue.Quote(100, 101);
        _venue.Place(0, Peg(1, Side.Buy, 7));
        _venue.Pass(Staleness + 1);
        _venue.Place(1, Peg(1, Side.Sell, 7));
        _venue.Quote(102, 101);
        _venue.Quote(70, 71);
        Assert.Empty(_venue.Fills);
        _venue.Quote(70, 71);
        Assert.All(_venue.Fills, fill => Assert.Equal(141, fill.Price.Ticks));
        Assert.Equal(2, _venue.Fills.Count());
    }

    [Fact]
    public void A_peg_without_a_limit_trades_no_higher_than_was_held_for_it()
    {
        _venue.Quote(100, 101);
        _venue.Place(0, Peg(1, Side.Buy, 10));
        Assert.Equal((UInt128)(221 * 10), _venue.Venue.BalanceOf(0, Dollar).Held);
        _venue.Quote(105, 106);
        _venue.Quote(112, 113);
        _venue.Place(1, Peg(1, Side.Sell, 10));
        Assert.Empty(_venue.Fills);
        _venue.Quote(110, 111);
        Assert.Equal(2, _venue.Fills.Count());
        Assert.Equal(UInt128.Zero, _venue.Venue.BalanceOf(0, Dollar).Held);
    }

    [Fact]
    public void Conditionals_hold_nothing_until_they_are_firm_and_40000_and_50000_against_75000_give_33300_and_41700()
    {
        _venue.Quote(100, 101);
        _venue.Place(0, Conditional(1, Side.Buy, 400));
        _venue.Place(1, Conditional(1, Side.Buy, 500));
        Assert.Equal(UInt128.Zero, _venue.Venue.BalanceOf(0, Dollar).Held);
        _venue.Place(2, Peg(1, Side.Sell, 750));
        Assert.Equal([0U, 1U], _venue.Events.OfType<VenueEvent.Invited>().Select(invited => invited.Account));
        Assert.Equal(RejectionCode.NotInvited, _venue.FirmUp(2, 1, 750));
        Assert.Equal(RejectionCode.None, _venue.FirmUp(0, 1, 400));
        Assert.NotEqual(UInt128.Zero, _venue.Venue.BalanceOf(0, Dollar).Held);
        Assert.Equal(RejectionCode.NotInvited, _venue.FirmUp(0, 1, 400));
        Assert.Equal(RejectionCode.None, _venue.FirmUp(1, 1, 500));
        Assert.Equal(
            [(0U, 333UL), (2U, 333UL), (1U, 417UL), (2U, 417UL)],
            _venue.Events.OfType<VenueEvent.Filled>().Select(filled => (filled.Account, filled.Fill.Quantity.Lots)));
        Assert.Equal(0, _venue.Venue.OpenOrderCount);
        for (uint account = 0; account < 3; account++) Assert.Equal(UInt128.Zero, _venue.Venue.BalanceOf(account, Dollar).Held);
    }

    [Fact]
    public void Who_promised_more_than_it_has_finds_out_when_it_firms_up_and_may_firm_up_less()
    {
        _venue.Quote(100, 101);
        var lots = (Wealth / 221) + 1;
        _venue.Place(0, Conditional(1, Side.Buy, lots));
        _venue.Place(1, Peg(1, Side.Sell, 100));
        Assert.Equal(RejectionCode.InsufficientFunds, _venue.FirmUp(0, 1, lots));
        Assert.Equal(RejectionCode.InvalidQuantity, _venue.FirmUp(0, 1, lots + 1));
        Assert.Equal(RejectionCode.None, _venue.FirmUp(0, 1, 100));
        Assert.Equal(2, _venue.Fills.Count());
    }

    [Fact]
    public void An_unanswered_invitation_lapses_and_too_many_keep_the_account_out()
    {
        for (var id = 1UL; id <= 4; id++)
        {
            _venue.Quote(100, 101);
            Assert.Equal(RejectionCode.None, _venue.Place(0, Conditional(id, Side.Buy, 10)));
            if (id == 1) _venue.Place(1, Peg(1, Side.Sell, 100));
            _venue.Pass(FirmUpTime);
        }

        Assert.Equal(4, _venue.Events.OfType<VenueEvent.Cancelled>().Count(told => told.Reason == CancelReason.NotFirmedUp));
        Assert.Equal(RejectionCode.FirmUpRateTooLow, _venue.Place(0, Conditional(9, Side.Buy, 10)));
    }

    [Fact]
    public void A_halt_stops_crosses_and_rounds_and_a_resumed_market_goes_on()
    {
        _venue.Quote(100, 101);
        _venue.Place(0, Peg(1, Side.Buy, 7, limit: 200));
        _venue.Place(1, Peg(1, Side.Sell, 7));
        _venue.Halt(Midpoint, true);
        _venue.Quote(99, 100);
        _venue.Pass(1);
        Assert.Empty(_venue.Fills);
        Assert.Equal(RejectionCode.MarketHalted, _venue.Place(2, Peg(1, Side.Sell, 7)));
        _venue.Halt(Midpoint, false);
        _venue.Pass(1);
        Assert.Equal(2, _venue.Fills.Count());
    }

    private static NewOrder Peg(ulong id, Side side, ulong lots, long limit = 0) =>
        Order(Midpoint, id, side, limit, lots) with { Type = OrderType.PegMidpoint };

    private static NewOrder Conditional(ulong id, Side side, ulong lots) => Peg(id, side, lots) with { Flags = OrderFlags.Conditional };
}
