namespace DarkPool.Engine.Lending;

/// <summary>A borrower's own stop, as it is asked for. Nothing in it is trusted.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Market">The liquidation market of the pool.</param>
/// <param name="Price">Price of the collateral at or below which it is offered: base currency (8 decimals) per token; positive.</param>
/// <param name="Lots">How much; 0 withdraws the stop.</param>
/// <param name="MaxDiscount">Most that buyers are offered as a bonus, basis points; at most 1,500.</param>
public readonly record struct BorrowerStop(uint Pool, uint Market, UInt128 Price, ulong Lots, uint MaxDiscount);
