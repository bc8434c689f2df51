using DarkPool.Engine.Lending.Aave;
using DarkPool.Engine.Lending.Liquidation;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Engine.Tests.Lending.Liquidation;

public sealed class RiskIndexTests
{
    [Property(MaxTest = 300, EndSize = 400)]
    public void The_index_finds_exactly_the_positions_that_a_full_scan_finds((byte, byte, byte, ushort)[] draws)
    {
        var history = new PoolHistory();
        var index = new RiskIndex(history.Pool, PoolHistory.Users);
        index.SetThreshold(3, 11_000);
        index.SetThreshold(4, 20_000);
        foreach (var draw in draws)
        {
            history.Apply(draw);
            Tell(index, history);
            Assert.Equal(FullScan(history.Pool, index), index.Below().ToArray());
        }

        Assert.Equal(FullScan(history.Pool, index), Rebuilt(history.Pool, index).Below().ToArray());
    }

    [Fact]
    public void Random_histories_make_many_positions_cross_by_price_and_by_time_alone()
    {
        var random = new System.Random(5);
        var (byPrice, byTime, healed) = (0, 0, 0);
        for (var run = 0; run < 40; run++)
        {
            var history = new PoolHistory();
            var index = new RiskIndex(history.Pool, PoolHistory.Users);
            for (var step = 0; step < 300; step++)
            {
                var before = index.BelowCount;
                history.Apply(((byte)random.Next(), (byte)random.Next(), (byte)random.Next(), (ushort)random.Next()));
                Tell(index, history);
                Assert.Equal(FullScan(history.Pool, index), index.Below().ToArray());
                if (index.BelowCount < before) healed++;
                if (index.BelowCount > before && history.Effect == PoolStepEffect.Price) byPrice++;
                if (index.BelowCount > before && history.Effect == PoolStepEffect.Time) byTime++;
            }
        }

        Assert.True(byPrice > 60 && byTime >= 3 && healed > 40, $"{byPrice} by price, {byTime} by time, {healed} healed");
    }

    [Fact]
    public void Changed_thresholds_of_a_reserve_are_found_too()
    {
        var history = new PoolHistory();
        history.Pool.Supply(0, 0, WadRay.Wad * 10UL);
        Assert.Equal(PoolError.None, history.Pool.Borrow(0, 1, 14_900_000_000UL));
        var index = new RiskIndex(history.Pool, PoolHistory.Users);
        Assert.Equal(0, index.BelowCount);
        history.Pool.SetCollateralFactors(0, 7_000, 7_400, 10_500);
        index.ParametersChanged();
        Assert.Equal([0u], index.Below().ToArray());
    }

    [Fact]
    public void Prices_and_balances_at_the_ends_of_their_types_stop_nothing()
    {
        var history = new PoolHistory();
        history.Pool.Supply(0, 0, WadRay.Wad * 10UL);
        Assert.Equal(PoolError.None, history.Pool.Borrow(0, 1, 14_900_000_000UL));
        var index = new RiskIndex(history.Pool, PoolHistory.Users);
        foreach (var price in (UInt128[])[UInt128.MaxValue, 1, UInt128.MaxValue >> 40, 2, 200_000_000_000])
        {
            history.Pool.SetPrice(0, price);
            index.PriceChanged(0);
            Assert.Equal(FullScan(history.Pool, index), index.Below().ToArray());
        }

        Assert.Equal(0, index.BelowCount);
    }

    [Fact]
    public void A_tick_that_nobody_is_near_to_looks_at_nobody_and_allocates_nothing()
    {
        const uint users = 20_000;
        var history = new PoolHistory();
        for (var user = 0u; user < users; user++)
        {
            history.Pool.Supply(user + 100, 0, WadRay.Wad);
            Assert.Equal(PoolError.None, history.Pool.Borrow(user + 100, 1, 20_000_000UL + (user * 1_000UL)));
        }

        var index = new RiskIndex(history.Pool, users + 100);
        var price = history.Pool.ReserveAt(0).Price;
        for (var warm = 0; warm < 2; warm++) Tick(history, index, price - ((UInt128)warm * 1_000_000));
        var (evaluated, allocated) = (index.Evaluations, GC.GetAllocatedBytesForCurrentThread());
        for (var tick = 1u; tick <= 100; tick++) Tick(history, index, price - (tick * 1_000_000u));
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - allocated);
        Assert.InRange(index.Evaluations - evaluated, 0, users / 100);
        Assert.Equal(0, index.BelowCount);
    }

    private static void Tick(PoolHistory history, RiskIndex index, UInt128 price)
    {
        history.Pool.SetPrice(0, price);
        index.PriceChanged(0);
    }

    private static void Tell(RiskIndex index, PoolHistory history)
    {
        if (history.Effect == PoolStepEffect.User) index.UserChanged(history.User);
        else if (history.Effect == PoolStepEffect.Price) index.PriceChanged(history.Reserve);
        else index.TimeAdvanced();
    }

    private static uint[] FullScan(LendingPool pool, RiskIndex index) =>
    [
        .. Enumerable.Range(0, (int)PoolHistory.Users).Select(user => (uint)user)
            .Where(user => pool.UserAt(user).IsBorrowing
                && pool.Account(user).HealthFactor < WadRay.Wad / 10_000UL * (ulong)index.ThresholdOf(user)),
    ];

    private static RiskIndex Rebuilt(LendingPool pool, RiskIndex from)
    {
        var index = new RiskIndex(pool, PoolHistory.Users);
        for (var user = 0u; user < PoolHistory.Users; user++) index.SetThreshold(user, (ushort)from.ThresholdOf(user));
        return index;
    }
}
