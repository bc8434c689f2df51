using DarkPool.Engine.Lending;
using DarkPool.Engine.Lending.Liquidation;
using FsCheck.Xunit;
using Xunit;
using static DarkPool.Engine.Tests.Lending.Venues.LendingVenue;
using static DarkPool.Engine.Tests.Lending.Venues.SellableLoan;

namespace DarkPool.Engine.Tests.Lending.Venues;

/// <summary>Liquidation on the venue: prices find unhealthy positions, bids and backstops pay out of the ledger.</summary>
public sealed class LiquidationVenueTests
{
    [Fact]
    public void A_price_that_falls_sells_to_a_sealed_bid_what_restores_the_target()
    {
        var venue = WithLoan();
        Assert.Equal(RejectionCode.None, Bid(venue, Bob, 1, 200_000, 300, 20_000));
        Assert.Equal(40_000 * Dollar, venue.Venue.BalanceOf(Bob, Usdc).Held);
        venue.Prices(1700, 1, 40_000);
        venue.Venue.TellLiquidations(ref venue.Sink);
        var (borrower, sale) = Assert.Single(venue.Events.Sales);
        var (buyer, purchase) = Assert.Single(venue.Events.Purchases);
        Assert.Equal((Alice, Bob), (borrower, buyer));
        Assert.Equal(164_900, sale.Record.Ticks);
        Assert.Equal((sale.Record.Seized, sale.Record.Repaid), (purchase.Bought, purchase.Paid));
        Assert.InRange(sale.HealthFactor, Ether / 100 * 105, Ether / 100 * 106);
        Assert.Equal((100 * Ether) + purchase.Bought, venue.Available(Bob, Weth));
        Assert.Equal(purchase.LotsLeft * 200_000 * (UInt128)10, venue.Venue.BalanceOf(Bob, Usdc).Held);
        venue.AssertFundsAreOne();
        venue.Venue.TellLiquidations(ref venue.Sink);
        Assert.Single(venue.Events.Sales);
        Assert.Equal(RejectionCode.None, venue.Venue.CancelBid(Bob, Pool, SaleMarket, 1, ref venue.Sink));
        Assert.Equal((UInt128)0, venue.Venue.BalanceOf(Bob, Usdc).Held);
        Assert.Equal((1_000_000 * Dollar) - purchase.Paid, venue.Available(Bob, Usdc));
    }

    [Fact]
    public void What_no_bid_buys_a_backstop_takes_at_the_fixed_bonus()
    {
        var venue = WithLoan();
        venue.Govern(sequence => venue.Venue.SetBackstop(sequence, Pool, SaleMarket, Key(2), isRegistered: true));
        venue.Prices(1700, 1, 40_000);
        venue.Venue.TellLiquidations(ref venue.Sink);
        var (account, purchase) = Assert.Single(venue.Events.Purchases);
        Assert.Equal((Bob, 0L), (account, purchase.Ticks));
        Assert.Equal(SaleReason.Backstop, Assert.Single(venue.Events.Sales).Sale.Record.Reason);
        Assert.True(venue.Query(Alice).Standing.HealthFactor > Ether);
        Assert.Equal((100 * Ether) + purchase.Bought, venue.Available(Bob, Weth));
        venue.AssertFundsAreOne();
    }

    [Fact]
    public void While_a_price_cannot_be_relied_on_nothing_is_sold()
    {
        var venue = WithLoan();
        venue.Govern(sequence => venue.Venue.SetBackstop(sequence, Pool, SaleMarket, Key(2), isRegistered: true));
        venue.Govern(sequence => venue.Venue.ConfigureFeed(sequence, Usdc, FeedOf() with { Frozen = true }));
        for (var source = 0; source < 3; source++) venue.ObserveLater(Weth, source, 170_000);
        venue.Next(1);
        venue.Venue.TellLiquidations(ref venue.Sink);
        Assert.Empty(venue.Events.Sales);
        venue.Govern(sequence => venue.Venue.ConfigureFeed(sequence, Usdc, FeedOf()));
        venue.Next(1);
        venue.Venue.TellLiquidations(ref venue.Sink);
        Assert.Single(venue.Events.Sales);
    }

    [Fact]
    public void Interest_alone_makes_a_position_be_sold_at_the_start_of_a_block()
    {
        var venue = WithLoan(supplied: 16_000 * Dollar, borrowed: 15_500 * Dollar);
        foreach (var feed in (uint[])[Weth, Usdc])
        {
            var terms = FeedOf() with { HeartbeatMicroseconds = 7 * 86_400 * Second };
            venue.Govern(sequence => venue.Venue.ConfigureFeed(sequence, feed, terms));
        }

        venue.Prices(1870, 1, 40_000);
        Assert.Equal(RejectionCode.None, Bid(venue, Bob, 1, 200_000, 0, 3000));
        venue.Venue.TellLiquidations(ref venue.Sink);
        Assert.Empty(venue.Events.Sales);
        venue.Next(6 * 86_400);
        venue.Venue.TellLiquidations(ref venue.Sink);
        Assert.Equal(Alice, Assert.Single(venue.Events.Sales).Account);
        venue.AssertFundsAreOne();
    }

    [Fact]
    public void Bids_that_nobody_can_pay_or_that_say_nothing_are_refused()
    {
        var venue = WithLoan();
        Assert.Equal(RejectionCode.InvalidLiquidationBid, Bid(venue, Bob, 1, 0, 0, 1));
        Assert.Equal(RejectionCode.InvalidLiquidationBid, Bid(venue, Bob, 1, 1, 10_000, 1));
        Assert.Equal(RejectionCode.InvalidLiquidationBid, Bid(venue, Bob, 1, 1, 0, 0));
        Assert.Equal(RejectionCode.InsufficientFunds, Bid(venue, Bob, 1, long.MaxValue, 0, ulong.MaxValue));
        Assert.Equal(RejectionCode.None, Bid(venue, Bob, 1, 1, 0, 1));
        Assert.Equal(RejectionCode.DuplicateClientOrderId, Bid(venue, Bob, 1, 1, 0, 1));
        Assert.Equal(RejectionCode.UnknownOrder, venue.Venue.CancelBid(Bob, Pool, SaleMarket, 2, ref venue.Sink));
        Assert.Equal(
            RejectionCode.UnknownLiquidationMarket, venue.Venue.CancelBid(Bob, Pool, SaleMarket + 1, 1, ref venue.Sink));
    }

    [Property(MaxTest = 20)]
    public void Over_random_histories_money_is_one_and_a_restored_venue_goes_on_alike(int seed, byte where)
    {
        var steps = LendingStep.Many(seed, 200);
        var cut = where * steps.Length / 256;
        var whole = WithLoan();
        whole.Govern(sequence => whole.Venue.SetBackstop(sequence, Pool, SaleMarket, Key(4), isRegistered: true));
        Run(whole, steps.AsSpan(0, cut), seed);
        var snapshot = whole.Snapshot();
        var restored = new LendingVenue(Engine.Venue.ReadSnapshot(snapshot, hashSeed: 3), whole.Round);
        Run(whole, steps.AsSpan(cut), seed + 1);
        Run(restored, steps.AsSpan(cut), seed + 1);
        Assert.Equal(whole.Snapshot(), restored.Snapshot());
        Assert.Equal(whole.Venue.StateRoot, restored.Venue.StateRoot);
    }

    [Fact]
    public void The_random_histories_liquidate_to_bids_and_to_backstops()
    {
        var reasons = new HashSet<SaleReason>();
        for (var seed = 0; seed < 12; seed++)
        {
            var venue = WithLoan();
            venue.Govern(sequence => venue.Venue.SetBackstop(sequence, Pool, SaleMarket, Key(4), isRegistered: true));
            Run(venue, LendingStep.Many(seed, 200), seed);
            venue.Venue.TellLiquidations(ref venue.Sink);
            foreach (var (_, sale) in venue.Events.Sales) reasons.Add(sale.Record.Reason);
        }

        Assert.Equal([SaleReason.Liquidation, SaleReason.Backstop], reasons.Order());
    }

    [Fact]
    public void A_sale_is_published_once_under_a_commitment_that_the_borrower_alone_can_open()
    {
        var venue = WithLoan();
        Assert.Equal(RejectionCode.None, Bid(venue, Bob, 1, 200_000, 300, 20_000));
        venue.Next(1);
        venue.Prices(1700, 1, 40_000);
        venue.Venue.TellLiquidations(ref venue.Sink);
        venue.Next(1);
        var sale = Assert.Single(venue.Events.Sales).Sale;
        var row = Assert.Single(venue.Venue.Liquidations);
        Assert.Equal(1UL, venue.Venue.FirstLiquidation);
        Assert.Equal((LoanKind.Pool, Pool, SaleMarket, sale.Record.Ticks), (row.Kind, row.Place, row.Market, row.Ticks));
        Assert.Equal((sale.Record.Seized, sale.Record.Repaid, sale.Record.Penalty), (row.Seized, row.Repaid, row.Penalty));
        Assert.Equal(LoanCommitment.Of(LoanKind.Pool, sale.Salt, Pool, Key((byte)(Alice + 1)).ToArray()), row.Commitment);
        venue.Next(1);
        Assert.Empty(venue.Venue.Liquidations);
    }

    private static void Run(LendingVenue venue, ReadOnlySpan<LendingStep> steps, int seed)
    {
        var random = new Random(seed);
        foreach (var step in steps)
        {
            step.Do(venue);
            var (account, id) = ((uint)random.Next(4), (ulong)random.Next(9));
            if (random.Next(4) == 0)
                Bid(venue, account, id, random.Next(1, 300_000), (uint)random.Next(900), (ulong)random.Next(1, 3000));
            if (random.Next(9) == 0) venue.Venue.CancelBid(account, Pool, SaleMarket, id, ref venue.Sink);
            if (random.Next(16) == 0) venue.Prices(random.Next(1000, 2500), 1, 40_000);
            venue.AssertFundsAreOne();
            AssertIndexIsExact(venue.Listed);
        }
    }

    private static void AssertIndexIsExact(ListedPool pool)
    {
        var below = new List<uint>();
        for (var user = 0u; user < pool.Members.Count; user++)
        {
            if (pool.Pool.UserAt(user).IsBorrowing && !pool.Pool.Account(user).IsHealthy) below.Add(user);
        }

        Assert.Equal(below, pool.Liquidator!.Index.Below().ToArray());
    }
}
