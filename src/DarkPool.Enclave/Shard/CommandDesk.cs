using System.Buffers.Binary;
using DarkPool.Enclave.Sessions;
using DarkPool.Engine;
using DarkPool.Engine.Trading;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Reports;
using RejectionCode = DarkPool.Protocol.Reports.RejectionCode;

namespace DarkPool.Enclave.Shard;

/// <summary>Carries out one opened command. Hot: nothing here allocates.</summary>
internal sealed partial class CommandDesk
{
    private readonly Venue _venue;
    private readonly ReportDesk _reports;
    private readonly SessionDesk _sessions;
    private ReportSink _sink;

    public CommandDesk(Venue venue, ReportDesk reports, SessionDesk sessions)
    {
        _venue = venue;
        _reports = reports;
        _sessions = sessions;
        _sink = new ReportSink(reports);
    }

    /// <summary>Answers a command that opened to something without the form of a command.</summary>
    public void RejectMalformed(Session session) => Reject(session, RejectionCode.MalformedCommand, CommandType.Cover);

    /// <summary>Carries out a command whose sequence is the next one and whose form was accepted when it was opened.</summary>
    public void Execute(Session session, ReadOnlySpan<byte> plaintext)
    {
        var header = CommandHeader.ReadAccepted(plaintext, out var body);
        _reports.CommandType = header.Type;
        _reports.Acknowledge(session, header.Ack);
        if (_reports.IsFull(session) && header.Type != CommandType.CloseSession)
            Reject(session, RejectionCode.OutboxFull, header.Type);
        else if (!TryDispatch(session, header.Type, body))
            Reject(session, RejectionCode.MalformedCommand, header.Type);
    }

    /// <summary>Hints that a command, whose form was accepted, will be carried out some commands from now, or soon.</summary>
    public void Foresee(Session session, ReadOnlySpan<byte> plaintext, bool soon)
    {
        // Each of these bodies begins with the order's id.
        var header = CommandHeader.ReadAccepted(plaintext, out var body);
        if (header.Type is not (CommandType.PlaceOrder or CommandType.CancelOrder or CommandType.ReplaceOrder)) return;
        if (!BinaryPrimitives.TryReadUInt64LittleEndian(body, out var clientOrderId)) return;
        if (soon) _venue.ExpectCommandSoon(session.Account, clientOrderId);
        else _venue.ExpectCommand(session.Account, clientOrderId);
    }

    /// <summary>False if the body does not have the form of its type.</summary>
    private bool TryDispatch(Session session, CommandType type, ReadOnlySpan<byte> body)
    {
        switch (type)
        {
            case CommandType.PlaceOrder:
                return TryPlace(session, body);
            case CommandType.CancelOrder:
                if (!CancelOrder.TryRead(body, out var cancel)) return false;
                _venue.CancelOrder(session.Account, cancel.ClientOrderId, ref _sink);
                return true;
            case CommandType.ReplaceOrder:
                if (!ReplaceOrder.TryRead(body, out var replace)) return false;
                _venue.ReplaceOrder(
                    session.Account, replace.ClientOrderId, new Price(replace.Price), new Quantity(replace.Quantity), ref _sink);
                return true;
            case CommandType.FirmUp:
                if (!FirmUp.TryRead(body, out var firmUp)) return false;
                _venue.FirmUp(session.Account, firmUp.ClientOrderId, new Quantity(firmUp.Quantity), ref _sink);
                return true;
            case CommandType.Cover:
                return body.IsEmpty && Done(session, type);
            case CommandType.QueryBalances:
                if (!body.IsEmpty) return false;
                _venue.QueryBalances(session.Account, ref _sink);
                return Done(session, type);
            case CommandType.CloseSession:
                if (!body.IsEmpty) return false;
                _sessions.Close(session, _reports.Sequence, announce: true);
                return true;
            case CommandType.CancelAll:
                return TryCancelAll(session, body);
            case CommandType.ConfigureAccount or CommandType.SetCounterparty or CommandType.SetTier:
                return TrySet(session, type, body);
            default:
                return TryLend(session, type, body);
        }
    }

    private bool TryPlace(Session session, ReadOnlySpan<byte> body)
    {
        if (!PlaceOrder.TryRead(body, out var place)) return false;
        var order = new NewOrder
        {
            ClientOrderId = place.ClientOrderId,
            Market = place.Market,
            Side = (Engine.Trading.Side)place.Side,
            Type = (Engine.Trading.OrderType)place.OrderType,
            TimeInForce = (Engine.Trading.TimeInForce)place.TimeInForce,
            Price = new Price(place.Price),
            Quantity = new Quantity(place.Quantity),
            Expiry = new BlockTime(place.Expiry),
            Flags = (Engine.Trading.OrderFlags)place.Flags,
            SelfTradePrevention = (Engine.Trading.SelfTradePrevention)place.SelfTradePrevention,
            MinimumQuantity = new Quantity(place.MinimumQuantity),
            MinimumInteraction = new Quantity(place.MinimumInteraction),
            Session = session.Number,
        };
        _venue.PlaceOrder(session.Account, order, ref _sink);
        return true;
    }

    private bool Done(Session session, CommandType type)
    {
        new CommandDone(type).Write(_reports.Add(session, ReportType.CommandDone, CommandDone.Size, _reports.Sequence));
        return true;
    }

    private void Reject(Session session, RejectionCode code, CommandType type) =>
        _reports.Reject(session, new Rejected(code, type, 0), _reports.Sequence);
}
