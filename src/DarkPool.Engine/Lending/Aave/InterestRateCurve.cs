using DarkPool.Engine.Arithmetic;

namespace DarkPool.Engine.Lending.Aave;

/// <summary>
/// The kinked rate curve of a reserve (DefaultReserveInterestRateStrategyV2 of Aave v3.6.0, equal in v3.7). Parameters in basis points.
/// </summary>
/// <param name="OptimalUsage">Utilisation at the kink; 100 to 9,900.</param>
/// <param name="Base">Rate at no utilisation.</param>
/// <param name="Slope1">What the rate has risen by at the kink.</param>
/// <param name="Slope2">What it rises by from there to full utilisation; not below <paramref name="Slope1"/>.</param>
public readonly record struct InterestRateCurve(uint OptimalUsage, uint Base, uint Slope1, uint Slope2)
{
    /// <summary>Lowest utilisation at the kink, basis points.</summary>
    public const uint MinOptimalUsage = 100;

    /// <summary>Highest utilisation at the kink, basis points.</summary>
    public const uint MaxOptimalUsage = 9_900;

    /// <summary>Bound on base and both slopes together: 1,000 %.</summary>
    public const uint MaxRate = 100_000;

    private static readonly UInt256 RayPerBasisPoint = WadRay.Ray / 10_000UL;

    /// <summary>True if the parameters are within the strategy's bounds.</summary>
    public bool IsValid =>
        OptimalUsage is >= MinOptimalUsage and <= MaxOptimalUsage
        && Slope1 <= Slope2
        && (ulong)Base + Slope1 + Slope2 <= MaxRate;

    /// <summary>Rates per year, in rays, for a reserve in the given state (amounts in the asset's base units).</summary>
    /// <param name="debt">Total variable debt.</param>
    /// <param name="available">The reserve's virtual balance after the operation.</param>
    /// <param name="deficit">Debt that was written off and is not covered yet: it lowers what suppliers earn.</param>
    /// <param name="reserveFactor">The treasury's share of interest, basis points.</param>
    public InterestRates Rates(UInt256 debt, UInt256 available, UInt256 deficit, uint reserveFactor)
    {
        var variable = RayPerBasisPoint * (ulong)Base;
        if (debt.IsZero) return new InterestRates(UInt256.Zero, variable);

        var optimal = RayPerBasisPoint * (ulong)OptimalUsage;
        var slope1 = RayPerBasisPoint * (ulong)Slope1;
        var usage = WadRay.RayDiv(debt, available + debt);
        if (usage > optimal)
        {
            var excess = WadRay.RayDiv(usage - optimal, WadRay.Ray - optimal);
            variable += slope1 + WadRay.RayMul(RayPerBasisPoint * (ulong)Slope2, excess);
        }
        else
        {
            variable += WadRay.RayDiv(WadRay.RayMul(slope1, usage), optimal);
        }

        var supplyUsage = WadRay.RayDiv(debt, available + debt + deficit);
        var liquidity = WadRay.PercentMul(WadRay.RayMul(variable, supplyUsage), WadRay.HundredPercent - (ulong)reserveFactor);
        return new InterestRates(liquidity, variable);
    }
}

/// <summary>Rates per year, in rays.</summary>
/// <param name="Liquidity">What suppliers earn.</param>
/// <param name="VariableBorrow">What borrowers owe.</param>
public readonly record struct InterestRates(UInt256 Liquidity, UInt256 VariableBorrow);
