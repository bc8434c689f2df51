namespace DarkPool.Engine.Trading.Midpoint;

/// <summary>What an order's price follows.</summary>
public enum Peg : byte
{
    /// <summary>Nothing: its limit is its price.</summary>
    None = 0,

    /// <summary>The middle of the reference.</summary>
    Midpoint = 1,

    /// <summary>The reference's price of its own side: it takes part while bid and ask are equal.</summary>
    Primary = 2,

    /// <summary>The reference's price of the other side.</summary>
    Market = 3,
}

/// <summary>
/// The quote that a midpoint book crosses at. A tick of the reference is two ticks of the book, so the middle of any bid and ask is a whole
/// number of the book's ticks and cash is exact.
/// </summary>
/// <param name="Bid">The best bid, in ticks of the reference.</param>
/// <param name="Ask">The best ask, in ticks of the reference; below the bid the reference is crossed and nothing trades.</param>
/// <param name="Low">The lower edge of the collar, in ticks of the book.</param>
/// <param name="High">The upper edge.</param>
public readonly record struct MidpointReference(long Bid, long Ask, Price Low, Price High)
{
    /// <summary>Bids and asks lie between this and its negative, so that twice one fits.</summary>
    public const long MaxTicks = 1L << 61;

    /// <summary>The middle, in ticks of the book: exact.</summary>
    public Price Midpoint => new(Bid + Ask);

    /// <summary>Whether bid and ask are one price.</summary>
    public bool IsLocked => Bid == Ask;

    /// <summary>Whether anything may trade at it: not crossed, in range, and its middle inside the collar.</summary>
    public bool IsUsable => Bid <= Ask && Bid >= -MaxTicks && Ask <= MaxTicks && Midpoint >= Low && Midpoint <= High;

    /// <summary>Whether an order of that side, peg and limit trades at the midpoint.</summary>
    public bool Admits(Side side, Peg peg, long limit)
    {
        var ticks = Midpoint.Ticks;
        return (side == Side.Buy ? limit >= ticks : limit <= ticks) && (peg != Peg.Primary || IsLocked);
    }
}

/// <summary>An order for a midpoint book.</summary>
public readonly record struct MidpointOrder
{
    /// <summary>Any number that no resting order has.</summary>
    public required ulong Id { get; init; }

    /// <summary>Whose it is, for the counterparty filter.</summary>
    public uint Owner { get; init; }

    /// <summary>Buy or sell.</summary>
    public required Side Side { get; init; }

    /// <summary>What its price follows.</summary>
    public Peg Peg { get; init; }

    /// <summary>Its limit, in ticks of the book; <see cref="NoLimit"/> of its side where a peg has none.</summary>
    public required Price Limit { get; init; }

    /// <summary>Lots; at least one.</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>The least that it trades: in sum when it arrives, of one counterparty while it rests.</summary>
    public TradeMinimum Minimum { get; init; }

    /// <summary>What happens to what does not trade at once.</summary>
    public Execution Execution { get; init; }

    /// <summary>The limit that never binds.</summary>
    public static Price NoLimit(Side side) => new(side == Side.Buy ? long.MaxValue : long.MinValue);
}
