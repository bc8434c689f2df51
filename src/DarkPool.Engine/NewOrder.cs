using DarkPool.Engine.Trading;

namespace DarkPool.Engine;

/// <summary>What an account asks for when it places an order. Nothing in it is trusted: the venue checks every field.</summary>
public readonly record struct NewOrder
{
    /// <summary>The owner's name for the order, unique among its open orders; zero is allowed.</summary>
    public required ulong ClientOrderId { get; init; }

    /// <summary>The market's number.</summary>
    public required uint Market { get; init; }

    /// <summary>Buy or sell.</summary>
    public required Side Side { get; init; }

    /// <summary>How the price is set.</summary>
    public required OrderType Type { get; init; }

    /// <summary>How long the order lives.</summary>
    public required TimeInForce TimeInForce { get; init; }

    /// <summary>The limit, in ticks; positive.</summary>
    public required Price Price { get; init; }

    /// <summary>The size, in lots; at least one.</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>For good-till-time: the first block time at which the order is gone. Else <see cref="BlockTime.None"/>.</summary>
    public BlockTime Expiry { get; init; }
}
