using DarkPool.Enclave.Sessions;
using DarkPool.Engine;
using DarkPool.Engine.Trading;
using DarkPool.Protocol.Reports;
using RejectionCode = DarkPool.Engine.RejectionCode;

namespace DarkPool.Enclave.Shard;

/// <summary>
/// Turns what the venue tells into reports. What a command does at once goes to its session; what happens to a resting order goes to the
/// newest session of its owner (docs/PROTOCOL.md, 5). An account without an open session is not told.
/// </summary>
internal readonly partial struct ReportSink(ReportDesk desk) : IVenueSink
{
    public void OrderAccepted(uint account, in NewOrder order)
    {
        if (desk.Answering is not { } session) return;
        new OrderAccepted(
            order.ClientOrderId,
            order.Market,
            (Protocol.Commands.Side)order.Side,
            (Protocol.Commands.OrderType)order.Type,
            (Protocol.Commands.TimeInForce)order.TimeInForce,
            order.Price.Ticks,
            order.Quantity.Lots).Write(desk.Add(session, ReportType.OrderAccepted, Protocol.Reports.OrderAccepted.Size, desk.Sequence));
    }

    public void OrderFilled(uint account, in OrderFill fill)
    {
        var session = fill.Liquidity == Engine.Trading.Liquidity.Taker ? Addressee(account) : desk.NewestOf(account);
        if (session is null) return;
        var report = new Fill(
            fill.ClientOrderId,
            fill.TradeId,
            fill.Market,
            (Protocol.Commands.Side)fill.Side,
            (Protocol.Reports.Liquidity)fill.Liquidity,
            fill.Price.Ticks,
            fill.Quantity.Lots,
            fill.Remaining.Lots) { Fee = fill.Fee };
        report.Write(desk.Add(session, ReportType.Fill, report.Length, 0));
    }

    public void OrderCancelled(uint account, ulong clientOrderId, uint market, Engine.Trading.CancelReason reason, Quantity remaining)
    {
        var asked = reason is not (Engine.Trading.CancelReason.Expired or Engine.Trading.CancelReason.Disconnected);
        if ((asked ? Addressee(account) : desk.NewestOf(account)) is not { } session) return;
        var answers = reason == Engine.Trading.CancelReason.Requested && desk.CommandType == Protocol.Commands.CommandType.CancelOrder;
        var sequence = answers ? desk.Sequence : 0;
        new OrderCancelled(clientOrderId, market, (Protocol.Reports.CancelReason)reason, remaining.Lots)
            .Write(desk.Add(session, ReportType.OrderCancelled, Protocol.Reports.OrderCancelled.Size, sequence));
    }

    public void OrderReplaced(uint account, ulong clientOrderId, uint market, bool keptPriority, Price price, Quantity quantity)
    {
        if (desk.Answering is not { } session) return;
        new OrderReplaced(clientOrderId, market, keptPriority, price.Ticks, quantity.Lots)
            .Write(desk.Add(session, ReportType.OrderReplaced, Protocol.Reports.OrderReplaced.Size, desk.Sequence));
    }

    public void FirmUpInvited(uint account, in FirmUpInvitation invitation)
    {
        if (desk.NewestOf(account) is not { } session) return;
        new FirmUpInvited(
            invitation.ClientOrderId,
            invitation.Market,
            (Protocol.Commands.Side)invitation.Side,
            invitation.Quantity.Lots,
            invitation.Round,
            invitation.Deadline.Microseconds)
            .Write(desk.Add(session, ReportType.FirmUpInvited, Protocol.Reports.FirmUpInvited.Size, 0));
    }

    public void OrderFirmed(uint account, ulong clientOrderId, uint market, ulong round, Quantity quantity)
    {
        if (desk.Answering is not { } session) return;
        new CommandDone(desk.CommandType).Write(desk.Add(session, ReportType.CommandDone, CommandDone.Size, desk.Sequence));
    }

    public void Rejected(uint account, ulong clientOrderId, RejectionCode code)
    {
        if (desk.Answering is not { } session) return;
        desk.Reject(session, new Rejected((Protocol.Reports.RejectionCode)code, desk.CommandType, clientOrderId), desk.Sequence);
    }

    public void RejectedTooLate(uint account, ulong clientOrderId, RejectionCode code, ulong block, uint entry)
    {
        if (desk.Answering is not { } session) return;
        var report = new Rejected((Protocol.Reports.RejectionCode)code, desk.CommandType, clientOrderId)
        {
            EndedInBlock = block,
            EndedByEntry = entry,
        };
        desk.Reject(session, report, desk.Sequence);
    }

    public void OrderReduced(
        uint account, ulong clientOrderId, uint market, Engine.Trading.CancelReason reason, Quantity by, Quantity remaining)
    {
        if (Addressee(account) is not { } session) return;
        new OrderReduced(clientOrderId, market, (Protocol.Reports.CancelReason)reason, by.Lots, remaining.Lots)
            .Write(desk.Add(session, ReportType.OrderReduced, Protocol.Reports.OrderReduced.Size, 0));
    }

    public void Deposited(uint account, ulong depositId, uint asset, UInt128 amount, UInt128 available)
    {
        if (desk.NewestOf(account) is not { } session) return;
        new Deposited(depositId, asset, amount, available)
            .Write(desk.Add(session, ReportType.Deposited, Protocol.Reports.Deposited.Size, 0));
    }

    /// <summary>The session whose command does something, if it is the account's; else the account's newest one.</summary>
    private Session? Addressee(uint account) =>
        desk.Answering is { } session && session.Account == account ? session : desk.NewestOf(account);

    public void Balance(uint account, uint asset, UInt128 available, UInt128 held)
    {
        if (desk.Answering is not { } session) return;
        new Balance(asset, available, held).Write(desk.Add(session, ReportType.Balance, Protocol.Reports.Balance.Size, 0));
    }
}
