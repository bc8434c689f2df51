using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Tests.Venues;

/// <summary>Anything a venue told its sink, in one shape that can be compared and printed.</summary>
internal abstract record VenueEvent(uint Account)
{
    public sealed record Accepted(uint Account, NewOrder Order) : VenueEvent(Account);

    public sealed record Filled(uint Account, OrderFill Fill) : VenueEvent(Account);

    public sealed record Cancelled(uint Account, ulong Id, uint Market, CancelReason Reason, ulong Remaining) : VenueEvent(Account);

    public sealed record Reduced(uint Account, ulong Id, uint Market, CancelReason Reason, ulong By, ulong Remaining) : VenueEvent(Account);

    public sealed record TooLate(uint Account, ulong Id, RejectionCode Code, ulong Block, uint Entry) : VenueEvent(Account);

    public sealed record Replaced(uint Account, ulong Id, uint Market, bool Kept, long Price, ulong Lots) : VenueEvent(Account);

    public sealed record Invited(uint Account, FirmUpInvitation Invitation) : VenueEvent(Account);

    public sealed record Firmed(uint Account, ulong Id, uint Market, ulong Round, ulong Lots) : VenueEvent(Account);

    public sealed record Rejected(uint Account, ulong Id, RejectionCode Code) : VenueEvent(Account);

    public sealed record Deposited(uint Account, ulong DepositId, uint Asset, UInt128 Amount, UInt128 Available) : VenueEvent(Account);

    public sealed record Balance(uint Account, uint Asset, UInt128 Available, UInt128 Held) : VenueEvent(Account);
}

/// <summary>Keeps everything.</summary>
internal readonly struct RecordingVenueSink() : IVenueSink
{
    public List<VenueEvent> Events { get; } = [];

    /// <summary>All invitations, also those of events that were cleared.</summary>
    public List<(uint Account, FirmUpInvitation Invitation)> Invitations { get; } = [];

    public void OrderAccepted(uint account, in NewOrder order) => Events.Add(new VenueEvent.Accepted(account, order));

    public void OrderFilled(uint account, in OrderFill fill) => Events.Add(new VenueEvent.Filled(account, fill));

    public void OrderCancelled(uint account, ulong clientOrderId, uint market, CancelReason reason, Quantity remaining) =>
        Events.Add(new VenueEvent.Cancelled(account, clientOrderId, market, reason, remaining.Lots));

    public void OrderReplaced(uint account, ulong clientOrderId, uint market, bool keptPriority, Price price, Quantity quantity) =>
        Events.Add(new VenueEvent.Replaced(account, clientOrderId, market, keptPriority, price.Ticks, quantity.Lots));

    public void FirmUpInvited(uint account, in FirmUpInvitation invitation)
    {
        Events.Add(new VenueEvent.Invited(account, invitation));
        Invitations.Add((account, invitation));
    }

    public void OrderFirmed(uint account, ulong clientOrderId, uint market, ulong round, Quantity quantity) =>
        Events.Add(new VenueEvent.Firmed(account, clientOrderId, market, round, quantity.Lots));

    public void OrderReduced(
        uint account, ulong clientOrderId, uint market, CancelReason reason, Quantity by, Quantity remaining) =>
        Events.Add(new VenueEvent.Reduced(account, clientOrderId, market, reason, by.Lots, remaining.Lots));

    public void RejectedTooLate(uint account, ulong clientOrderId, RejectionCode code, ulong block, uint entry) =>
        Events.Add(new VenueEvent.TooLate(account, clientOrderId, code, block, entry));

    public void Rejected(uint account, ulong clientOrderId, RejectionCode code) =>
        Events.Add(new VenueEvent.Rejected(account, clientOrderId, code));

    public void Deposited(uint account, ulong depositId, uint asset, UInt128 amount, UInt128 available) =>
        Events.Add(new VenueEvent.Deposited(account, depositId, asset, amount, available));

    public void Balance(uint account, uint asset, UInt128 available, UInt128 held) =>
        Events.Add(new VenueEvent.Balance(account, asset, available, held));
}
