using DarkPool.Engine.Arithmetic;

namespace DarkPool.Engine.Lending.Morpho;

/// <summary>
/// AdaptiveCurveIRM (morpho-blue-irm a1a87fd5). The rate at the target utilisation drifts exponentially with the distance from it; around
/// it the curve has a fixed steepness. Rates are wads per second. Signed intermediates round toward zero.
/// </summary>
public static class AdaptiveCurve
{
    private static readonly Int128 Wad = 1_000_000_000_000_000_000;
    private static readonly Int128 TargetUtilisation = Wad / 10 * 9;
    private static readonly Int128 Steepness = 4 * Wad;
    private static readonly Int128 AdjustmentSpeed = 50 * Wad / 31_536_000;

    /// <summary>Rate at target of a market that was never touched: 4 % a year.</summary>
    public static UInt256 InitialRateAtTarget { get; } = 1_268_391_679UL;

    /// <summary>Lower bound of the rate at target: 0.1 % a year.</summary>
    public static UInt256 MinRateAtTarget { get; } = 31_709_791UL;

    /// <summary>Upper bound of the rate at target: 200 % a year.</summary>
    public static UInt256 MaxRateAtTarget { get; } = 63_419_583_967UL;

    /// <summary>The mean borrow rate over the time since the last accrual, and the rate at target after it.</summary>
    /// <param name="supplied">Assets supplied.</param>
    /// <param name="borrowed">Assets borrowed.</param>
    /// <param name="rateAtTarget">The rate at target at the last accrual; 0 before the first.</param>
    /// <param name="seconds">Time since the last accrual.</param>
    public static AdaptiveRate Rate(UInt256 supplied, UInt256 borrowed, UInt256 rateAtTarget, ulong seconds)
    {
        var utilisation = supplied.IsZero ? 0 : (Int128)(UInt128)MorphoWad.Div(borrowed, supplied, Rounding.Floor);
        var norm = utilisation > TargetUtilisation ? Wad - TargetUtilisation : TargetUtilisation;
        var error = (utilisation - TargetUtilisation) * Wad / norm;
        if (rateAtTarget.IsZero) return new AdaptiveRate(OnCurve(InitialRateAtTarget, error), InitialRateAtTarget);

        var adaptation = checked(AdjustmentSpeed * error / Wad * (Int128)seconds);
        if (adaptation == 0) return new AdaptiveRate(OnCurve(rateAtTarget, error), rateAtTarget);

        var end = Adapted(rateAtTarget, adaptation);
        var middle = Adapted(rateAtTarget, adaptation / 2);
        var mean = (rateAtTarget + end + (middle * 2UL)) / 4UL;
        return new AdaptiveRate(OnCurve(mean, error), end);
    }

    private static UInt256 OnCurve(UInt256 rateAtTarget, Int128 error)
    {
        var coefficient = error < 0 ? Wad - (Wad * Wad / Steepness) : Steepness - Wad;
        var factor = (coefficient * error / Wad) + Wad;
        return MorphoWad.Mul((UInt128)factor, rateAtTarget);
    }

    private static UInt256 Adapted(UInt256 rateAtTarget, Int128 adaptation)
    {
        var rate = MorphoWad.Mul(rateAtTarget, Exponential.Exp(adaptation));
        if (rate < MinRateAtTarget) return MinRateAtTarget;
        return rate > MaxRateAtTarget ? MaxRateAtTarget : rate;
    }
}

/// <summary>Rates of <see cref="AdaptiveCurve"/>, wads per second.</summary>
/// <param name="MeanBorrowRate">Mean since the last accrual.</param>
/// <param name="RateAtTarget">Rate at the target utilisation now.</param>
public readonly record struct AdaptiveRate(UInt256 MeanBorrowRate, UInt256 RateAtTarget);
