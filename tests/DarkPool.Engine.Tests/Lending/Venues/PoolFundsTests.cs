using System.Runtime;
using DarkPool.Engine.Lending;
using DarkPool.Engine.Trading;
using Xunit;
using static DarkPool.Engine.Tests.Lending.Venues.LendingVenue;

namespace DarkPool.Engine.Tests.Lending.Venues;

/// <summary>The ledger that trades is the ledger that lends.</summary>
public sealed class PoolFundsTests
{
    [Fact]
    public void Supply_moves_available_money_to_the_pool_and_withdrawal_brings_it_back()
    {
        var venue = new LendingVenue();
        venue.Done(Alice, LendingOperation.PoolSupply, Weth, 10 * Ether);
        Assert.Equal(90 * Ether, venue.Available(Alice, Weth));
        Assert.Equal(10 * Ether, venue.Available(venue.Listed.Account, Weth));
        venue.AssertFundsAreOne();
        venue.Done(Alice, LendingOperation.PoolWithdraw, Weth, PoolCommand.All);
        Assert.Equal(100 * Ether, venue.Available(Alice, Weth));
        venue.AssertFundsAreOne();
        Assert.Equal(10 * Ether, venue.Events.Changes[^1].Change.Amount);
    }

    [Fact]
    public void What_was_borrowed_buys_in_the_dark_pool_in_the_same_block()
    {
        var venue = new LendingVenue();
        venue.Done(Bob, LendingOperation.PoolSupply, Usdc, 500_000 * Dollar);
        venue.Done(Alice, LendingOperation.PoolSupply, Weth, 100 * Ether);
        Assert.Equal(RejectionCode.None, venue.Do(Carol, LendingOperation.PoolSupply, Usdc, 1_000_000 * Dollar));
        Assert.Equal(RejectionCode.None, venue.Order(Carol, Side.Sell, 200_000, 10_000));
        venue.Done(Alice, LendingOperation.PoolBorrow, Usdc, 100_000 * Dollar);
        Assert.Equal(RejectionCode.None, venue.Order(Alice, Side.Buy, 200_000, 50_000));
        Assert.Equal(10 * Ether, venue.Available(Alice, Weth));
        Assert.Contains(venue.Events.Fills, fill => fill.Account == Alice);
        venue.AssertFundsAreOne();
        venue.Next();
        venue.AssertFundsAreOne();
    }

    [Fact]
    public void Collateral_is_sold_by_withdrawing_what_stays_healthy_and_no_more()
    {
        var venue = new LendingVenue();
        venue.Done(Bob, LendingOperation.PoolSupply, Usdc, 500_000 * Dollar);
        venue.Done(Alice, LendingOperation.PoolSupply, Weth, 100 * Ether);
        venue.Done(Alice, LendingOperation.PoolBorrow, Usdc, 83_000 * Dollar);
        Assert.Equal(RejectionCode.InsufficientFunds, venue.Order(Alice, Side.Sell, 200_000, 1));
        var before = venue.Snapshot();
        Assert.Equal(
            RejectionCode.HealthFactorLowerThanLiquidationThreshold,
            venue.Do(Alice, LendingOperation.PoolWithdraw, Weth, (50 * Ether) + 1_000_000_000_000));
        Assert.Equal(Blockless(before), Blockless(venue.Snapshot()));
        venue.Done(Alice, LendingOperation.PoolWithdraw, Weth, 50 * Ether);
        Assert.Equal(RejectionCode.None, venue.Order(Alice, Side.Sell, 200_000, 50_000));
    }

    [Fact]
    public void Debt_is_paid_back_by_another_account_and_its_owner_is_told()
    {
        var venue = new LendingVenue();
        venue.Done(Bob, LendingOperation.PoolSupply, Usdc, 500_000 * Dollar);
        venue.Done(Alice, LendingOperation.PoolSupply, Weth, 10 * Ether);
        venue.Done(Alice, LendingOperation.PoolBorrow, Usdc, 1000 * Dollar);
        Assert.Equal(
            RejectionCode.NoExplicitAmountToRepayOnBehalf,
            venue.Do(Carol, LendingOperation.PoolRepay, Usdc, PoolCommand.All, other: Alice));
        venue.Done(Carol, LendingOperation.PoolRepay, Usdc, 5000 * Dollar, other: Alice);
        Assert.Equal(999_000 * Dollar, venue.Available(Carol, Usdc));
        var (account, change, byOther) = venue.Events.Changes[^1];
        Assert.Equal((Alice, true, UInt128.Zero), (account, byOther, change.Debt));
        venue.AssertFundsAreOne();
    }

    [Fact]
    public void Supply_for_another_account_makes_the_other_one_a_user()
    {
        var venue = new LendingVenue();
        venue.Done(Alice, LendingOperation.PoolSupply, Weth, Ether, other: Bob);
        Assert.Equal(99 * Ether, venue.Available(Alice, Weth));
        Assert.Empty(venue.Query(Alice).Holdings);
        var held = Assert.Single(venue.Query(Bob).Holdings, holding => holding.Asset == Weth);
        Assert.Equal((Ether, true), (held.Supply, held.IsCollateral));
        venue.Done(Bob, LendingOperation.PoolTransfer, Weth, Ether / 2, other: Carol);
        Assert.Equal(Ether / 2, Assert.Single(venue.Query(Carol).Holdings, holding => holding.Asset == Weth).Supply);
    }

    [Fact]
    public void Interest_moves_from_borrowers_to_suppliers_and_the_treasury_over_years()
    {
        var venue = new LendingVenue();
        venue.Done(Bob, LendingOperation.PoolSupply, Usdc, 100_000 * Dollar);
        venue.Done(Alice, LendingOperation.PoolSupply, Weth, 100 * Ether);
        venue.Done(Alice, LendingOperation.PoolBorrow, Usdc, 50_000 * Dollar);
        for (var year = 0; year < 5; year++) venue.Next(31_536_000);
        venue.Prices(2000, 1, 40_000);
        var owed = venue.Query(Alice).Holdings.Single(holding => holding.Asset == Usdc).Debt;
        Assert.InRange(owed, 50_000 * Dollar, 70_000 * Dollar);
        venue.Done(Alice, LendingOperation.PoolRepay, Usdc, PoolCommand.All);
        Assert.Equal(UInt128.Zero, venue.Query(Alice).Holdings.Single(holding => holding.Asset == Usdc).Debt);
        venue.Done(Alice, LendingOperation.PoolMintToTreasury, Usdc, 0);
        venue.Done(Bob, LendingOperation.PoolWithdraw, Usdc, PoolCommand.All);
        Assert.True(venue.Available(Bob, Usdc) > 1_000_000 * Dollar);
        venue.AssertFundsAreOne();
        var treasury = venue.Listed.Pool.SupplyOf(venue.Listed.Pool.Treasury, venue.Listed.ReserveOf(Usdc));
        Assert.InRange((UInt128)treasury, UInt128.One, venue.Available(venue.Listed.Account, Usdc));
    }

    [Fact]
    public void Operations_of_a_pool_allocate_nothing()
    {
        var venue = new LendingVenue();
        venue.Done(Bob, LendingOperation.PoolSupply, Usdc, 500_000 * Dollar);
        venue.Done(Alice, LendingOperation.PoolSupply, Weth, 100 * Ether);
        var sink = new SilentSink();

        // A whole block of the same operations first: what grows with a block or with the state is then as large as the measured one needs.
        Round(venue, ref sink);
        Assert.Equal(800, sink.Told);
        while (true)
        {
            venue.Next();
            var (compiled, allocated) = (CompiledHere(), GC.GetAllocatedBytesForCurrentThread());
            Round(venue, ref sink);
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;

            // What the runtime compiles on this thread it may allocate for: a round with that in it says nothing.
            if (CompiledHere() != compiled) continue;
            Assert.Equal(0, allocated);
            return;
        }
    }

    private static long CompiledHere() => JitInfo.GetCompiledMethodCount(currentThread: true);

    private static void Round(LendingVenue venue, ref SilentSink sink)
    {
        for (var turn = 0; turn < 100; turn++) Turn(venue, ref sink);
    }

    private static void Turn(LendingVenue venue, ref SilentSink sink)
    {
        Lend(venue, LendingOperation.PoolBorrow, Usdc, 1000 * Dollar, ref sink);
        Lend(venue, LendingOperation.PoolBorrow, Usdc, 900_000 * Dollar, ref sink);
        Lend(venue, LendingOperation.PoolWithdraw, Weth, Ether, ref sink);
        Lend(venue, LendingOperation.PoolSupply, Weth, Ether, ref sink);
        Lend(venue, LendingOperation.PoolSupply, Weth, UInt128.MaxValue, ref sink);
        Lend(venue, LendingOperation.PoolUseAsCollateral, Weth, 0, ref sink);
        Lend(venue, LendingOperation.PoolRepay, Usdc, PoolCommand.All, ref sink);
        Lend(venue, LendingOperation.PoolWithdraw, Wbtc, Bitcoin, ref sink);
    }

    private static void Lend(LendingVenue venue, LendingOperation operation, uint asset, UInt128 amount, ref SilentSink sink) =>
        venue.Venue.Lend(Alice, new PoolCommand { Operation = operation, Pool = Pool, Asset = asset, Amount = amount }, ref sink);

    // Everything but the block's number, at the start.
    private static byte[] Blockless(byte[] snapshot) => snapshot[12..];

    private struct SilentSink : ILendingSink
    {
        public int Told;

        public void Rejected(uint account, ulong clientOrderId, RejectionCode code) => Told++;

        public void PoolChanged(uint account, in PoolChange change, bool byOther) => Told++;

        public readonly void PoolPosition(uint account, in PoolStanding standing)
        {
        }

        public readonly void PoolHolding(uint account, in PoolHolding holding)
        {
        }

        public void IsolatedChanged(uint account, in IsolatedChange change, bool byOther) => Told++;

        public void CollateralSold(uint account, in CollateralSold sale) => Told++;

        public void CollateralBought(uint account, in CollateralBought purchase) => Told++;

        public readonly void IsolatedPosition(uint account, in IsolatedStanding standing)
        {
        }
    }
}
