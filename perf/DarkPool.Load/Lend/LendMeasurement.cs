using System.Diagnostics;
using DarkPool.Engine.Lending.Aave;
using DarkPool.Engine.Lending.Liquidation;

namespace DarkPool.Load.Lend;

/// <summary>
/// Borrowers of dollars against ether, their health spread evenly from 1.2 to 3.2, but for ten just above 1.01 and ten thousand between
/// 1.05 and 1.06: so ticks of -0.5 %, -1.5 % and -6.5 % let none, ten and ten thousand more cross.
/// </summary>
internal sealed class LendMeasurement
{
    private const int Ether = 0;
    private const int Dollar = 1;
    private const ulong Price = 2_000_00000000;
    private const int Operations = 100_000;
    private const int Ticks = 200;
    private const int Repeats = 5;

    private readonly int _positions;
    private readonly LendingPool _pool;
    private readonly RiskIndex _index;
    private readonly double _poolBytes;

    public LendMeasurement(int positions)
    {
        _positions = positions;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        _pool = CreatePool((uint)positions);
        _poolBytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        _index = new RiskIndex(_pool, (uint)positions);
    }

    public LendFigures Run()
    {
        var operations = Measure();
        var ticks = new List<TickFigure> { QuietTick(), CrossingTick(10, Price / 1000 * 985), CrossingTick(10_000, Price / 1000 * 935) };
        return new LendFigures
        {
            Positions = _positions,
            IndexBytesPerPosition = (double)_index.Bytes / _positions,
            PoolBytesPerPosition = _poolBytes / _positions,
            Operations = operations,
            Ticks = ticks,
            FullScanMicroseconds = FullScan(),
        };
    }

    private static LendingPool CreatePool(uint positions)
    {
        var curve = new InterestRateCurve(9_000, 0, 550, 4_000);
        ReserveParameters[] reserves =
        [
            new() { Decimals = 18, LoanToValue = 8_100, LiquidationThreshold = 8_100, LiquidationBonus = 10_500, Curve = curve },
            new() { Decimals = 6, LiquidationBonus = 10_500, Curve = curve, BorrowingEnabled = true },
        ];
        var pool = new LendingPool(PoolProfile.V37, positions + 1, reserves, 1_600_000_000);
        pool.SetPrice(Ether, Price);
        pool.SetPrice(Dollar, 100_000_000);
        pool.Supply(positions, Dollar, positions * 20_000_000_000UL);
        for (var user = 0u; user < positions; user++)
        {
            var health = user < 10 ? 1_010_500 + user : user < 10_010 ? 1_050_000 + (user % 10_000) : 1_200_000 + (user * 7919 % 2_000_000);
            pool.Supply(user, Ether, WadRay.Wad * 10UL);
            var error = pool.Borrow(user, Dollar, 16_200_000_000UL * 1_000_000UL / health);
            if (error != PoolError.None) throw new InvalidOperationException($"The population could not be made: {error}.");
        }

        return pool;
    }

    private List<OperationFigure> Measure() =>
    [
        Time("supply", user => _pool.Supply(user, Ether, 1_000_000_000UL)),
        Time("withdraw", user => _pool.Withdraw(user, Ether, 900_000_000UL)),
        Time("repay", user => _pool.Repay(user, user, Dollar, 1_000_000UL)),
        Time("borrow", user => _pool.Borrow(user, Dollar, 900_000UL)),
        Time("health factor", user => _pool.Account(user).IsHealthy ? PoolError.None : PoolError.HealthFactorNotBelowThreshold),
        Time("index told of a user", _ => PoolError.None),
    ];

    // Users far from the limit, so that what is measured is done and not refused.
    private OperationFigure Time(string name, Func<uint, PoolError> operation)
    {
        var tells = name != "health factor";
        var run = () =>
        {
            for (var i = 0u; i < Operations; i++)
            {
                var user = 10_010 + (i * 7 % (uint)(_positions - 10_010));
                if (operation(user) != PoolError.None) throw new InvalidOperationException($"{name} was refused.");
                if (tells) _index.UserChanged(user);
            }
        };
        run();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var best = double.MaxValue;
        for (var repeat = 0; repeat < 3; repeat++)
        {
            var start = Stopwatch.GetTimestamp();
            run();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / Operations);
        }

        return new OperationFigure(name, best, (double)(GC.GetAllocatedBytesForCurrentThread() - allocated) / (3 * Operations));
    }

    private TickFigure QuietTick()
    {
        for (var tick = 0; tick < Ticks; tick++) Tick(QuietPrice(tick));
        var (evaluations, start) = (_index.Evaluations, Stopwatch.GetTimestamp());
        for (var tick = 0; tick < Ticks; tick++) Tick(QuietPrice(tick));
        var elapsed = Stopwatch.GetElapsedTime(start).TotalMicroseconds / Ticks;
        Require(0);
        return new TickFigure(0, elapsed, (_index.Evaluations - evaluations) / Ticks);
    }

    // Up and down by up to half a percent.
    private static ulong QuietPrice(int tick) => Price - (Price / 200 * (ulong)(tick * 37 % 100) / 100);

    private TickFigure CrossingTick(int crossing, ulong price)
    {
        var times = new List<(double Microseconds, long Evaluations)>();
        var before = crossing == 10 ? Price / 1000 * 995 : Price / 1000 * 985;
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            Tick(before);
            var (evaluations, start, below) = (_index.Evaluations, Stopwatch.GetTimestamp(), _index.BelowCount);
            Tick(price);
            times.Add((Stopwatch.GetElapsedTime(start).TotalMicroseconds, _index.Evaluations - evaluations));
            Require(below + crossing);
        }

        Tick(Price);
        Require(0);
        times.Sort();
        return new TickFigure(crossing, times[Repeats / 2].Microseconds, times[Repeats / 2].Evaluations);
    }

    private void Tick(ulong price)
    {
        _pool.SetPrice(Ether, price);
        _index.PriceChanged(Ether);
    }

    private void Require(int below)
    {
        if (_index.BelowCount != below) throw new InvalidOperationException($"{_index.BelowCount} positions are below, {below} expected.");
    }

    private double FullScan()
    {
        var (start, healthy) = (Stopwatch.GetTimestamp(), 0);
        for (var user = 0u; user < _positions; user++) healthy += _pool.Account(user).IsHealthy ? 1 : 0;
        var elapsed = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        return healthy == _positions ? elapsed : throw new InvalidOperationException("The scan finds others than the index.");
    }
}
