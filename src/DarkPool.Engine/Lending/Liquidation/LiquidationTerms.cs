namespace DarkPool.Engine.Lending.Liquidation;

/// <summary>
/// What governance lists a liquidation market with: which collateral of a pool is sold for which debt, in which lots and ticks, and how
/// the bonus grows. Health factors in basis points: 10,000 is 1.
/// </summary>
public sealed record LiquidationTerms
{
    /// <summary>Highest target health: twice what the debt needs.</summary>
    public const uint MaxTargetHealth = 20_000;

    /// <summary>Longest ramp: a day.</summary>
    public const uint MaxRampSeconds = 86_400;

    /// <summary>The market's number within its pool.</summary>
    public required uint Number { get; init; }

    /// <summary>Index of the reserve whose supply is sold.</summary>
    public required int Collateral { get; init; }

    /// <summary>Index of the reserve whose debt is repaid; another than <see cref="Collateral"/>.</summary>
    public required int Debt { get; init; }

    /// <summary>Base units of the collateral in one lot; positive.</summary>
    public required UInt128 LotSize { get; init; }

    /// <summary>Base units of the debt asset for one tick and one lot; positive.</summary>
    public required UInt128 TickValue { get; init; }

    /// <summary>Health that a sale restores; above 10,000, at most <see cref="MaxTargetHealth"/>.</summary>
    public required uint TargetHealth { get; init; }

    /// <summary>Seconds in which the bonus alone grows from nothing to the profile's; 1 to <see cref="MaxRampSeconds"/>.</summary>
    public required uint RampSeconds { get; init; }

    /// <summary>Health at and below which the bonus is the profile's at once; below 10,000.</summary>
    public required uint FullBonusHealth { get; init; }

    /// <summary>Whether all of these are within their bounds for a pool with so many reserves.</summary>
    public bool IsSound(int reserves) =>
        (uint)Collateral < (uint)reserves && (uint)Debt < (uint)reserves && Collateral != Debt
        && LotSize != 0 && TickValue != 0
        && TargetHealth is > RiskIndex.Liquidatable and <= MaxTargetHealth
        && RampSeconds is > 0 and <= MaxRampSeconds
        && FullBonusHealth < RiskIndex.Liquidatable;
}
