using System.Numerics;
using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending;
using DarkPool.Engine.Lending.Aave;
using DarkPool.Engine.Lending.Morpho;
using FsCheck.Xunit;
using Xunit;
using static DarkPool.Engine.Tests.Lending.Venues.LendingVenue;

namespace DarkPool.Engine.Tests.Lending.Venues;

/// <summary>Laws of lending over random histories on pool and isolated market together with trading.</summary>
public sealed class LendingLawsTests
{
    private const int Steps = 250;

    [Property(MaxTest = 20)]
    public void After_every_step_money_is_accounted_for_and_indices_have_not_fallen(int seed)
    {
        var venue = Started(seed);
        var indices = Indices(venue);
        foreach (var (number, step) in LendingStep.Many(seed, Steps).Index())
        {
            step.Do(venue);
            venue.AssertFundsAreOne();
            venue.AssertIsolatedFundsAreOne();
            var now = Indices(venue);
            Assert.All(indices.Zip(now), pair => Assert.True(pair.First <= pair.Second, $"seed {seed}, step {number}: an index fell"));
            indices = now;
            AssertClaimsAreCovered(venue, number, seed);
        }
    }

    [Property(MaxTest = 20)]
    public void Rounding_never_favours_the_user_and_borrowing_never_raises_health(int seed)
    {
        var venue = Started(seed);
        foreach (var step in LendingStep.Many(seed, Steps))
        {
            var reserve = step.Asset is Weth or Usdc or Wbtc ? venue.Listed.ReserveOf(step.Asset) : 0;
            var before = See(venue, step.Account, reserve);
            var isOwn = step.Kind == 4 && step.Other == step.Account;
            if (step.Do(venue) != RejectionCode.None || !isOwn) continue;
            var after = See(venue, step.Account, reserve);
            var paid = venue.Events.Changes[^1].Change.Amount;
            var message = $"seed {seed}: {step}";
            switch (step.Operation)
            {
                case LendingOperation.PoolSupply:
                    Assert.True(after.Supply <= before.Supply + paid, message);
                    break;
                case LendingOperation.PoolWithdraw:
                    Assert.True(after.Supply + paid <= before.Supply, message);
                    break;
                case LendingOperation.PoolBorrow:
                    Assert.True(after.Debt >= before.Debt + paid, message);
                    Assert.True(after.Health <= before.Health, message);
                    break;
                case LendingOperation.PoolRepay:
                    Assert.True(after.Debt + paid >= before.Debt, message);
                    break;
            }
        }
    }

    [Property(MaxTest = 20)]
    public void The_isolated_market_rounds_against_the_user_and_a_share_of_it_never_loses_worth(int seed)
    {
        var venue = Started(seed);
        var totals = venue.Venue.Lending.FindMarket(Isolated)!.Market.AccruedState();
        foreach (var step in LendingStep.Many(seed, Steps))
        {
            var before = venue.QueryIsolated(step.Account);
            var isOwn = step.Kind == 3 && step.Other == step.Account;
            var code = step.Do(venue);
            var message = $"seed {seed}: {step}";
            var now = venue.Venue.Lending.FindMarket(Isolated)!.Market.AccruedState();
            Assert.True(WorthOfShare(now, totals) >= WorthOfShare(totals, now), message);
            totals = now;
            if (!isOwn || code != RejectionCode.None) continue;
            AssertRounding(step.Operation, before, venue.QueryIsolated(step.Account), venue, message);
        }
    }

    [Property(MaxTest = 20)]
    public void The_same_history_gives_the_same_root_and_bytes_from_the_start_and_from_a_snapshot(int seed, byte where)
    {
        var steps = LendingStep.Many(seed, Steps);
        var cut = where * Steps / 256;
        var (whole, again) = (Started(seed), Started(seed));
        foreach (var step in steps[..cut]) Assert.Equal(step.Do(whole), step.Do(again));
        var snapshot = whole.Snapshot();
        Assert.Equal(snapshot, again.Snapshot());
        var restored = new LendingVenue(Engine.Venue.ReadSnapshot(snapshot, hashSeed: 3), whole.Round);
        foreach (var step in steps[cut..]) Assert.Equal(step.Do(whole), step.Do(restored));
        Assert.Equal(whole.Snapshot(), restored.Snapshot());
        Assert.Equal(whole.Venue.StateRoot, restored.Venue.StateRoot);
    }

    [Property(MaxTest = 20)]
    public void The_limits_that_are_told_are_the_limits_that_hold(int seed)
    {
        var venue = Started(seed);
        foreach (var step in LendingStep.Many(seed, 120)) step.Do(venue);
        venue.Prices(2000, 1, 40_000);
        for (uint account = 0; account < Accounts; account++)
        {
            foreach (var holding in venue.Query(account).Holdings) AssertLimits(venue, account, holding);
        }
    }

    [Fact]
    public void The_histories_reach_every_operation_and_most_refusals()
    {
        var done = new HashSet<LendingOperation>();
        var refused = new HashSet<RejectionCode>();
        for (var seed = 0; seed < 12; seed++)
        {
            var venue = Started(seed);
            foreach (var step in LendingStep.Many(seed, Steps))
            {
                var code = step.Do(venue);
                if (code != RejectionCode.None) refused.Add(code);
                else if (step.Kind >= 3) done.Add(step.Operation);
            }
        }

        // Nothing is liquidated here, so there is no deficit to cover.
        Assert.Equal(Enum.GetValues<LendingOperation>().Except([LendingOperation.None, LendingOperation.PoolCoverDeficit]), done.Order());
        Assert.True(refused.Count >= 18, string.Join(' ', refused));
    }

    private static void AssertRounding(
        LendingOperation operation, IsolatedStanding before, IsolatedStanding after, LendingVenue venue, string message)
    {
        var moved = venue.Events.IsolatedChanges[^1].Change.Assets;
        switch (operation)
        {
            case LendingOperation.IsolatedSupply:
                Assert.True(after.SupplyAssets <= before.SupplyAssets + moved, message);
                break;
            case LendingOperation.IsolatedWithdraw:
                Assert.True(after.SupplyAssets + moved <= before.SupplyAssets, message);
                break;
            case LendingOperation.IsolatedBorrow:
                Assert.True(after.BorrowAssets >= before.BorrowAssets + moved, message);
                Assert.True(after.HealthFactor <= before.HealthFactor, message);
                break;
            case LendingOperation.IsolatedRepay:
                Assert.True(after.BorrowAssets + moved >= before.BorrowAssets, message);
                break;
        }
    }

    // Worth of a share of one state in parts that are the same for both.
    private static BigInteger WorthOfShare(IsolatedMarketState of, IsolatedMarketState other) =>
        ((BigInteger)of.SupplyAssets + SharesMath.VirtualAssets) * ((BigInteger)other.SupplyShares + SharesMath.VirtualShares);

    private static void AssertLimits(LendingVenue venue, uint account, PoolHolding holding)
    {
        PoolStanding After(LendingOperation operation, UInt128 amount) => venue.WhatIf(
            account, new PoolCommand { Operation = operation, Pool = Pool, Asset = holding.Asset, Amount = amount }).Standing;
        if (holding.MaxWithdrawal != 0)
            Assert.Equal(RejectionCode.None, After(LendingOperation.PoolWithdraw, holding.MaxWithdrawal).Refusal);
        if (holding.BorrowCapacity != 0)
            Assert.Equal(RejectionCode.None, After(LendingOperation.PoolBorrow, holding.BorrowCapacity).Refusal);

        // An index rounds a few units; what is told is not farther than that from what is refused.
        var more = (UInt128)1000;
        Assert.NotEqual(RejectionCode.None, After(LendingOperation.PoolWithdraw, holding.MaxWithdrawal + more).Refusal);
        var muchMore = holding.BorrowCapacity + (more * more * more * more);
        Assert.NotEqual(RejectionCode.None, After(LendingOperation.PoolBorrow, muchMore).Refusal);
        if (holding.LiquidationPrice <= 1) return;
        var nothing = new PoolCommand { Operation = LendingOperation.None, Pool = Pool, Asset = holding.Asset };
        Assert.True(venue.WhatIf(account, nothing, holding.LiquidationPrice).Standing.HealthFactor >= Ether);
        if (holding.Debt != 0) return;
        Assert.True(venue.WhatIf(account, nothing, holding.LiquidationPrice - 1).Standing.HealthFactor < Ether);
    }

    // Suppliers and treasury never have a claim to more than what is there, owed or written off; an index rounds half a unit an accrual.
    private static void AssertClaimsAreCovered(LendingVenue venue, int steps, int seed)
    {
        var pool = venue.Listed.Pool;
        for (var index = 0; index < pool.ReserveCount; index++)
        {
            ref readonly var reserve = ref pool.ReserveAt(index);
            var scaled = reserve.ScaledSupply + reserve.AccruedToTreasury;
            var claims = WadRay.RayMul(scaled, reserve.NormalizedIncome(pool.Now), Rounding.Floor);
            var debts = WadRay.RayMul(reserve.ScaledDebt, reserve.NormalizedDebt(pool.Now), Rounding.Ceiling);
            var assets = (UInt256)reserve.VirtualBalance + debts + reserve.Deficit;
            Assert.True(claims <= assets + (ulong)(steps + 2), $"seed {seed}, step {steps}: {claims} of {assets}");
        }
    }

    private static UInt128[] Indices(LendingVenue venue) =>
    [
        .. Enumerable.Range(0, venue.Listed.Pool.ReserveCount).SelectMany(index =>
            (UInt128[])[venue.Listed.Pool.ReserveAt(index).LiquidityIndex, venue.Listed.Pool.ReserveAt(index).DebtIndex]),
    ];

    private static (UInt256 Supply, UInt256 Debt, UInt256 Health) See(LendingVenue venue, uint account, int reserve)
    {
        var user = venue.Listed.Members.FindOrNext(account);
        var pool = venue.Listed.Pool;
        return (pool.SupplyOf(user, reserve), pool.DebtOf(user, reserve), pool.Account(user).HealthFactor);
    }

    private static LendingVenue Started(int seed)
    {
        var venue = new LendingVenue(seed % 2 == 0 ? PoolVersion.AaveV37 : PoolVersion.AaveV36);
        venue.Govern(sequence => venue.Venue.DefineEMode(sequence, Pool, 1, new EMode(9000, 9300, 10_100, 0b101, 0b110, 0)));
        venue.Done(Carol, LendingOperation.PoolSupply, Usdc, 500_000 * Dollar);
        return venue;
    }
}
