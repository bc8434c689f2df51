namespace DarkPool.Engine.Lending;

/// <summary>What governance has an isolated market liquidated with; bounds as in <see cref="Liquidation.LiquidationTerms"/>.</summary>
/// <param name="Market">The isolated market.</param>
/// <param name="LotSize">Base units of the collateral in one lot.</param>
/// <param name="TickValue">Base units of the loan asset for one tick and one lot.</param>
/// <param name="TargetHealth">Health that a sale restores, basis points.</param>
/// <param name="RampSeconds">Seconds in which the bonus grows from nothing to the market's incentive.</param>
/// <param name="FullBonusHealth">Health at and below which the bonus is the market's incentive at once, basis points.</param>
public sealed record IsolatedLiquidationListing(
    uint Market, UInt128 LotSize, UInt128 TickValue, uint TargetHealth, uint RampSeconds, uint FullBonusHealth);
