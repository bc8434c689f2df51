using DarkPool.Engine.Lending;
using DarkPool.Engine.Lending.Liquidation;
using DarkPool.Engine.Markets;
using DarkPool.Engine.Trading;
using Xunit;
using static DarkPool.Engine.Tests.Lending.Venues.LendingVenue;
using static DarkPool.Engine.Tests.Lending.Venues.SellableLoan;

namespace DarkPool.Engine.Tests.Lending.Venues;

/// <summary>Collateral goes to sealed orders that rest in the market of the same pair, lot and tick.</summary>
public sealed class RestingBuyersTests
{
    private const uint Dave = 3;

    private readonly LendingVenue _venue = WithLoan();

    [Fact]
    public void A_resting_order_buys_at_the_one_price_and_is_released_what_it_held_beyond()
    {
        Assert.Equal(RejectionCode.None, _venue.Order(Bob, Side.Buy, 168_000, 500));
        Assert.Equal(RejectionCode.None, _venue.Order(Dave, Side.Buy, 165_000, 20_000));
        Fall(_venue);
        var sale = Assert.Single(_venue.Events.Sales).Sale;
        Assert.Equal((165_000L, SaleReason.Liquidation), (sale.Record.Ticks, sale.Record.Reason));
        Assert.Equal([(Bob, 500UL, 0UL), (Dave, Lots(sale) - 500, 20_500 - Lots(sale))], _venue.Events.Fills.Select(
            told => (told.Account, told.Fill.Quantity.Lots, told.Fill.Remaining.Lots)));
        Assert.All(_venue.Events.Fills, told => Assert.Equal((165_000L, Liquidity.Cross), (told.Fill.Price.Ticks, told.Fill.Liquidity)));
        Assert.Equal((1_000_000 * Dollar) - (500 * 1650 * (Dollar / 1000)), _venue.Available(Bob, Usdc));
        Assert.Equal((UInt128)0, _venue.Venue.BalanceOf(Bob, Usdc).Held);
        Assert.Equal((20_500 - Lots(sale)) * 165_000 * (UInt128)10, _venue.Venue.BalanceOf(Dave, Usdc).Held);
        Assert.Equal((100 * Ether) + (Ether / 2), _venue.Available(Bob, Weth));
        _venue.AssertFundsAreOne();
    }

    [Fact]
    public void Of_equal_limits_a_resting_order_is_served_before_a_bid()
    {
        Assert.Equal(RejectionCode.None, Bid(_venue, Bob, 1, 165_000, 0, 20_000));
        Assert.Equal(RejectionCode.None, _venue.Order(Dave, Side.Buy, 165_000, 700));
        Fall(_venue);
        var sale = Assert.Single(_venue.Events.Sales).Sale;
        Assert.Equal((Dave, 700UL), Assert.Single(_venue.Events.Fills) is var fill ? (fill.Account, fill.Fill.Quantity.Lots) : default);
        Assert.Equal(Lots(sale) - 700, (ulong)(Assert.Single(_venue.Events.Purchases).Purchase.Bought / (Ether / 1000)));
        _venue.AssertFundsAreOne();
    }

    [Fact]
    public void What_was_sold_to_orders_is_a_trade_of_their_market_on_the_tape()
    {
        _venue.Next(1);
        Assert.Equal(RejectionCode.None, _venue.Order(Dave, Side.Buy, 165_000, 20_000));
        Fall(_venue);
        var sale = Assert.Single(_venue.Events.Sales).Sale;
        var batch = _venue.Venue.EndBlock().Batch;
        var settled = Assert.Single(batch!.Markets);
        Assert.Equal((LendingVenue.Market, 1u, 165_000L), (settled.Market, settled.Trades, settled.Price.Ticks));
        Assert.Equal((sale.Record.Seized, sale.Record.Repaid), (settled.Lots * (Ether / 1000), settled.Notional));
    }

    [Fact]
    public void An_order_with_a_minimum_and_a_halted_market_take_no_part()
    {
        var order = new NewOrder
        {
            ClientOrderId = 9, Market = LendingVenue.Market, Side = Side.Buy, Type = OrderType.Limit,
            TimeInForce = TimeInForce.GoodTillCancelled,
            Price = new Price(168_000), Quantity = new Quantity(900), MinimumQuantity = new Quantity(100),
        };
        Assert.Equal(RejectionCode.None, _venue.Venue.PlaceOrder(Bob, order, ref _venue.Sink));
        Assert.Equal(RejectionCode.None, _venue.Order(Dave, Side.Buy, 165_000, 800));
        _venue.Govern(sequence => _venue.Venue.SetHalted(sequence, LendingVenue.Market, true));
        Fall(_venue);
        Assert.Empty(_venue.Events.Fills);
        _venue.Govern(sequence => _venue.Venue.SetHalted(sequence, LendingVenue.Market, false));
        _venue.Next(1);
        _venue.Venue.TellLiquidations(ref _venue.Sink);
        Assert.Equal((Dave, 800UL), Assert.Single(_venue.Events.Fills) is var fill ? (fill.Account, fill.Fill.Quantity.Lots) : default);
        _venue.AssertFundsAreOne();
    }

    [Fact]
    public void A_buyer_pays_the_fee_of_its_market_out_of_what_it_held()
    {
        var fees = new FeeTerms { MakerMillionths = 1_000, TakerMillionths = 2_000, Account = Key(97) };
        _venue.Govern(sequence => _venue.Venue.ConfigureMarket(sequence, LendingVenue.Market, new MarketParameters { Fees = fees }));
        Assert.Equal(RejectionCode.None, _venue.Order(Dave, Side.Buy, 166_000, 500));
        Assert.Equal(RejectionCode.None, _venue.Order(Bob, Side.Buy, 165_000, 20_000));
        Fall(_venue);
        var (account, fill) = _venue.Events.Fills[0];
        Assert.Equal((Dave, (UInt128)(500 * 165_000 * 10 / 1000)), (account, fill.Fee));
        Assert.Equal((UInt128)0, _venue.Venue.BalanceOf(Dave, Usdc).Held);
        Assert.Equal((1_000_000 * Dollar) - (500 * 165_000 * (UInt128)10) - fill.Fee, _venue.Available(Dave, Usdc));
        _venue.AssertFundsAreOne();
    }

    private static ulong Lots(in CollateralSold sale) => (ulong)(sale.Record.Seized / (Ether / 1000));
}
