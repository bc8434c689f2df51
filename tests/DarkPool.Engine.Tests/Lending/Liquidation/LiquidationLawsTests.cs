using System.Numerics;
using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending.Aave;
using DarkPool.Engine.Lending.Liquidation;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Engine.Tests.Lending.Liquidation;

/// <summary>What holds in every step of every history: a pool, random buyers, options, stops and backstops.</summary>
public sealed class LiquidationLawsTests
{
    private const ulong Tick = 1_000;
    private static readonly (int Collateral, int Debt)[] Pairs = [(0, 1), (2, 1), (1, 0), (3, 1)];

    [Property(MaxTest = 150, EndSize = 300)]
    public void Every_step_obeys_the_laws((byte, byte, byte, ushort)[] draws)
    {
        var world = new World();
        foreach (var draw in draws) Step(world, draw);
    }

    [Property(MaxTest = 40, EndSize = 200)]
    public void The_same_history_makes_the_same_sales((byte, byte, byte, ushort)[] draws)
    {
        var (one, other) = (new World(), new World());
        foreach (var draw in draws)
        {
            one.Apply(draw);
            other.Apply(draw);
            Assert.Equal(one.Buyers.Sales, other.Buyers.Sales);
            Assert.Equal(one.Buyers.Fills, other.Buyers.Fills);
        }
    }

    [Fact]
    public void Random_histories_see_every_kind_of_sale_and_bad_debt()
    {
        var random = new System.Random(11);
        var seen = new Dictionary<SaleReason, int>();
        var (writtenOff, fills) = (0, 0);
        for (var run = 0; run < 30; run++)
        {
            var world = new World();
            for (var step = 0; step < 250; step++)
            {
                Step(world, ((byte)random.Next(), (byte)random.Next(), (byte)random.Next(), (ushort)random.Next()));
                foreach (var sale in world.Buyers.Sales) seen[sale.Reason] = seen.GetValueOrDefault(sale.Reason) + 1;
                writtenOff += world.Buyers.Sales.Count(sale => sale.WrittenOff != 0);
                fills += world.Buyers.Fills.Count;
            }
        }

        Assert.True(
            seen.Count == 4 && seen.Values.Min() >= 5 && writtenOff >= 5 && fills >= 200,
            $"{string.Join(", ", seen)}, {writtenOff} written off, {fills} fills");
    }

    private static void Step(World world, (byte, byte, byte, ushort) draw)
    {
        world.Change(draw);
        world.Accrue();
        var before = Enumerable.Range(0, (int)PoolHistory.Users).Select(user => world.Pool.Account((uint)user)).ToArray();
        var reserves = Enumerable.Range(0, 4).Select(world.Pool.ReserveAtCopy).ToArray();
        world.Liquidate();
        foreach (var sales in world.Buyers.Sales.GroupBy(sale => sale.Borrower))
        {
            AssertBorrower(world, sales.Key, before[sales.Key], [.. sales]);
        }

        foreach (var market in world.Buyers.Fills.GroupBy(fill => fill.Market))
        {
            Assert.Single(market.Select(fill => fill.Ticks).Distinct());
            Assert.All(market, fill => Assert.True(fill.Ticks <= fill.Limit, "A buyer paid more than the limit."));
        }

        AssertMoney(world, reserves);
        foreach (var reserve in Enumerable.Range(0, 4))
        {
            Assert.True(Equity(world.Pool.ReserveAtCopy(reserve)) >= Equity(reserves[reserve]), "Rounding favoured a user.");
        }
    }

    private static void AssertBorrower(World world, uint user, AccountData before, LiquidationRecord[] sales)
    {
        var after = world.Pool.Account(user);
        foreach (var sale in sales)
        {
            var terms = world.Dark.Find(sale.Market)!.Terms;
            if (sale.Reason is SaleReason.Liquidation or SaleReason.Backstop)
            {
                Assert.True(before.HealthFactor < WadRay.Wad, "A healthy position was liquidated.");
                var flags = world.Pool.UserAt(user);
                var ended = !flags.Owes(terms.Debt) || !flags.Uses(terms.Collateral);
                // A position that no sale at the full bonus helps, larger than all demand: the one case of an end in parts.
                var weight = (UInt256)world.Pool.ThresholdOf(flags.EMode, terms.Collateral) * 10_500UL;
                var endsInParts = sale.Reason == SaleReason.Liquidation && before.HealthFactor <= weight * (WadRay.Wad / 100_000_000UL);
                Assert.True(ended || endsInParts || after.HealthFactor > before.HealthFactor, "Neither raised nor ended.");
                var paid = Value(world.Pool, terms.Debt, sale.Repaid + sale.Excess + 2) * 10_500 / 10_000;
                Assert.True(Value(world.Pool, terms.Collateral, sale.Seized) <= paid + 2, "More than the profile's bonus was given.");
            }
            else
            {
                // In one step a liquidation in one market may come before the borrower's own sale in the next.
                var wasHealthy = before.IsHealthy || sales.Any(other => other.Reason is SaleReason.Liquidation or SaleReason.Backstop);
                Assert.True(wasHealthy && after.IsHealthy, "The borrower's own sale touched an unhealthy position or left one.");
            }
        }
    }

    private static void AssertMoney(World world, Reserve[] before)
    {
        var (moved, bought, paid) = (new BigInteger[4], new BigInteger[4], new BigInteger[4]);
        foreach (var sale in world.Buyers.Sales)
        {
            var terms = world.Dark.Find(sale.Market)!.Terms;
            moved[terms.Debt] += (BigInteger)sale.Repaid;
            moved[terms.Collateral] -= (BigInteger)sale.Seized;
            if (sale.Reason == SaleReason.Backstop) continue;
            bought[terms.Number] -= (BigInteger)sale.Seized;
            paid[terms.Number] -= (BigInteger)(sale.Repaid + sale.Excess);
        }

        foreach (var fill in world.Buyers.Fills)
        {
            var terms = world.Dark.Find(fill.Market)!.Terms;
            bought[fill.Market] += (BigInteger)terms.LotSize * fill.Lots;
            paid[fill.Market] += (BigInteger)terms.TickValue * fill.Lots * fill.Ticks;
        }

        Assert.All(bought, rest => Assert.Equal(BigInteger.Zero, rest));
        Assert.All(paid, rest => Assert.Equal(BigInteger.Zero, rest));
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal((BigInteger)before[i].VirtualBalance + moved[i], world.Pool.ReserveAt(i).VirtualBalance);
            BigInteger supply = 0, debt = 0;
            for (var user = 0u; user <= PoolHistory.Treasury; user++)
            {
                supply += (BigInteger)world.Pool.PositionAt(user, i).ScaledSupply;
                debt += (BigInteger)world.Pool.PositionAt(user, i).ScaledDebt;
            }

            Assert.Equal(supply, world.Pool.ReserveAt(i).ScaledSupply);
            Assert.Equal(debt, world.Pool.ReserveAt(i).ScaledDebt);
        }
    }

    private static UInt128 Value(LendingPool pool, int reserve, UInt128 amount) =>
        (UInt128)pool.ReserveAt(reserve).Value(amount, Rounding.Floor);

    // What the reserve has and is owed, less what it owes, in rays: exact, as long as no time passes.
    private static BigInteger Equity(Reserve reserve)
    {
        var ray = BigInteger.Pow(10, 27);
        return (((BigInteger)reserve.VirtualBalance + (BigInteger)reserve.Deficit) * ray)
            + ((BigInteger)reserve.ScaledDebt * (BigInteger)reserve.DebtIndex)
            - (((BigInteger)reserve.ScaledSupply + (BigInteger)reserve.AccruedToTreasury) * (BigInteger)reserve.LiquidityIndex);
    }

    /// <summary>A pool with four liquidation markets; draws move the pool, its buyers and what borrowers chose.</summary>
    private sealed class World
    {
        private readonly PoolHistory _history = new();
        private ulong _bids;

        public World()
        {
            for (var user = 0u; user < PoolHistory.Users; user++) BorrowAll(user);
            Dark = new DarkLiquidator(Pool, PoolHistory.Users);
            for (var i = 0; i < Pairs.Length; i++)
            {
                // A lot is worth some ten dollars.
                var (collateral, debt) = Pairs[i];
                var (having, owing) = (Pool.ReserveAt(collateral), Pool.ReserveAt(debt));
                var lot = (UInt128)((having.Unit * 1_000_000_000UL / having.Price) + UInt256.One);
                var price = (lot * (UInt256)having.Price * owing.Unit) / (having.Unit * owing.Price);
                Assert.True(Dark.TryList(new LiquidationTerms
                {
                    Number = (uint)i,
                    Collateral = collateral,
                    Debt = debt,
                    LotSize = lot,
                    TickValue = UInt128.Max(1, (UInt128)price / Tick),
                    TargetHealth = 10_800,
                    RampSeconds = 600,
                    FullBonusHealth = 9_500,
                }));
            }

            for (var bid = 0u; bid < 40; bid++)
            {
                Dark.Find(bid % 4)!.Bids.Add(bid, ++_bids, 2 * (long)Tick, bid * 17, 50 * (bid + 1));
            }

            Dark.Find(0)!.SetBackstop(7, true);
            Dark.Find(0)!.SetBackstop(8, true);
            Dark.Find(1)!.SetBackstop(8, true);
        }

        public LendingPool Pool => _history.Pool;

        // Everybody at the limit: the first fall of a price tries everybody.
        private void BorrowAll(uint user)
        {
            var (collateral, debt) = Pairs[user % Pairs.Length];
            var (having, owing) = (Pool.ReserveAt(collateral), Pool.ReserveAt(debt));
            var supplied = (having.Unit * 500_000_000_000UL * (user + 1) / having.Price) + UInt256.One;
            Assert.Equal(PoolError.None, Pool.Supply(user, collateral, supplied));
            Assert.Equal(PoolError.None, Pool.Borrow(user, debt, Pool.Account(user).AvailableBorrows * owing.Unit / owing.Price));
        }

        public DarkLiquidator Dark { get; }

        public BuyersOfRecord Buyers { get; } = new();

        public void Apply((byte Kind, byte User, byte Reserve, ushort Size) draw)
        {
            Change(draw);
            Liquidate();
        }

        public void Change((byte Kind, byte User, byte Reserve, ushort Size) draw)
        {
            Buyers.Clear();
            if (draw.Kind >= 176) ChangeBuyers(draw);
            else ChangePool(draw);
        }

        public void Accrue()
        {
            for (var i = 0; i < 4; i++) Pool.SetReserveFactor(i, 1_000);
        }

        public void Liquidate()
        {
            var sink = new BuyersSink(Buyers, Pool);
            Dark.Step(ref sink);
        }

        private void ChangePool((byte, byte, byte, ushort) draw)
        {
            _history.Apply(draw);
            if (_history.Effect == PoolStepEffect.User) Dark.Index.UserChanged(_history.User);
            else if (_history.Effect == PoolStepEffect.Price) Dark.Index.PriceChanged(_history.Reserve);
            else Dark.Index.TimeAdvanced();
        }

        private void ChangeBuyers((byte Kind, byte User, byte Reserve, ushort Size) draw)
        {
            var market = Dark.Find((uint)(draw.Reserve % Pairs.Length))!;
            var user = draw.User % PoolHistory.Users;
            var near = (long)(Tick * (ulong)(70 + (draw.User % 60)) / 100);
            switch (draw.Kind % 8)
            {
                case <= 2:
                    market.Bids.Add(draw.User, ++_bids, near * 2, (uint)(draw.Size % 700), 1 + ((ulong)draw.Size % 900));
                    break;
                case 3:
                    Buyers.Resting[(market.Terms.Number, near)] = draw.Size;
                    break;
                case 4:
                    Buyers.Funds[7 + (draw.User & 1u)] = (UInt128)draw.Size * 1_000_000;
                    break;
                case 5:
                    var health = (ushort)(10_001 + (draw.Size % 2_000));
                    Dark.SetOption(user, (draw.Size & 3) == 0 ? null : new PreLiquidationOption(health, 200, (ushort)(health + 500)));
                    break;
                default:
                    var price = Pool.ReserveAt(market.Terms.Collateral).Price;
                    market.TrySetStop(new StopOrder(user, price - (price * (draw.Size % 32u) / 64), draw.Size % 500u, 300));
                    break;
            }
        }
    }
}

internal static class PoolCopies
{
    public static Reserve ReserveAtCopy(this LendingPool pool, int reserve) => pool.ReserveAt(reserve);
}
