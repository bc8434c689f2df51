using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending.Liquidation;
using DarkPool.Engine.Lending.Morpho;
using DarkPool.Engine.Trading.Auctions;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Engine.Tests.Lending.Liquidation;

/// <summary>
/// Laws of liquidating an isolated market over random positions, prices, bids and backstops: nobody whose health factor is 1 or more is
/// sold, a sale raises health or ends the position, money in and out is what the market counts, and the index names exactly the unhealthy.
/// </summary>
public sealed class IsolatedLiquidationLawsTests
{
    private const uint Users = 12;

    private static readonly UInt256 Lltv = MorphoWad.Wad / 100UL * 86UL;

    [Property(MaxTest = 300)]
    public void Only_the_unhealthy_are_sold_and_each_sale_helps_or_is_a_part_of_the_end(int seed)
    {
        var random = new Random(seed);
        var market = Populated(random);
        var liquidator = new IsolatedLiquidator(market, Terms(random), Users);
        if (random.Next(2) == 0) liquidator.Pair.SetBackstop(7, true);
        var now = 0UL;
        for (var step = 0; step < 12; step++)
        {
            now += (ulong)random.Next(1, 2_000_000);
            market.AdvanceTo(now);
            market.Price = PriceOf(random.Next(900, 2_300));
            var (ticks, lots) = (random.Next(50_000, 250_000), 1 + (ulong)random.Next(4_000));
            if (random.Next(2) == 0) liquidator.Pair.Bids.Add(9, (ulong)step, ticks, (uint)random.Next(900), lots);
            var before = Healths(market);
            Assert.Equal(Unhealthy(before), liquidator.Index.Below().ToArray());
            var record = new Recorder(random.Next(3) == 0 ? 0 : (UInt128)random.NextInt64(1, 40_000_000_000));
            var supply = market.AccruedState();
            liquidator.Step(now, ref record);
            AssertLaws(market, before, record, seed);
            AssertMoney(market, supply, record, seed);
            Assert.Equal(Unhealthy(Healths(market)), liquidator.Index.Below().ToArray());
        }
    }

    private static void AssertLaws(IsolatedMarket market, UInt256[] before, Recorder record, int seed)
    {
        var after = Healths(market);
        foreach (var user in record.Sales.Select(sale => sale.Borrower).Distinct())
        {
            Assert.True(before[user] < MorphoWad.Wad, $"seed {seed}: a healthy position was sold");
            var holding = market.HoldingOf(user);
            var hasEnded = holding.BorrowShares == 0 || holding.Collateral == 0;
            var cannotBeHelped = before[user] <= MorphoWad.Mul(Lltv, market.LiquidationIncentive) + (MorphoWad.Wad / 1_000UL);
            Assert.True(after[user] > before[user] || hasEnded || cannotBeHelped, $"seed {seed}: a sale made a position worse");
        }
    }

    private static void AssertMoney(IsolatedMarket market, in IsolatedMarketState before, Recorder record, int seed)
    {
        UInt128 repaid = 0, lost = 0;
        foreach (var sale in record.Sales) (repaid, lost) = (repaid + sale.Repaid, lost + sale.WrittenOff);
        var now = market.AccruedState();
        Assert.True(now.SupplyAssets == before.SupplyAssets - lost, $"seed {seed}: suppliers bear something else than bad debt");
        Assert.True(before.BorrowAssets - now.BorrowAssets <= repaid + lost, $"seed {seed}: more debt is gone than was paid or lost");
    }

    private static IsolatedMarket Populated(Random random)
    {
        var market = new IsolatedMarket(Lltv, 0, 0) { Price = PriceOf(2_000) };
        Assert.Equal(IsolatedError.None, market.Supply(0, 10_000_000_000_000UL, UInt256.Zero, out _));
        for (var user = 1u; user < Users; user++)
        {
            var tokens = random.NextInt64(1, 20_000) * (random.Next(9) == 0 ? 1L : 1_000_000_000_000_000);
            Assert.Equal(IsolatedError.None, market.SupplyCollateral(user, (ulong)tokens));
            var most = market.LimitOf(market.HoldingOf(user).Collateral);
            if (most > 2UL) market.Borrow(user, most * (ulong)random.Next(500, 999) / 1_000UL + 1UL, UInt256.Zero, out _);
        }

        return market;
    }

    private static LiquidationTerms Terms(Random random) => new()
    {
        Number = 0, Collateral = 0, Debt = 1, LotSize = 1_000_000_000_000_000, TickValue = 10,
        TargetHealth = (uint)random.Next(10_100, 13_000), RampSeconds = (uint)random.Next(1, 5_000),
        FullBonusHealth = (uint)random.Next(8_000, 9_990),
    };

    // 18 decimals of collateral, 6 of the loan asset.
    private static UInt256 PriceOf(int dollars) => MorphoWad.OraclePriceScale / 1_000_000_000_000UL * (ulong)dollars;

    private static UInt256[] Healths(IsolatedMarket market)
    {
        var totals = market.AccruedState();
        return [.. Enumerable.Range(0, (int)Users).Select(user => market.HealthOf((uint)user, totals))];
    }

    private static uint[] Unhealthy(UInt256[] healths) =>
        [.. Enumerable.Range(0, healths.Length).Where(user => healths[user] < MorphoWad.Wad).Select(user => (uint)user)];

    private readonly struct Recorder(UInt128 funds) : ILiquidationVenue
    {
        public List<LiquidationRecord> Sales { get; } = [];

        public bool CanJudge(uint user) => true;

        public int RestingBuys(LiquidationTerms terms, long lowest, Span<AuctionLevel> levels) => 0;

        public void SoldToResting(LiquidationTerms terms, ulong lots, long ticks) => throw new InvalidOperationException("No orders rest.");

        public void SoldToBid(LiquidationTerms terms, in LiquidationBid bid, ulong lots, long ticks)
        {
        }

        public void Sold(LiquidationTerms terms, in LiquidationRecord sale) => Sales.Add(sale);

        public UInt128 BackstopFunds(LiquidationTerms terms, uint account, uint user) => funds;
    }
}
