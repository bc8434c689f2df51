using DarkPool.Engine.Trading;

namespace DarkPool.Engine;

/// <summary>
/// Where a venue tells what happened, in order. Implemented by a struct and passed by reference, so that every call is direct and nothing
/// is allocated. A sink must not call back into the venue. Accounts are the dense indices of <see cref="Venue.OpenAccount"/>.
/// </summary>
public interface IVenueSink
{
    /// <summary>An order was taken. Its fills follow; what is left then rests, or is cancelled if it is immediate.</summary>
    void OrderAccepted(uint account, in NewOrder order);

    /// <summary>An order traded.</summary>
    void OrderFilled(uint account, in OrderFill fill);

    /// <summary>An order ended with <paramref name="remaining"/> lots unfilled; its hold is released.</summary>
    void OrderCancelled(uint account, ulong clientOrderId, uint market, CancelReason reason, Quantity remaining);

    /// <summary>An order shrank by so many lots without a trade, and goes on with <paramref name="remaining"/>.</summary>
    void OrderReduced(uint account, ulong clientOrderId, uint market, CancelReason reason, Quantity by, Quantity remaining);

    /// <summary>An order was replaced; its fills at the new price, if any, follow.</summary>
    void OrderReplaced(uint account, ulong clientOrderId, uint market, bool keptPriority, Price price, Quantity quantity);

    /// <summary>The owner of a conditional order, and nobody else, is asked to firm it up.</summary>
    void FirmUpInvited(uint account, in FirmUpInvitation invitation);

    /// <summary>A conditional order is firm for so many lots; its fills follow when the round ends.</summary>
    void OrderFirmed(uint account, ulong clientOrderId, uint market, ulong round, Quantity quantity);

    /// <summary>A command was refused: no state, journal or root moved.</summary>
    void Rejected(uint account, ulong clientOrderId, RejectionCode code);

    /// <summary>A cancel or replace was refused because the order had ended before, at an entry of a block. Nothing moved.</summary>
    void RejectedTooLate(uint account, ulong clientOrderId, RejectionCode code, ulong block, uint entry);

    /// <summary>A deposit was credited. Amounts in base units of the asset.</summary>
    void Deposited(uint account, ulong depositId, uint asset, UInt128 amount, UInt128 available);

    /// <summary>One answer to a balance query: an asset of which the account has or had some. Amounts in base units.</summary>
    void Balance(uint account, uint asset, UInt128 available, UInt128 held);
}
