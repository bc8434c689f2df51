using DarkPool.Engine.Lending;
using DarkPool.Engine.Lending.Liquidation;
using DarkPool.Engine.Lending.Morpho;
using DarkPool.Engine.Trading;
using FsCheck.Xunit;
using Xunit;
using static DarkPool.Engine.Tests.Lending.Venues.LendingVenue;

namespace DarkPool.Engine.Tests.Lending.Venues;

/// <summary>
/// Liquidation of an isolated market: ten WETH against 15,000 USDC at 2,000 and a liquidation loan to value of 86 %, whose incentive is
/// 4.38 %. At 1,700 the health factor is 0.9747.
/// </summary>
public sealed class IsolatedLiquidationTests
{
    private readonly LendingVenue _venue = WithLoan();

    [Fact]
    public void A_bid_buys_what_restores_the_target_and_the_sale_is_published()
    {
        Assert.Equal(RejectionCode.None, Bid(_venue, Bob, 1, 200_000, 300, 20_000));
        _venue.Next(1);
        Fall(1650);
        var (borrower, sale) = Assert.Single(_venue.Events.Sales);
        var (buyer, purchase) = Assert.Single(_venue.Events.Purchases);
        Assert.Equal((Alice, Bob, LoanKind.Isolated), (borrower, buyer, sale.Kind));
        Assert.Equal((160_050L, Weth, Usdc), (sale.Record.Ticks, sale.Collateral, sale.Debt));
        Assert.Equal((sale.Record.Seized, sale.Record.Repaid), (purchase.Bought, purchase.Paid));
        Assert.InRange(sale.HealthFactor, Ether / 100 * 105, Ether / 100 * 106);
        Assert.Equal(sale.HealthFactor, _venue.QueryIsolated(Alice).HealthFactor);
        _venue.Next(1);
        var row = Assert.Single(_venue.Venue.Liquidations);
        Assert.Equal((LoanKind.Isolated, Isolated, 0u), (row.Kind, row.Place, row.Market));
        Assert.Equal(
            LoanCommitment.Of(LoanKind.Isolated, sale.Salt, Isolated, Key((byte)(Alice + 1)).ToArray()), row.Commitment);
        _venue.AssertIsolatedFundsAreOne();
        Assert.Equal(RejectionCode.None, _venue.Venue.CancelIsolatedBid(Bob, Isolated, 1, ref _venue.Sink));
        Assert.Equal(RejectionCode.UnknownOrder, _venue.Venue.CancelIsolatedBid(Bob, Isolated, 1, ref _venue.Sink));
        Assert.Equal((UInt128)0, _venue.Venue.BalanceOf(Bob, Usdc).Held);
    }

    [Fact]
    public void An_order_that_rests_in_the_pairs_market_buys_too()
    {
        Assert.Equal(RejectionCode.None, _venue.Order(Bob, Side.Buy, 160_000, 20_000));
        Fall(1650);
        var sale = Assert.Single(_venue.Events.Sales).Sale;
        var (account, fill) = Assert.Single(_venue.Events.Fills);
        Assert.Equal((Bob, 160_000L, sale.Record.Seized), (account, fill.Price.Ticks, fill.Quantity.Lots * (Ether / 1000)));
        _venue.AssertIsolatedFundsAreOne();
    }

    [Fact]
    public void What_nobody_buys_a_backstop_takes_at_the_markets_incentive()
    {
        _venue.Govern(sequence => _venue.Venue.SetIsolatedBackstop(sequence, Isolated, Key(2), isRegistered: true));
        Fall(1650);
        var sale = Assert.Single(_venue.Events.Sales).Sale;
        Assert.Equal((SaleReason.Backstop, 0L), (sale.Record.Reason, sale.Record.Ticks));
        Assert.True(sale.HealthFactor > Ether);
        var worth = sale.Record.Seized * 1650 / (Ether / Dollar);
        Assert.InRange(worth, sale.Record.Repaid * 10_437 / 10_000, sale.Record.Repaid * 10_439 / 10_000);
        _venue.AssertIsolatedFundsAreOne();
    }

    [Fact]
    public void Bad_debt_is_borne_by_the_suppliers_when_no_collateral_is_left()
    {
        Assert.Equal(RejectionCode.None, Bid(_venue, Bob, 1, 200_000, 0, 20_000));
        var before = _venue.QueryIsolated(Carol).SupplyAssets;
        Fall(1400);
        var sale = Assert.Single(_venue.Events.Sales).Sale;
        Assert.Equal((10 * Ether, UInt128.MaxValue), (sale.Record.Seized, sale.HealthFactor));
        Assert.True(sale.Record.WrittenOff > 0);
        var after = _venue.QueryIsolated(Carol).SupplyAssets;
        Assert.InRange(before - after, sale.Record.WrittenOff - 10, sale.Record.WrittenOff + 10);
        Assert.Equal((UInt128)0, _venue.QueryIsolated(Alice).BorrowAssets);
        _venue.AssertIsolatedFundsAreOne();
    }

    [Fact]
    public void While_the_price_cannot_be_relied_on_and_while_healthy_nothing_is_sold()
    {
        Assert.Equal(RejectionCode.None, Bid(_venue, Bob, 1, 200_000, 300, 20_000));
        Fall(1745);
        Assert.Empty(_venue.Events.Sales);
        _venue.Govern(sequence => _venue.Venue.ConfigureFeed(sequence, Usdc, FeedOf() with { Frozen = true }));
        for (var source = 0; source < 3; source++) _venue.ObserveLater(Weth, source, 165_000);
        _venue.Next(1);
        _venue.Venue.TellLiquidations(ref _venue.Sink);
        Assert.Empty(_venue.Events.Sales);
    }

    [Fact]
    public void Bids_and_terms_out_of_range_are_refused()
    {
        Assert.Equal(RejectionCode.InvalidLiquidationBid, Bid(_venue, Bob, 1, 0, 0, 1));
        Assert.Equal(RejectionCode.UnknownIsolatedMarket, _venue.Venue.PlaceIsolatedBid(
            Bob, new LiquidationBidOrder(Isolated + 1, 0, 1, 1, 0, 1), ref _venue.Sink));
        var other = new IsolatedLiquidationListing(Isolated, Ether / 100, 10, 10_500, 1200, 9500);
        Assert.Equal(
            GovernanceResult.InvalidTerms, _venue.Venue.ConfigureIsolatedLiquidation(_venue.Venue.GovernanceSequence + 1, other));
        Assert.Equal(
            GovernanceResult.InvalidTerms,
            _venue.Venue.ConfigureIsolatedLiquidation(_venue.Venue.GovernanceSequence + 1, other with { LotSize = 0 }));
        Assert.Equal(GovernanceResult.UnknownPool, _venue.Venue.SetIsolatedBackstop(
            _venue.Venue.GovernanceSequence + 1, Isolated + 1, Key(2), isRegistered: true));
    }

    [Property(MaxTest = 30)]
    public void Over_random_histories_the_index_is_exact_money_is_one_and_a_restored_venue_goes_on_alike(int seed, byte where)
    {
        var steps = LendingStep.Many(seed, 150);
        var cut = where * steps.Length / 256;
        var whole = WithLoan();
        whole.Govern(sequence => whole.Venue.SetIsolatedBackstop(sequence, Isolated, Key(4), isRegistered: true));
        Run(whole, steps.AsSpan(0, cut), seed);
        var restored = new LendingVenue(Engine.Venue.ReadSnapshot(whole.Snapshot(), hashSeed: 3), whole.Round);
        Run(whole, steps.AsSpan(cut), seed + 1);
        Run(restored, steps.AsSpan(cut), seed + 1);
        Assert.Equal(whole.Snapshot(), restored.Snapshot());
        Assert.Equal(whole.Venue.StateRoot, restored.Venue.StateRoot);
    }

    [Fact]
    public void The_random_histories_liquidate_to_bids_and_to_backstops()
    {
        var reasons = new HashSet<SaleReason>();
        for (var seed = 0; seed < 8; seed++)
        {
            var venue = WithLoan();
            venue.Govern(sequence => venue.Venue.SetIsolatedBackstop(sequence, Isolated, Key(4), isRegistered: true));
            Run(venue, LendingStep.Many(seed, 150), seed);
            foreach (var (_, sale) in venue.Events.Sales) reasons.Add(sale.Record.Reason);
        }

        Assert.Equal([SaleReason.Liquidation, SaleReason.Backstop], reasons.Order());
    }

    private static void Run(LendingVenue venue, ReadOnlySpan<LendingStep> steps, int seed)
    {
        var random = new Random(seed);
        foreach (var step in steps)
        {
            var listed = venue.Venue.Lending.FindMarket(Isolated)!;
            step.Do(venue);
            var (account, id, ticks) = ((uint)random.Next(4), (ulong)random.Next(9), random.Next(1, 300_000));
            if (random.Next(3) == 0) Bid(venue, account, id, ticks, (uint)random.Next(900), 1 + (ulong)random.Next(3000));
            if (random.Next(6) == 0) venue.DoIsolated(account, LendingOperation.IsolatedBorrow, (UInt128)random.Next() * 7);
            if (random.Next(8) == 0) venue.Prices(random.Next(1000, 2500), 1, 40_000);
            venue.Venue.TellLiquidations(ref venue.Sink);
            Assert.Equal(Unhealthy(listed), listed.Liquidator!.Index.Below().ToArray());
            venue.AssertIsolatedFundsAreOne();
        }
    }

    private static uint[] Unhealthy(ListedIsolatedMarket listed) =>
        [.. Enumerable.Range(0, (int)listed.Members.Count).Select(user => (uint)user).Where(user => listed.HealthOf(user) < MorphoWad.Wad)];

    private void Fall(long price)
    {
        _venue.Prices(price, 1, 40_000);
        _venue.Venue.TellLiquidations(ref _venue.Sink);
    }

    private static RejectionCode Bid(LendingVenue venue, uint account, ulong id, long ticks, uint discount, ulong lots) =>
        venue.Venue.PlaceIsolatedBid(account, new LiquidationBidOrder(Isolated, 0, id, ticks, discount, lots), ref venue.Sink);

    private static LendingVenue WithLoan()
    {
        var venue = new LendingVenue();
        venue.Govern(sequence => venue.Venue.ConfigureIsolatedLiquidation(
            sequence, new IsolatedLiquidationListing(Isolated, Ether / 1000, 10, 10_500, 1200, 9500)));
        venue.DoneIsolated(Carol, LendingOperation.IsolatedSupply, 50_000 * Dollar);
        venue.DoneIsolated(Alice, LendingOperation.IsolatedSupplyCollateral, 10 * Ether);
        venue.DoneIsolated(Alice, LendingOperation.IsolatedBorrow, 15_000 * Dollar);
        return venue;
    }
}
