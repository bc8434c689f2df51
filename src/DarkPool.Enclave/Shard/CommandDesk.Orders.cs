using DarkPool.Enclave.Sessions;
using DarkPool.Engine;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Reports;
using EngineCode = DarkPool.Engine.RejectionCode;
using RejectionCode = DarkPool.Protocol.Reports.RejectionCode;

namespace DarkPool.Enclave.Shard;

/// <summary>Commands about all orders of an account, and about whom it trades with.</summary>
internal sealed partial class CommandDesk
{
    private bool TryCancelAll(Session session, ReadOnlySpan<byte> body)
    {
        if (!CancelAll.TryRead(body, out var command)) return false;
        if (command.Side > Side.Sell)
        {
            Reject(session, RejectionCode.InvalidSide, CommandType.CancelAll);
            return true;
        }

        uint? market = command.Market == CancelAll.EveryMarket ? null : command.Market;
        Engine.Trading.Side? side = command.Side == Side.None ? null : (Engine.Trading.Side)command.Side;
        var count = _venue.CancelOrders(session.Account, market, side, ref _sink);
        new OrdersCancelled(count).Write(_reports.Add(session, ReportType.OrdersCancelled, OrdersCancelled.Size, _reports.Sequence));
        return true;
    }

    /// <summary>Sets something of the account; none of it happens often.</summary>
    private bool TrySet(Session session, CommandType type, ReadOnlySpan<byte> body)
    {
        EngineCode code;
        switch (type)
        {
            case CommandType.ConfigureAccount:
                if (!ConfigureAccount.TryRead(body, out var own)) return false;
                var prevention = (Engine.Trading.SelfTradePrevention)own.SelfTradePrevention;
                code = _venue.ConfigureAccount(session.Account, prevention, own.Group, own.AcceptedTiers);
                break;
            case CommandType.SetCounterparty:
                if (!SetCounterparty.TryRead(body, out var other)) return false;
                code = _venue.SetDenied(session.Account, new Digest(other.Account.Key.Span), other.Denied);
                break;
            default:
                if (!SetTier.TryRead(body, out var tier)) return false;
                code = _venue.SetTier(session.Account, new Digest(tier.Account.Key.Span), tier.Tier);
                break;
        }

        if (code == EngineCode.None) return Done(session, type);
        Reject(session, (RejectionCode)code, type);
        return true;
    }
}
