using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending.Aave;
using DarkPool.Engine.Lending.Liquidation;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Engine.Tests.Lending.Liquidation;

/// <summary>One market: ether (0) sold for dollars (1), in lots of 0.001 at ticks of a cent an ether.</summary>
public sealed class DarkLiquidatorTests
{
    private const uint Borrower = 0;
    private const ulong Milli = 1_000_000_000_000_000;
    private readonly PoolHistory _history = new();
    private readonly BuyersOfRecord _buyers = new();
    private readonly DarkLiquidator _dark;
    private readonly LiquidationMarket _market;

    public DarkLiquidatorTests()
    {
        Assert.Equal(PoolError.None, Pool.Supply(Borrower, 0, 10_000UL * (UInt256)Milli));
        Assert.Equal(PoolError.None, Pool.Borrow(Borrower, 1, 15_000_000_000UL));
        (_dark, _market) = Fresh(Pool);
    }

    private LendingPool Pool => _history.Pool;

    [Fact]
    public void Nothing_is_sold_of_a_healthy_position()
    {
        Bid(1, 3_000_00, 0, 100_000);
        Crash(1_875_00000001);
        Assert.Empty(_buyers.Sales);
    }

    [Fact]
    public void A_bid_at_the_oracles_price_costs_the_borrower_nothing_but_needs_the_first_bonus()
    {
        Bid(1, 3_000_00, 0, 100_000);
        Crash(1_870_00000000);
        var sale = Assert.Single(_buyers.Sales);
        Assert.Equal(SaleReason.Liquidation, sale.Reason);
        Assert.InRange(sale.Penalty, (UInt128)0, (UInt128)100_000_000);
        AssertHealth(1_080, 1_081);
    }

    [Fact]
    public void Buyers_who_want_a_discount_wait_until_the_bonus_has_grown_to_it()
    {
        Bid(1, 3_000_00, 250, 100_000);
        Crash(1_870_00000000);
        Assert.Empty(_buyers.Sales);
        After(200);
        Assert.Empty(_buyers.Sales);
        After(200);
        var sale = Assert.Single(_buyers.Sales);
        Assert.True(Math.Abs((double)sale.Ticks - (1_870_00 * 0.975)) < 2);
    }

    [Fact]
    public void All_buyers_pay_the_limit_of_the_last_who_is_served_and_older_bids_come_first()
    {
        Bid(1, 1_869_00, 0, 1_000);
        Bid(2, 1_860_00, 0, 100_000);
        Bid(3, 1_860_00, 0, 100_000);
        _buyers.Resting[(0, 1_863_00)] = 500;
        Crash(1_865_00000000);
        Assert.All(_buyers.Fills, fill => Assert.Equal(1_860_00, fill.Ticks));
        Assert.Equal([1_865_00, 1_860_00, 1_863_00], _buyers.Fills.Select(fill => fill.Limit));
        Assert.Equal([2u, 3u], _market.Bids.All.ToArray().Select(bid => bid.Account));
        Assert.Equal(100_000UL, _market.Bids.All[1].Lots);
    }

    [Fact]
    public void What_is_unsold_at_the_cap_goes_to_the_backstop_at_the_profiles_bonus()
    {
        _market.SetBackstop(9, true);
        _buyers.Funds[9] = 50_000_000_000;
        Crash(1_870_00000000);
        After(560);
        Assert.Empty(_buyers.Sales);
        After(40);
        var sale = Assert.Single(_buyers.Sales);
        Assert.Equal((SaleReason.Backstop, 9u, 0L), (sale.Reason, sale.Backstop, sale.Ticks));
        Assert.Equal(50_000_000_000 - sale.Repaid, _buyers.Funds[9]);
        Assert.True(Pool.Account(Borrower).IsHealthy);
    }

    [Fact]
    public void A_position_that_is_under_water_is_sold_whole_and_the_rest_of_its_debt_becomes_the_deficit()
    {
        Bid(1, 3_000_00, 100, 10_000);
        Crash(1_400_00000000);
        AssertEnded(Assert.Single(_buyers.Sales), 10_000);
    }

    [Fact]
    public void A_position_under_water_that_is_larger_than_all_demand_ends_in_parts()
    {
        Bid(1, 3_000_00, 100, 9_000);
        Crash(1_400_00000000);
        Assert.Equal((UInt128)9_000 * Milli, Assert.Single(_buyers.Sales).Seized);
        Assert.Equal((UInt128)0, Pool.ReserveAt(1).Deficit);
        Bid(1, 3_000_00, 100, 9_000);
        Tell();
        AssertEnded(Assert.Single(_buyers.Sales), 1_000);
    }

    [Fact]
    public void A_position_under_water_that_could_be_sold_whole_waits_for_its_turn()
    {
        Assert.Equal(PoolError.None, Pool.Supply(1, 0, 6_000UL * (UInt256)Milli));
        Assert.Equal(PoolError.None, Pool.Borrow(1, 1, 9_000_000_000UL));
        _dark.Index.UserChanged(1);
        Bid(1, 3_000_00, 100, 10_000);
        Crash(1_400_00000000);
        AssertEnded(Assert.Single(_buyers.Sales), 10_000);
        Bid(1, 3_000_00, 100, 6_000);
        Tell();
        Assert.Equal(1u, Assert.Single(_buyers.Sales).Borrower);
        Assert.Equal(0, _dark.Index.BelowCount);
    }

    [Fact]
    public void A_borrower_who_asked_for_it_is_relieved_before_a_health_of_one()
    {
        _dark.SetOption(Borrower, new PreLiquidationOption(10_500, 100, 11_000));
        Bid(1, 3_000_00, 0, 100_000);
        Crash(1_900_00000000);
        Assert.Equal(SaleReason.PreLiquidation, Assert.Single(_buyers.Sales).Reason);
        AssertHealth(1_100, 1_101);
    }

    [Fact]
    public void A_stop_sells_what_it_says_below_its_price_once()
    {
        Assert.True(_market.TrySetStop(new StopOrder(Borrower, 1_950_00000000, 1_000, 100)));
        Bid(1, 3_000_00, 50, 400);
        Crash(1_951_00000000);
        Assert.Empty(_buyers.Sales);
        Crash(1_949_00000000);
        Assert.Equal((UInt128)400 * Milli, Assert.Single(_buyers.Sales).Seized);
        Bid(1, 3_000_00, 50, 4_000);
        Tell();
        Assert.Equal((UInt128)600 * Milli, Assert.Single(_buyers.Sales).Seized);
        Tell();
        Assert.Empty(_buyers.Sales);
    }

    [Fact]
    public void Nothing_is_sold_while_prices_cannot_be_relied_on()
    {
        _buyers.Unjudged.Add(Borrower);
        Bid(1, 3_000_00, 0, 100_000);
        Crash(1_800_00000000);
        Assert.Empty(_buyers.Sales);
        _buyers.Unjudged.Clear();
        Tell();
        Assert.Single(_buyers.Sales);
    }

    [Property(MaxTest = 100)]
    public void As_many_lots_as_the_target_needs_are_sold_and_not_one_more(ushort drop, byte discount)
    {
        var price = 1_875_00000000UL - (drop * 500_000UL);
        var at = new PoolHistory();
        Assert.Equal(PoolError.None, at.Pool.Supply(Borrower, 0, 10_000UL * (UInt256)Milli));
        Assert.Equal(PoolError.None, at.Pool.Borrow(Borrower, 1, 15_000_000_000UL));
        at.Pool.SetPrice(0, price);
        at.Pool.AdvanceTo(at.Now + 600);
        var account = at.Pool.Account(Borrower);
        if (account.IsHealthy) return;
        var (dark, market) = Fresh(at.Pool);
        market.Bids.Add(1, 1, 3_000_00, discount, 100_000);
        var buyers = new BuyersOfRecord();
        var sink = new BuyersSink(buyers, at.Pool);
        dark.Step(ref sink);
        if (buyers.Sales.Count == 0 || account.HealthFactor < WadRay.Wad / 100UL * 85UL) return;
        var sold = (ulong)(buyers.Sales[0].Seized / Milli);
        var quote = new PairQuote(market.Terms, at.Pool.ReserveAt(0), at.Pool.ReserveAt(1));
        Assert.True(at.Pool.Account(Borrower).HealthFactor >= WadRay.Wad / 100UL * 108UL);
        Assert.Equal(sold, LotSizing.LotsFor(quote, account, 8_000, 10_800, buyers.Sales[0].Ticks, ulong.MaxValue));
        var lots = (UInt256)(sold - 1);
        var weighted = (account.Collateral - (lots * Milli * price / WadRay.Wad)) * 8_000UL;
        var left = account.Debt - (lots * (ulong)buyers.Sales[0].Ticks * 1_000UL);
        Assert.True(weighted < left * 10_801UL, "One lot less would have been enough.");
    }

    private static (DarkLiquidator Dark, LiquidationMarket Market) Fresh(LendingPool pool)
    {
        var dark = new DarkLiquidator(pool, PoolHistory.Users);
        Assert.True(dark.TryList(new LiquidationTerms
        {
            Number = 0,
            Collateral = 0,
            Debt = 1,
            LotSize = Milli,
            TickValue = 10,
            TargetHealth = 10_800,
            RampSeconds = 600,
            FullBonusHealth = 9_500,
        }));
        return (dark, dark.Find(0)!);
    }

    private void AssertEnded(LiquidationRecord sale, ulong lots)
    {
        Assert.Equal((UInt128)lots * Milli, sale.Seized);
        Assert.NotEqual((UInt128)0, sale.WrittenOff);
        Assert.Equal(sale.WrittenOff, Pool.ReserveAt(1).Deficit);
        Assert.False(Pool.UserAt(sale.Borrower).IsBorrowing);
    }

    private void AssertHealth(ulong least, ulong most)
    {
        var health = Pool.Account(Borrower).HealthFactor / (WadRay.Wad / 1_000_000UL);
        Assert.InRange((ulong)health, least * 1_000, most * 1_000);
    }

    private void Bid(uint account, long ticks, uint discount, ulong lots) =>
        _market.Bids.Add(account, _market.Bids.Sequence, ticks, discount, lots);

    private void Crash(ulong price)
    {
        Pool.SetPrice(0, price);
        _dark.Index.PriceChanged(0);
        Tell();
    }

    private void After(ulong seconds)
    {
        Pool.AdvanceTo(Pool.Clock + seconds);
        _dark.Index.TimeAdvanced();
        Tell();
    }

    private void Tell()
    {
        _buyers.Clear();
        var sink = new BuyersSink(_buyers, Pool);
        _dark.Step(ref sink);
    }
}
