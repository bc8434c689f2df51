using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending.Aave;

namespace DarkPool.Engine.Lending;

/// <summary>
/// How far a position can go: most that can be withdrawn or borrowed, and the price at which it may be liquidated. Each is solved from the
/// pool's own formulas; the amounts are then tried on the pool, so that what is told is what it does.
/// </summary>
internal static class PoolLimits
{
    /// <summary>Roundings of an index and of a value lie between formula and pool: so many steps close the gap.</summary>
    private const int MostSteps = 4;

    /// <summary>Most that a withdrawal would pay, base units.</summary>
    public static UInt128 MaxWithdrawal(ListedPool listed, uint user, int index)
    {
        var pool = listed.Pool;
        ref readonly var reserve = ref pool.ReserveAt(index);
        var supply = pool.SupplyOf(user, index);
        var most = UInt256.Min(supply, reserve.VirtualBalance);
        var flags = pool.UserAt(user);
        if (flags.IsBorrowing && flags.Uses(index))
        {
            if (!listed.CanJudge(user, index)) return 0;
            most = UInt256.Min(most, Spare(pool, user, index, supply));
        }

        // All of it is asked for by another name, which rounds nothing.
        if (most == supply && TryWithdraw(pool, user, index, UInt256.MaxValue)) return LendingDesk.Saturated(supply);
        for (var step = 0; step <= MostSteps && !most.IsZero; step++)
        {
            if (TryWithdraw(pool, user, index, most)) return LendingDesk.Saturated(most);
            most -= UInt256.Min(most, StepOf(reserve.LiquidityIndex));
        }

        return 0;
    }

    /// <summary>Most that could be borrowed, base units.</summary>
    public static UInt128 BorrowCapacity(ListedPool listed, uint user, int index)
    {
        var pool = listed.Pool;
        ref readonly var reserve = ref pool.ReserveAt(index);
        if (!listed.CanJudge(user, index) || reserve.Price == 0) return 0;
        var account = pool.Account(user);
        var others = Others.Of(pool, user, index);
        var backed = WadRay.PercentMul(account.Collateral, account.AverageLtv, Rounding.Floor);
        if (backed <= others.Debt) return 0;
        var owed = pool.DebtOf(user, index);
        var whole = WideMath.MultiplyDivide(backed - others.Debt, reserve.Unit, reserve.Price, Rounding.Floor);
        if (whole <= owed) return 0;
        var most = UInt256.Min(whole - owed, reserve.VirtualBalance);
        if (reserve.Parameters.BorrowCap != 0) most = UInt256.Min(most, RoomBelowCap(pool, reserve));
        for (var step = 0; step <= MostSteps && !most.IsZero; step++)
        {
            pool.BeginTrial();
            var isGiven = pool.Borrow(user, index, most) == PoolError.None;
            pool.EndTrial(keep: false);
            if (isGiven) return LendingDesk.Saturated(most);
            most -= UInt256.Min(most, StepOf(reserve.DebtIndex));
        }

        return 0;
    }

    /// <summary>
    /// The lowest price at which the position, with this reserve as collateral, is not liquidatable; 0 if at none it is, or if a price
    /// that rises is what endangers it. Where the reserve is owed too, values of both sides round, and what is told may be higher by what
    /// the two roundings are worth.
    /// </summary>
    public static UInt128 LiquidationPrice(LendingPool pool, uint user, int index)
    {
        var flags = pool.UserAt(user);
        UInt256 threshold = (ulong)pool.FactorsOf(flags.EMode, index).Threshold;
        if (!flags.IsBorrowing || !flags.Uses(index) || threshold.IsZero) return 0;
        var others = Others.Of(pool, user, index);
        var (backing, debt) = (others.Backing, others.Debt * WadRay.HundredPercent);
        var (supply, unit) = (pool.SupplyOf(user, index), pool.ReserveAt(index).Unit);
        var (plus, minus) = (supply * threshold, pool.DebtOf(user, index) * WadRay.HundredPercent);
        if (backing >= debt || plus <= minus) return 0;
        var missing = debt - backing;
        return LendingDesk.Saturated(minus.IsZero
            ? WideMath.MultiplyDivide(WideMath.DivideCeiling(missing, threshold), unit, supply, Rounding.Ceiling)
            : WideMath.MultiplyDivide(missing + threshold + WadRay.HundredPercent, unit, plus - minus, Rounding.Ceiling));
    }

    // What can leave so that the rest still backs the debt at the thresholds.
    private static UInt256 Spare(LendingPool pool, uint user, int index, UInt256 supply)
    {
        UInt256 threshold = (ulong)pool.FactorsOf(pool.UserAt(user).EMode, index).Threshold;
        ref readonly var reserve = ref pool.ReserveAt(index);
        var others = Others.Of(pool, user, index);
        var debt = (others.Debt + reserve.Value(pool.DebtOf(user, index), Rounding.Ceiling)) * WadRay.HundredPercent;
        if (others.Backing >= debt || threshold.IsZero) return supply;
        if (reserve.Price == 0) return UInt256.Zero;
        var value = WideMath.DivideCeiling(debt - others.Backing, threshold);
        var needed = WideMath.MultiplyDivide(value, reserve.Unit, reserve.Price, Rounding.Ceiling);
        return supply > needed ? supply - needed : UInt256.Zero;
    }

    private static UInt256 RoomBelowCap(LendingPool pool, in Reserve reserve)
    {
        var cap = reserve.Unit * reserve.Parameters.BorrowCap;
        var owed = WadRay.RayMul(reserve.ScaledDebt, reserve.NormalizedDebt(pool.Now), Rounding.Ceiling);
        return cap > owed ? cap - owed : UInt256.Zero;
    }

    private static bool TryWithdraw(LendingPool pool, uint user, int index, UInt256 amount)
    {
        pool.BeginTrial();
        var isPaid = pool.Withdraw(user, index, amount) == PoolError.None;
        pool.EndTrial(keep: false);
        return isPaid;
    }

    // The least that a scaled unit is worth, and one.
    private static UInt256 StepOf(UInt128 index) => ((UInt256)index / WadRay.Ray) + UInt256.One;

    /// <summary>A position without one of its reserves: values in the base currency, backing weighted by thresholds.</summary>
    private readonly record struct Others(UInt256 Backing, UInt256 Debt)
    {
        public static Others Of(LendingPool pool, uint user, int index)
        {
            var flags = pool.UserAt(user);
            var (backing, debt) = (UInt256.Zero, UInt256.Zero);
            for (var used = flags.Collateral | flags.Borrowing; used != 0; used &= used - 1)
            {
                var i = (int)UInt128.TrailingZeroCount(used);
                if (i == index) continue;
                ref readonly var reserve = ref pool.ReserveAt(i);
                if (flags.Owes(i)) debt += reserve.Value(pool.DebtOf(user, i), Rounding.Ceiling);
                if (!flags.Uses(i)) continue;
                backing += reserve.Value(pool.SupplyOf(user, i), Rounding.Floor) * (ulong)pool.FactorsOf(flags.EMode, i).Threshold;
            }

            return new Others(backing, debt);
        }
    }
}
