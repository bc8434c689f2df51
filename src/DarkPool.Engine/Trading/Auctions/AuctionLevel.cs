namespace DarkPool.Engine.Trading.Auctions;

/// <summary>All that is bid or offered at one limit.</summary>
/// <param name="Ticks">The limit, in ticks.</param>
/// <param name="Lots">The sum of open lots; above zero.</param>
public readonly record struct AuctionLevel(long Ticks, UInt128 Lots);
