using DarkPool.Engine.Memory;
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

    /// <summary>The limit, in ticks; positive, or 0 for none where the type has a price of its own.</summary>
    public required Price Price { get; init; }

    /// <summary>The size, in lots; at least one.</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>For good-till-time: the first block time at which the order is gone. Else <see cref="BlockTime.None"/>.</summary>
    public BlockTime Expiry { get; init; }

    /// <summary>What else it asks for.</summary>
    public OrderFlags Flags { get; init; }

    /// <summary>What becomes of it where it would trade with an order of its own owner.</summary>
    public SelfTradePrevention SelfTradePrevention { get; init; }

    /// <summary>
    /// The least lots, in sum when it arrives and of one arriving order when it rests, that it trades; at most its quantity; 0: any.
    /// </summary>
    public Quantity MinimumQuantity { get; init; }

    /// <summary>The least lots that it trades with one counterparty's order; at most its quantity; 0: any.</summary>
    public Quantity MinimumInteraction { get; init; }

    /// <summary>The session that it came by; 0 for none. It is no part of the terms.</summary>
    public ulong Session { get; init; }

    /// <summary>Whether what does not trade at once stays.</summary>
    public bool Rests => TimeInForce is not (TimeInForce.ImmediateOrCancel or TimeInForce.FillOrKill);

    /// <summary>
    /// A number that says the terms: equal for the same order, different for one that differs in a single field, and by chance as seldom
    /// equal as any two of 2^64.
    /// </summary>
    internal ulong Fingerprint() => HashKey.Mix(
        (((ulong)Market | ((ulong)Side << 32) | ((ulong)Type << 40) | ((ulong)TimeInForce << 48) | ((ulong)Flags << 56))
            * 0x9E3779B97F4A7C15)
        + ((ulong)Price.Ticks * 0xC2B2AE3D27D4EB4F)
        + (Quantity.Lots * 0x165667B19E3779F9)
        + ((ulong)Expiry.Microseconds * 0xD6E8FEB86659FD93)
        + (MinimumQuantity.Lots * 0xA0761D6478BD642F)
        + (MinimumInteraction.Lots * 0xE7037ED1A0B428DB)
        + ((ulong)SelfTradePrevention * 0x8EBC6AF09C88C6E3));

    /// <summary>Whether it is more than a limit and a time in force.</summary>
    internal bool HasAttributes =>
        Type != OrderType.Limit || ((byte)Flags | (byte)SelfTradePrevention) != 0
        || (MinimumQuantity.Lots | MinimumInteraction.Lots) != 0;
}
