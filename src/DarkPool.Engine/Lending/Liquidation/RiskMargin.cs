using DarkPool.Engine.Lending.Aave;

namespace DarkPool.Engine.Lending.Liquidation;

/// <summary>
/// By how much the factors of a position's reserves may move before its health factor can pass a threshold. With every supply factor at
/// g or more of what it was, and every debt factor at y or less of what it was, each value is off by at most one base unit and one unit
/// of the base currency (the two roundings of a balance and of its value), so the position is above the threshold as long as <c>g *
/// collateral &gt;= y * debt</c>, where <c>collateral</c> is reduced and <c>debt</c> raised by those roundings.
/// </summary>
internal static class RiskMargin
{
    /// <summary>Units of <see cref="LogLevel"/> that g and y may use up together; zero or less: the position must be looked at
    /// exactly.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="reserves">Its reserves' factors, now.</param>
    /// <param name="user">Whose position.</param>
    /// <param name="threshold">The health factor not to be passed, basis points; 10,000 is 1.</param>
    public static long Of(LendingPool pool, ReadOnlySpan<ReserveRisk> reserves, uint user, uint threshold)
    {
        var flags = pool.UserAt(user);
        var (collateral, debt, roundings) = (UInt128.Zero, UInt128.Zero, 0UL);
        for (var used = flags.Collateral | flags.Borrowing; used != 0; used &= used - 1)
        {
            var i = (int)UInt128.TrailingZeroCount(used);
            ref readonly var risk = ref reserves[i];
            if (risk.UnitValue == BoundedFactor.TooLarge) return 0;
            var position = pool.PositionAt(user, i);
            var limit = flags.Uses(i) ? pool.ThresholdOf(flags.EMode, i) : 0;
            if (limit != 0)
            {
                var value = risk.Supply.Low(position.ScaledSupply);
                if (value > risk.UnitValue) collateral += (value - risk.UnitValue) * limit;
                roundings += limit;
            }

            if (!flags.Owes(i)) continue;
            var owed = risk.Debt.High(position.ScaledDebt);
            if (owed == BoundedFactor.TooLarge) return 0;
            debt += (owed + risk.UnitValue) * threshold;
            roundings += threshold;
        }

        debt += (UInt128)roundings << ReserveRisk.ValueBits;
        return collateral <= debt ? 0 : (long)LogLevel.Of(collateral) - LogLevel.Of(debt) - LogLevel.Slack;
    }

    /// <summary>Whether the exact health factor is below a threshold in basis points; false where it cannot be computed.</summary>
    public static bool IsBelow(LendingPool pool, uint user, uint threshold)
    {
        try
        {
            return pool.Account(user).HealthFactor < WadRay.Wad / WadRay.HundredPercent * threshold;
        }
        catch (OverflowException)
        {
            // No operation on this position computes its health either: it can neither be lent to nor liquidated.
            return false;
        }
    }
}
