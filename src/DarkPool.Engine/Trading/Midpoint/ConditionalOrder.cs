using DarkPool.Engine.Trading.Auctions;

namespace DarkPool.Engine.Trading.Midpoint;

/// <summary>How far a conditional order has come.</summary>
public enum ConditionalState : byte
{
    /// <summary>It waits for somebody to trade with.</summary>
    Waiting = 0,

    /// <summary>Its owner is asked to firm up.</summary>
    Invited = 1,

    /// <summary>Its owner has committed to lots, at most as many as it was placed with.</summary>
    Firm = 2,
}

/// <summary>An interest in trading at the midpoint that commits to nothing before its owner firms it up.</summary>
public record struct ConditionalOrder
{
    /// <summary>Any number that no other conditional order of the book has, nor a resting order of the midpoint book beside it.</summary>
    public required ulong Id { get; init; }

    /// <summary>Whose it is.</summary>
    public uint Owner { get; init; }

    /// <summary>Buy or sell.</summary>
    public required Side Side { get; init; }

    /// <summary>What its price follows.</summary>
    public Peg Peg { get; init; }

    /// <summary>Its limit, in ticks of the book; <see cref="MidpointOrder.NoLimit"/> of its side for none.</summary>
    public required Price Limit { get; set; }

    /// <summary>Lots it is interested in; those it is firm for once it is firm.</summary>
    public required Quantity Quantity { get; set; }

    /// <summary>The least that must be there before its owner is asked, and that it trades then.</summary>
    public TradeMinimum Minimum { get; init; }

    /// <summary>How far it has come.</summary>
    public ConditionalState State { get; set; }
}

/// <summary>
/// What an account did with its invitations. At <see cref="Memory"/> of them both counts are halved, so that old ones fade.
/// </summary>
/// <param name="Invited">Invitations that ended.</param>
/// <param name="Firmed">Those of them that it firmed up.</param>
/// <param name="OutUntil">Until when it is not asked, in the microseconds of block times; 0 if it never was kept out.</param>
public readonly record struct FirmUpRecord(uint Invited, uint Firmed, long OutUntil)
{
    /// <summary>Invitations below which an account is not judged.</summary>
    public const uint Least = 4;

    /// <summary>Invitations at which the counts are halved.</summary>
    public const uint Memory = 64;

    /// <summary>How long an account stays out whose rate is too low: an hour, after which it starts anew.</summary>
    public const long OutMicroseconds = 3_600_000_000;

    private const uint One = 10_000;

    /// <summary>The record after one more invitation ended.</summary>
    /// <param name="firmed">Whether it was firmed up.</param>
    /// <param name="floor">The least share that must be, in basis points.</param>
    /// <param name="now">The time.</param>
    public FirmUpRecord After(bool firmed, uint floor, long now)
    {
        var next = this with { Invited = Invited + 1, Firmed = Firmed + (firmed ? 1u : 0) };
        if (next.Invited >= Least && (ulong)next.Firmed * One < (ulong)floor * next.Invited)
            return new FirmUpRecord(0, 0, Math.Min(now, long.MaxValue - OutMicroseconds) + OutMicroseconds);
        return next.Invited < Memory ? next : next with { Invited = next.Invited / 2, Firmed = next.Firmed / 2 };
    }
}

/// <summary>
/// Where a <see cref="ConditionalBook"/> tells what happened. Implemented by a struct and passed by reference. A sink must not call back
/// into the book.
/// </summary>
public interface IConditionalSink
{
    /// <summary>A conditional order waits.</summary>
    void Accepted(in ConditionalOrder order);

    /// <summary>The owner of a conditional order is asked, and nobody else is told.</summary>
    void Invited(in ConditionalOrder order, ulong round, long deadline);

    /// <summary>A conditional order is firm for its present quantity.</summary>
    void Firmed(in ConditionalOrder order, ulong round);

    /// <summary>Two orders traded at the midpoint: firm conditional ones, or one and one that rests in the midpoint book.</summary>
    void Traded(in AuctionTrade trade);

    /// <summary>A conditional order ended with so many lots that did not trade.</summary>
    void Ended(in ConditionalOrder order, Quantity remaining, CancelReason reason);
}
