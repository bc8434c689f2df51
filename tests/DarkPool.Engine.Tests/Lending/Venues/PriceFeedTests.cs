using DarkPool.Engine.Feeds;
using DarkPool.Engine.Lending;
using Xunit;
using static DarkPool.Engine.Tests.Lending.Venues.LendingVenue;

namespace DarkPool.Engine.Tests.Lending.Venues;

/// <summary>What a price of several sources is, and what waits while there is none.</summary>
public sealed class PriceFeedTests
{
    private static readonly PoolCommand Nothing = new() { Operation = LendingOperation.None, Pool = Pool, Asset = Weth };

    [Fact]
    public void The_median_of_the_sources_is_the_price_and_one_liar_does_not_move_it()
    {
        var venue = new LendingVenue();
        Assert.Equal(PriceResult.Applied, venue.ObserveLater(Weth, 0, 900_000));
        Assert.Equal(200_000, PriceOf(venue));
        venue.ObserveLater(Weth, 1, 201_000);
        venue.ObserveLater(Weth, 2, 202_000);
        Assert.Equal(201_500, PriceOf(venue));
        venue.ObserveLater(Weth, 0, 201_200);
        Assert.Equal(201_200, PriceOf(venue));
    }

    [Fact]
    public void Sources_that_disagree_or_leave_the_bounds_pause_the_feed_until_they_agree_again()
    {
        var venue = WithLoan();
        venue.ObserveLater(Weth, 0, 150_000);
        venue.ObserveLater(Weth, 1, 250_000);
        Assert.Equal(RejectionCode.PriceUnavailable, venue.Do(Alice, LendingOperation.PoolBorrow, Usdc, Dollar));
        venue.Prices(2000, 1, 40_000);
        venue.Done(Alice, LendingOperation.PoolBorrow, Usdc, Dollar);
        venue.Govern(sequence => venue.Venue.ConfigureFeed(sequence, Weth, FeedOf() with { HighestPrice = 199_999 }));
        Assert.Equal(RejectionCode.PriceUnavailable, venue.Do(Alice, LendingOperation.PoolBorrow, Usdc, Dollar));
    }

    [Fact]
    public void A_stale_feed_pauses_borrowing_and_collateral_while_supply_and_repayment_go_on()
    {
        var venue = WithLoan();
        venue.Next(3601);
        Assert.Equal(RejectionCode.PriceUnavailable, venue.Do(Alice, LendingOperation.PoolBorrow, Usdc, Dollar));
        Assert.Equal(RejectionCode.PriceUnavailable, venue.Do(Alice, LendingOperation.PoolWithdraw, Weth, 1));
        Assert.Equal(RejectionCode.PriceUnavailable, venue.Do(Alice, LendingOperation.PoolTransfer, Weth, 1, other: Bob));
        Assert.Equal(RejectionCode.PriceUnavailable, venue.Do(Alice, LendingOperation.PoolUseAsCollateral, Weth, 0));
        Assert.Equal(RejectionCode.PriceUnavailable, venue.DoIsolated(Carol, LendingOperation.IsolatedBorrow, 1));
        Assert.True(venue.Query(Alice).Standing.HasStalePrice);
        venue.Done(Alice, LendingOperation.PoolSupply, Weth, Ether);
        venue.Done(Alice, LendingOperation.PoolRepay, Usdc, Dollar);
        venue.Done(Bob, LendingOperation.PoolWithdraw, Usdc, Dollar);
        venue.Prices(2000, 1, 40_000);
        Assert.False(venue.Query(Alice).Standing.HasStalePrice);
        venue.Done(Alice, LendingOperation.PoolWithdraw, Weth, 1);
    }

    [Fact]
    public void A_fallback_speaks_for_a_stale_feed_but_not_for_a_frozen_one()
    {
        const uint Fallback = 9;
        var venue = WithLoan();
        venue.Govern(sequence => venue.Venue.ConfigureFeed(sequence, Fallback, FeedOf(decimals: 6, minimum: 1)));
        venue.Govern(sequence => venue.Venue.SetPriceSource(sequence, Fallback, true, Key(104)));
        venue.Govern(sequence => venue.Venue.ConfigureFeed(sequence, Weth, FeedOf() with { Fallback = Fallback }));
        venue.Next(3601);
        venue.Prices(1, 1, 40_000);
        venue.Next(1800);
        Assert.Equal(PriceResult.Applied, venue.Venue.ObservePrice(Fallback, Key(104), 1, venue.Venue.Time, 1_990_000_000));
        venue.ObserveLater(Usdc, 0, 100);
        venue.ObserveLater(Usdc, 1, 100);
        venue.Next(1801);
        Assert.Equal((UInt128)1990_0000_0000, venue.Listed.Pool.ReserveAt(0).Price);
        venue.Done(Alice, LendingOperation.PoolBorrow, Usdc, Dollar);
        venue.Govern(sequence => venue.Venue.ConfigureFeed(sequence, Weth, FeedOf() with { Fallback = Fallback, Frozen = true }));
        Assert.Equal(RejectionCode.PriceUnavailable, venue.Do(Alice, LendingOperation.PoolBorrow, Usdc, Dollar));
        Assert.Equal(PriceResult.Frozen, venue.ObserveLater(Weth, 0, 200_000));
    }

    [Fact]
    public void Observations_of_strangers_of_the_past_or_of_the_future_change_nothing()
    {
        var venue = new LendingVenue();
        venue.Next(10);
        var root = venue.Venue.StateRoot;
        var now = venue.Venue.Time;
        var source = Key(101);
        Assert.Equal(PriceResult.UnknownSource, venue.Venue.ObservePrice(Weth, Key(55), 50, now, 1));
        Assert.Equal(PriceResult.UnknownSource, venue.Venue.ObservePrice(77, source, 50, now, 1));
        Assert.Equal(PriceResult.InvalidPrice, venue.Venue.ObservePrice(Weth, source, 50, now, 0));
        Assert.Equal(PriceResult.InvalidPrice, venue.Venue.ObservePrice(Weth, source, 50, new BlockTime(now.Microseconds + 1), 1));
        Assert.Equal(PriceResult.Stale, venue.Venue.ObservePrice(Weth, source, 1, now, 1));
        venue.Next();
        Assert.Equal(root, venue.Venue.StateRoot);
    }

    [Fact]
    public void A_feed_takes_no_more_than_sixteen_sources_and_forgets_one_that_is_dismissed()
    {
        var venue = new LendingVenue();
        for (byte source = 0; source < 13; source++)
        {
            var key = Key((byte)(110 + source));
            venue.Govern(sequence => venue.Venue.SetPriceSource(sequence, Weth, true, key));
        }

        var next = venue.Venue.GovernanceSequence + 1;
        Assert.Equal(GovernanceResult.NumberTooLarge, venue.Venue.SetPriceSource(next, Weth, true, Key(130)));
        venue.Govern(sequence => venue.Venue.SetPriceSource(sequence, Weth, false, Key(101)));
        venue.Govern(sequence => venue.Venue.SetPriceSource(sequence, Weth, false, Key(102)));
        Assert.Equal(RejectionCode.None, venue.Venue.WhatIf(Alice, Nothing, 0, ref venue.Sink));
        Assert.Equal(PriceResult.UnknownSource, venue.ObserveLater(Weth, 0, 200_000));
        Assert.False(venue.Listed.Reserves[0].IsPriced);
    }

    [Fact]
    public void Terms_that_no_feed_can_have_are_refused()
    {
        var venue = new LendingVenue();
        FeedTerms[] unsound =
        [
            FeedOf(decimals: 19), FeedOf(minimum: 0), FeedOf(minimum: 17), FeedOf(deviation: 0), FeedOf(deviation: 10_001),
            FeedOf() with { HeartbeatMicroseconds = 0 }, FeedOf() with { LowestPrice = 0 },
            FeedOf() with { LowestPrice = 5, HighestPrice = 4 }, FeedOf() with { Fallback = 50 },
        ];
        var next = venue.Venue.GovernanceSequence + 1;
        Assert.All(unsound, terms => Assert.Equal(GovernanceResult.InvalidTerms, venue.Venue.ConfigureFeed(next, 50, terms)));
    }

    private static LendingVenue WithLoan()
    {
        var venue = new LendingVenue();
        venue.Done(Bob, LendingOperation.PoolSupply, Usdc, 100_000 * Dollar);
        venue.Done(Alice, LendingOperation.PoolSupply, Weth, 10 * Ether);
        venue.Done(Alice, LendingOperation.PoolBorrow, Usdc, 100 * Dollar);
        return venue;
    }

    private static long PriceOf(LendingVenue venue)
    {
        Assert.True(venue.Venue.TryGetPrice(Weth, out var price, out _));
        return price;
    }
}
