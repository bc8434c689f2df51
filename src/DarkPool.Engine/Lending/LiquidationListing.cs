using DarkPool.Engine.Lending.Liquidation;

namespace DarkPool.Engine.Lending;

/// <summary>What governance lists a liquidation market of a pool with, by assets; bounds as in <see cref="LiquidationTerms"/>.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Market">The market's number within the pool.</param>
/// <param name="Collateral">Asset that is sold.</param>
/// <param name="Debt">Asset that is repaid.</param>
/// <param name="LotSize">Base units of the collateral in one lot.</param>
/// <param name="TickValue">Base units of the debt asset for one tick and one lot.</param>
/// <param name="TargetHealth">Health that a sale restores, basis points.</param>
/// <param name="RampSeconds">Seconds in which the bonus grows from nothing to the reserve's.</param>
/// <param name="FullBonusHealth">Health at and below which the bonus is the reserve's at once, basis points.</param>
public sealed record LiquidationListing(
    uint Pool, uint Market, uint Collateral, uint Debt, UInt128 LotSize, UInt128 TickValue, uint TargetHealth, uint RampSeconds,
    uint FullBonusHealth);
