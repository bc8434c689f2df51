using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending;
using Xunit;
using static DarkPool.Engine.Tests.Lending.Venues.LendingVenue;

namespace DarkPool.Engine.Tests.Lending.Venues;

/// <summary>Isolated markets on the venue's ledger.</summary>
public sealed class IsolatedMarketTests
{
    [Fact]
    public void A_loan_of_an_isolated_market_goes_through_its_life_and_all_money_is_accounted_for()
    {
        var venue = new LendingVenue();
        venue.DoneIsolated(Bob, LendingOperation.IsolatedSupply, 100_000 * Dollar);
        venue.DoneIsolated(Alice, LendingOperation.IsolatedSupplyCollateral, 10 * Ether);
        venue.DoneIsolated(Alice, LendingOperation.IsolatedBorrow, 17_000 * Dollar);
        Assert.Equal(1_017_000 * Dollar, venue.Available(Alice, Usdc));
        venue.AssertIsolatedFundsAreOne();
        venue.Next(31_536_000);
        venue.Prices(2000, 1, 40_000);
        var standing = venue.QueryIsolated(Alice);
        Assert.True(standing.BorrowAssets > 17_000 * Dollar);
        Assert.Equal(
            RejectionCode.InsufficientCollateral, venue.DoIsolated(Alice, LendingOperation.IsolatedWithdrawCollateral, 10 * Ether));
        venue.DoneIsolated(Carol, LendingOperation.IsolatedRepay, 1000 * Dollar, other: Alice);
        venue.DoneIsolated(Alice, LendingOperation.IsolatedRepay, 0, venue.QueryIsolated(Alice).BorrowShares);
        venue.DoneIsolated(Alice, LendingOperation.IsolatedWithdrawCollateral, 10 * Ether);
        venue.DoneIsolated(Bob, LendingOperation.IsolatedWithdraw, 0, venue.QueryIsolated(Bob).SupplyShares);
        Assert.True(venue.Available(Bob, Usdc) > 1_000_000 * Dollar);
        Assert.Equal(100 * Ether, venue.Available(Alice, Weth));
        venue.AssertIsolatedFundsAreOne();
    }

    [Fact]
    public void The_price_is_converted_exactly_from_the_feeds_units()
    {
        var venue = new LendingVenue();
        venue.Prices(1999, 1, 40_000);
        // 1,999 USDC of 6 decimals for 1 WETH of 18: 1999 * 10^(36 + 6 - 18).
        Assert.Equal(UInt256.Parse("1999000000000000000000000000"), venue.Venue.Lending.FindMarket(Isolated)!.Market.Price);
        Assert.Equal((UInt128)1999_0000_0000, venue.Listed.Pool.ReserveAt(0).Price);
    }

    [Fact]
    public void The_limits_that_are_told_are_the_limits_that_hold()
    {
        var venue = new LendingVenue();
        venue.DoneIsolated(Bob, LendingOperation.IsolatedSupply, 100_000 * Dollar);
        venue.DoneIsolated(Alice, LendingOperation.IsolatedSupplyCollateral, 7_777_777_777_777_777_777);
        venue.DoneIsolated(Alice, LendingOperation.IsolatedBorrow, 1234 * Dollar);
        venue.Next(12_345);
        venue.Prices(1987, 1, 40_000);
        var standing = venue.QueryIsolated(Alice);
        Assert.Equal(
            RejectionCode.InsufficientCollateral,
            venue.DoIsolated(Alice, LendingOperation.IsolatedBorrow, standing.MaxBorrowableAssets + 1));
        Assert.Equal(
            RejectionCode.InsufficientCollateral,
            venue.DoIsolated(Alice, LendingOperation.IsolatedWithdrawCollateral, standing.WithdrawableCollateral + 1));
        var price = new IsolatedCommand { Operation = LendingOperation.None, Market = Isolated };
        Assert.True(venue.WhatIf(Alice, price, standing.LiquidationPrice).HealthFactor >= Ether);
        Assert.True(venue.WhatIf(Alice, price, standing.LiquidationPrice - UInt256.One).HealthFactor < Ether);
        venue.DoneIsolated(Alice, LendingOperation.IsolatedWithdrawCollateral, standing.WithdrawableCollateral);
        Assert.Equal(UInt128.Zero, venue.QueryIsolated(Alice).MaxBorrowableAssets);
    }

    [Theory]
    [InlineData(LendingOperation.IsolatedSupply, 0, 0, RejectionCode.InconsistentInput)]
    [InlineData(LendingOperation.IsolatedSupply, 1, 1, RejectionCode.InconsistentInput)]
    [InlineData(LendingOperation.IsolatedSupplyCollateral, 0, 0, RejectionCode.ZeroAssets)]
    [InlineData(LendingOperation.IsolatedSupplyCollateral, 1, 1, RejectionCode.InconsistentInput)]
    [InlineData(LendingOperation.IsolatedWithdraw, 1, 0, RejectionCode.IsolatedArithmeticOverflow)]
    [InlineData(LendingOperation.IsolatedWithdrawCollateral, 1, 0, RejectionCode.IsolatedArithmeticOverflow)]
    [InlineData(LendingOperation.IsolatedRepay, 0, 1, RejectionCode.IsolatedArithmeticOverflow)]
    [InlineData(LendingOperation.IsolatedBorrow, 1, 0, RejectionCode.InsufficientCollateral)]
    [InlineData(LendingOperation.PoolSupply, 1, 0, RejectionCode.InvalidLendingOperation)]
    public void Bad_input_is_refused_by_the_markets_own_name_and_leaves_no_trace(
        LendingOperation operation, ulong assets, ulong shares, RejectionCode expected)
    {
        var venue = new LendingVenue();
        venue.Next();
        var root = venue.Venue.StateRoot;
        Assert.Equal(expected, venue.DoIsolated(Carol, operation, assets, shares));
        venue.Next();
        Assert.Equal(root, venue.Venue.StateRoot);
        venue.AssertIsolatedFundsAreOne();
    }

    [Fact]
    public void Amounts_beyond_what_an_account_has_are_refused_and_a_whole_history_survives_a_snapshot()
    {
        var venue = new LendingVenue();
        Assert.Equal(RejectionCode.InsufficientFunds, venue.DoIsolated(Alice, LendingOperation.IsolatedSupply, 2_000_000 * Dollar));
        Assert.Equal(RejectionCode.InsufficientFunds, venue.DoIsolated(Alice, LendingOperation.IsolatedSupplyCollateral, UInt128.MaxValue));
        Assert.Equal(
            RejectionCode.IsolatedArithmeticOverflow, venue.DoIsolated(Alice, LendingOperation.IsolatedSupply, UInt128.MaxValue));
        venue.DoneIsolated(Bob, LendingOperation.IsolatedSupply, 1);
        venue.DoneIsolated(Bob, LendingOperation.IsolatedSupply, 10_000 * Dollar);
        venue.DoneIsolated(Alice, LendingOperation.IsolatedSupplyCollateral, Ether);
        venue.DoneIsolated(Alice, LendingOperation.IsolatedBorrow, 500 * Dollar);
        venue.Next(99);
        var snapshot = venue.Snapshot();
        var restored = new LendingVenue(Engine.Venue.ReadSnapshot(snapshot, hashSeed: 5), venue.Round);
        foreach (var each in (LendingVenue[])[venue, restored])
        {
            each.Next(3000);
            each.Prices(2100, 1, 40_000);
            each.Govern(sequence => each.Venue.SetIsolatedFee(sequence, Isolated, Ether / 10));
            each.Next(100_000);
            each.DoneIsolated(Alice, LendingOperation.IsolatedRepay, 5 * Dollar);
        }

        Assert.Equal(venue.Snapshot(), restored.Snapshot());
        Assert.Equal(venue.Venue.StateRoot, restored.Venue.StateRoot);
    }
}
