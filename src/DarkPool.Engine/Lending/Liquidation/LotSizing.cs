using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending.Aave;

namespace DarkPool.Engine.Lending.Liquidation;

/// <summary>
/// How much must be sold to bring a position's health to a target T (Aave v4: <c>D * (T - HF) / (T - lb * cf)</c> of the debt, lb the
/// seller's price of repaying, cf the collateral's threshold): selling n lots worth x each for y each leaves <c>(W - n x cf) / (D - n
/// y) &gt;= T</c>, with W the collateral weighted by thresholds.
/// </summary>
internal static class LotSizing
{
    /// <summary>Lots to sell at a price; <paramref name="most"/> if no amount reaches the target.</summary>
    /// <param name="quote">What lots and ticks are worth.</param>
    /// <param name="account">The position.</param>
    /// <param name="threshold">Threshold of the collateral that is sold, basis points.</param>
    /// <param name="target">The target, basis points.</param>
    /// <param name="ticks">The price.</param>
    /// <param name="most">All that there is to sell.</param>
    public static ulong LotsFor(in PairQuote quote, in AccountData account, uint threshold, uint target, long ticks, ulong most)
    {
        var targetHealth = BonusRamp.FromBasisPoints(target);
        if (account.HealthFactor >= targetHealth) return 0;
        var repaid = quote.TickValue * (ulong)ticks * target;
        var lost = quote.LotValue * threshold;
        if (repaid <= lost) return most;

        // Debt times the missing health in basis points, rounded up, over what one lot brings of it.
        var missing = WideMath.DivideCeiling(account.Debt * (targetHealth - account.HealthFactor), BonusRamp.FromBasisPoints(1));
        var lots = WideMath.DivideCeiling(missing * (1UL << 32), repaid - lost);
        return lots >= most ? most : (ulong)lots;
    }

    /// <summary>The most lots: those in the supply, and no more than repay all of the debt.</summary>
    public static ulong Most(LiquidationTerms terms, UInt256 supply, UInt256 debt, long ticks)
    {
        var inSupply = supply / terms.LotSize;
        var inDebt = WideMath.DivideCeiling(debt, terms.TickValue * (UInt256)(ulong)ticks);
        var most = UInt256.Min(inSupply, inDebt);
        return most > ulong.MaxValue ? ulong.MaxValue : (ulong)most;
    }

    /// <summary>Debt that a backstop repays at a fixed bonus to reach the target; all of it if that does not raise health.</summary>
    /// <param name="debt">The reserve of the debt.</param>
    /// <param name="account">The position.</param>
    /// <param name="threshold">Threshold of the collateral that is seized, basis points.</param>
    /// <param name="bonus">The bonus, basis points above 10,000.</param>
    /// <param name="target">The target, basis points.</param>
    public static UInt256 CoverFor(in Reserve debt, in AccountData account, uint threshold, uint bonus, uint target)
    {
        var weight = BonusRamp.FromBasisPoints(1) * threshold * bonus / WadRay.HundredPercent;
        var targetHealth = BonusRamp.FromBasisPoints(target);
        if (weight >= account.HealthFactor || weight >= targetHealth) return UInt256.MaxValue;
        var value = WideMath.MultiplyDivide(
            account.Debt, targetHealth - account.HealthFactor, targetHealth - weight, Rounding.Ceiling);
        return WideMath.MultiplyDivide(value, debt.Unit, debt.Price, Rounding.Ceiling);
    }
}
