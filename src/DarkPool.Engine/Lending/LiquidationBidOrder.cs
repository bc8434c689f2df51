namespace DarkPool.Engine.Lending;

/// <summary>A sealed bid for collateral that will be liquidated. Nothing in it is trusted.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Market">The liquidation market of the pool.</param>
/// <param name="Id">The account's number for it, unique among its open bids of the market.</param>
/// <param name="MaxTicks">The highest price, in ticks.</param>
/// <param name="Discount">How far below the oracle's price of the moment it buys at most, basis points.</param>
/// <param name="Lots">How much.</param>
public readonly record struct LiquidationBidOrder(uint Pool, uint Market, ulong Id, long MaxTicks, uint Discount, ulong Lots);
