using DarkPool.Engine.Lending;
using DarkPool.Engine.Lending.Aave;
using Xunit;
using static DarkPool.Engine.Tests.Lending.Venues.LendingVenue;

namespace DarkPool.Engine.Tests.Lending.Venues;

/// <summary>Bad input is refused by the profile's own name and changes nothing.</summary>
public sealed class PoolRefusalTests
{
    private const uint Unlisted = 77;

    [Theory]
    [InlineData(LendingOperation.PoolSupply, Weth, 0UL, RejectionCode.InvalidAmount)]
    [InlineData(LendingOperation.PoolSupply, Weth, ulong.MaxValue, RejectionCode.None)]
    [InlineData(LendingOperation.PoolSupply, Wbtc, 1_000_000_001UL, RejectionCode.InsufficientFunds)]
    [InlineData(LendingOperation.PoolSupply, Unlisted, 1UL, RejectionCode.AssetNotListed)]
    [InlineData(LendingOperation.PoolWithdraw, Weth, 0UL, RejectionCode.InvalidAmount)]
    [InlineData(LendingOperation.PoolWithdraw, Wbtc, 1UL, RejectionCode.NotEnoughAvailableUserBalance)]
    [InlineData(LendingOperation.PoolBorrow, Usdc, 0UL, RejectionCode.InvalidAmount)]
    [InlineData(LendingOperation.PoolBorrow, Usdc, 900_000_000_000UL, RejectionCode.InvalidAmount)]
    [InlineData(LendingOperation.PoolBorrow, Wbtc, 1UL, RejectionCode.InvalidAmount)]
    [InlineData(LendingOperation.PoolBorrow, Usdc, 16_000_000_000UL, RejectionCode.CollateralCannotCoverNewBorrow)]
    [InlineData(LendingOperation.PoolBorrow, Usdc, 17_000_000_000UL, RejectionCode.HealthFactorLowerThanLiquidationThreshold)]
    [InlineData(LendingOperation.PoolRepay, Usdc, 0UL, RejectionCode.InvalidAmount)]
    [InlineData(LendingOperation.PoolRepay, Wbtc, 1UL, RejectionCode.NoDebtOfSelectedType)]
    [InlineData(LendingOperation.PoolRepayWithSupply, Usdc, 1UL, RejectionCode.ArithmeticOverflow)]
    [InlineData(LendingOperation.PoolTransfer, Wbtc, 1UL, RejectionCode.ArithmeticOverflow)]
    [InlineData(LendingOperation.PoolUseAsCollateral, Wbtc, 0UL, RejectionCode.None)]
    [InlineData(LendingOperation.PoolCoverDeficit, Usdc, 1UL, RejectionCode.HealthFactorLowerThanLiquidationThreshold)]
    [InlineData(LendingOperation.IsolatedSupply, Weth, 1UL, RejectionCode.InvalidLendingOperation)]
    [InlineData((LendingOperation)500, Weth, 1UL, RejectionCode.InvalidLendingOperation)]
    public void What_a_borrower_must_not_do_is_refused_by_name(
        LendingOperation operation, uint asset, ulong amount, RejectionCode expected)
    {
        var venue = new LendingVenue();
        venue.Done(Bob, LendingOperation.PoolSupply, Usdc, 500_000 * Dollar);
        venue.Done(Alice, LendingOperation.PoolSupply, Weth, 10 * Ether);
        venue.Done(Alice, LendingOperation.PoolBorrow, Usdc, 100 * Dollar);
        venue.Next();
        var root = venue.Venue.StateRoot;
        Assert.Equal(expected, venue.Do(Alice, operation, asset, amount, other: operation == LendingOperation.PoolTransfer ? Bob : null));
        venue.Next();
        if (expected != RejectionCode.None) Assert.Equal(root, venue.Venue.StateRoot);
        venue.AssertFundsAreOne();
    }

    [Fact]
    public void Unknown_pools_and_accounts_wrong_e_modes_and_flags_are_refused()
    {
        var venue = new LendingVenue();
        Assert.Equal(RejectionCode.UnknownPool, venue.Do(Alice, LendingOperation.PoolSupply, Weth, 1, pool: 15));
        Assert.Equal(RejectionCode.UnknownPool, venue.Do(Alice, LendingOperation.PoolSupply, Weth, 1, pool: uint.MaxValue));
        Assert.Equal(RejectionCode.UnknownCounterparty, venue.Do(Alice, LendingOperation.PoolSupply, Weth, 1, other: 999));
        Assert.Equal(RejectionCode.InconsistentEModeCategory, venue.Do(Alice, LendingOperation.PoolSetEMode, 0, 0, argument: 9));
        Assert.Equal(RejectionCode.InconsistentEModeCategory, venue.Do(Alice, LendingOperation.PoolSetEMode, 0, 0, argument: 1000));
        Assert.Equal(RejectionCode.InvalidLendingOperation, venue.Do(Alice, LendingOperation.PoolUseAsCollateral, Weth, 0, argument: 2));
        Assert.Equal(RejectionCode.UnderlyingBalanceZero, venue.Do(Alice, LendingOperation.PoolUseAsCollateral, Weth, 0, argument: 1));
    }

    [Fact]
    public void Governance_stops_what_it_says_and_nothing_else()
    {
        var venue = new LendingVenue();
        venue.Done(Bob, LendingOperation.PoolSupply, Usdc, 500_000 * Dollar);
        venue.Done(Alice, LendingOperation.PoolSupply, Weth, 10 * Ether);
        venue.Done(Alice, LendingOperation.PoolBorrow, Usdc, 100 * Dollar);
        venue.Govern(sequence => venue.Venue.SetReserveState(sequence, Pool, Usdc, frozen: false, paused: true, 0));
        Assert.Equal(RejectionCode.ReservePaused, venue.Do(Alice, LendingOperation.PoolRepay, Usdc, Dollar));
        venue.Govern(sequence => venue.Venue.SetReserveState(sequence, Pool, Usdc, frozen: true, paused: false, 60));
        Assert.Equal(RejectionCode.ReserveFrozen, venue.Do(Alice, LendingOperation.PoolBorrow, Usdc, Dollar));
        Assert.Equal(RejectionCode.ReserveFrozen, venue.Do(Bob, LendingOperation.PoolSupply, Usdc, Dollar));
        venue.Done(Alice, LendingOperation.PoolRepay, Usdc, Dollar);
        venue.Govern(sequence => venue.Venue.SetReserveState(sequence, Pool, Usdc, frozen: false, paused: false, 0));
        var capped = ParametersOf(6, 7500, 7800, 10_450) with { SupplyCap = 500_000, BorrowCap = 100 };
        venue.Govern(sequence => venue.Venue.ConfigureReserve(sequence, Pool, Usdc, capped));
        Assert.Equal(RejectionCode.SupplyCapExceeded, venue.Do(Bob, LendingOperation.PoolSupply, Usdc, Dollar));
        Assert.Equal(RejectionCode.BorrowCapExceeded, venue.Do(Alice, LendingOperation.PoolBorrow, Usdc, 2 * Dollar));
        venue.Govern(sequence => venue.Venue.ConfigureReserve(sequence, Pool, Usdc, capped with { BorrowingEnabled = false }));
        Assert.Equal(RejectionCode.BorrowingNotEnabled, venue.Do(Alice, LendingOperation.PoolBorrow, Usdc, 1));
        venue.AssertFundsAreOne();
    }

    [Fact]
    public void Terms_that_no_pool_reserve_or_e_mode_can_have_are_refused_and_use_up_no_sequence()
    {
        var venue = new LendingVenue();
        var next = venue.Venue.GovernanceSequence + 1;
        var sound = ParametersOf(18, 8000, 8300, 10_500);
        ReserveParameters[] unsound =
        [
            sound with { LoanToValue = 8301 }, sound with { LiquidationBonus = 10_000 }, sound with { LiquidationBonus = 12_100 },
            sound with { ReserveFactor = 10_001 }, sound with { LiquidationProtocolFee = 10_001 }, sound with { SupplyCap = 1UL << 36 },
            sound with { Curve = new InterestRateCurve(50, 0, 400, 7500) }, sound with { Curve = new InterestRateCurve(8000, 0, 500, 400) },
            sound with { LoanToValue = 0, LiquidationThreshold = 0 },
        ];
        Assert.All(unsound, parameters =>
            Assert.Equal(GovernanceResult.InvalidTerms, venue.Venue.ConfigureReserve(next, Pool, Weth, parameters)));
        Assert.Equal(GovernanceResult.UnknownPool, venue.Venue.ConfigureReserve(next, 2, Weth, sound));
        Assert.Equal(GovernanceResult.UnknownPool, venue.Venue.ConfigureReserve(next, Pool, Unlisted, sound));
        Assert.Equal(GovernanceResult.UnknownAsset, venue.Venue.ListReserve(next, new ReserveTerms(Pool, Unlisted, Weth, sound)));
        Assert.Equal(GovernanceResult.AlreadyListed, venue.Venue.ListReserve(next, new ReserveTerms(Pool, Weth, Weth, sound)));
        Assert.Equal(GovernanceResult.AlreadyListed, venue.Venue.ListPool(next, new PoolTerms(Pool, PoolVersion.AaveV36, Key(1))));
        Assert.Equal(GovernanceResult.InvalidTerms, venue.Venue.ListPool(next, new PoolTerms(2, (PoolVersion)9, Key(1))));
        Assert.Equal(GovernanceResult.NumberTooLarge, venue.Venue.ListPool(next, new PoolTerms(16, PoolVersion.AaveV36, Key(1))));
        Assert.Equal(GovernanceResult.OutOfSequence, venue.Venue.ListPool(next + 1, new PoolTerms(2, PoolVersion.AaveV36, Key(1))));
        var beyond = new EMode(9000, 9300, 10_100, (UInt128)1 << 3, 0, 0);
        Assert.Equal(GovernanceResult.InvalidTerms, venue.Venue.DefineEMode(next, Pool, 1, beyond));
        Assert.Equal(GovernanceResult.InvalidTerms, venue.Venue.DefineEMode(next, Pool, 0, beyond with { Collateral = 1 }));
        Assert.Equal(GovernanceResult.Applied, venue.Venue.DefineEMode(next, Pool, 1, beyond with { Collateral = 1 }));
    }
}
