namespace DarkPool.Engine.Trading.Auctions;

/// <summary>
/// An order that takes part in a cross. Sorts in the order of its claim: better limit, more auctions waited, then by a draw that knows
/// nothing of when it arrived.
/// </summary>
internal struct CrossOrder : IComparable<CrossOrder>
{
    /// <summary>The limit of a sell, the complement of a buy's: lower is better.</summary>
    public long Rank;

    /// <summary>When it came to wait, lower is older; equal for all that have no order among themselves.</summary>
    public ulong Cohort;

    /// <summary>Drawn per order and cross.</summary>
    public ulong Ticket;

    /// <summary>Decides with <see cref="Owner"/> if two tickets are equal.</summary>
    public ulong Key;

    public uint Owner;

    /// <summary>The order's place in whatever book it came from.</summary>
    public uint Slot;

    /// <summary>Open lots before the cross.</summary>
    public ulong Open;

    /// <summary>Lots it takes part with: <see cref="Open"/> until a round found that it cannot trade so many.</summary>
    public ulong Offered;

    /// <summary>The least it trades in sum, or nothing.</summary>
    public ulong Required;

    public TradeMinimum Minimum;

    /// <summary>Its part of the volume.</summary>
    public ulong Given;

    /// <summary>What of its part found a counterparty.</summary>
    public ulong Paired;

    /// <summary>Whether it trades, but less than it must.</summary>
    public readonly bool IsShort => Paired != 0 && Paired < Required;

    /// <summary>What of its part found nobody.</summary>
    public readonly ulong LeftOver => Given - Paired;

    /// <inheritdoc/>
    public readonly int CompareTo(CrossOrder other)
    {
        var order = Rank.CompareTo(other.Rank);
        if (order == 0) order = Cohort.CompareTo(other.Cohort);
        return order != 0 ? order : CompareDraw(other);
    }

    /// <summary>Which of two short orders gives way: the one that asks for more, then the younger, then by the draw.</summary>
    public readonly bool GivesWayBefore(in CrossOrder other)
    {
        if (Required != other.Required) return Required > other.Required;
        return Cohort != other.Cohort ? Cohort > other.Cohort : CompareDraw(other) > 0;
    }

    private readonly int CompareDraw(in CrossOrder other)
    {
        var order = Ticket.CompareTo(other.Ticket);
        if (order == 0) order = Owner.CompareTo(other.Owner);
        return order != 0 ? order : Key.CompareTo(other.Key);
    }
}

/// <summary>Two orders that trade in a cross.</summary>
/// <param name="Buy">Index of the order to buy.</param>
/// <param name="Sell">Index of the order to sell.</param>
/// <param name="Lots">Lots they trade.</param>
internal readonly record struct CrossPair(int Buy, int Sell, ulong Lots);
