using DarkPool.Engine.Trading;

namespace DarkPool.Engine;

/// <summary>
/// One side of a trade, as its owner is told. A trade makes two of them with the same trade id: the maker's, then the taker's.
/// </summary>
public readonly record struct OrderFill
{
    /// <summary>The owner's name for the order.</summary>
    public required ulong ClientOrderId { get; init; }

    /// <summary>The venue's number of the trade, from 1 without gaps.</summary>
    public required ulong TradeId { get; init; }

    /// <summary>The market's number.</summary>
    public required uint Market { get; init; }

    /// <summary>The order's side.</summary>
    public required Side Side { get; init; }

    /// <summary>Whether the order rested or arrived.</summary>
    public required Liquidity Liquidity { get; init; }

    /// <summary>The maker's price, in ticks.</summary>
    public required Price Price { get; init; }

    /// <summary>Lots traded.</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>What the order paid in fees for it, in base units of the quote asset.</summary>
    public UInt128 Fee { get; init; }

    /// <summary>Lots of the order still open after the trade; zero ends it.</summary>
    public required Quantity Remaining { get; init; }
}
