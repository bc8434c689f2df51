using DarkPool.Enclave.Sessions;
using DarkPool.Engine.Lending;
using DarkPool.Engine.Lending.Liquidation;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Lending;
using DarkPool.Protocol.Reports;

namespace DarkPool.Enclave.Shard;

/// <summary>Carries out commands about liquidation: bids for collateral of others, options for one's own.</summary>
internal sealed partial class CommandDesk
{
    private bool TryLiquidate(Session session, CommandType type, ReadOnlySpan<byte> body)
    {
        switch (type)
        {
            case CommandType.PlaceLiquidationBid:
                if (!PlaceLiquidationBid.TryRead(body, out var bid)) return false;
                var order = new LiquidationBidOrder(bid.Pool, bid.Market, bid.Id, bid.MaxTicks, bid.Discount, bid.Lots);
                return Answer(session, type, _venue.PlaceBid(session.Account, order, ref _sink));
            case CommandType.CancelLiquidationBid:
                if (!CancelLiquidationBid.TryRead(body, out var cancel)) return false;
                return Answer(
                    session, type, _venue.CancelBid(session.Account, cancel.Pool, cancel.Market, cancel.Id, ref _sink));
            case CommandType.SetStop:
                if (!SetStop.TryRead(body, out var stop)) return false;
                var wish = new BorrowerStop(stop.Pool, stop.Market, stop.Price, stop.Lots, stop.MaxDiscount);
                return Answer(session, type, _venue.SetStop(session.Account, wish, ref _sink));
            case CommandType.SetPreLiquidation:
                if (!SetPreLiquidation.TryRead(body, out var early)) return false;
                var option = new PreLiquidationOption(early.Health, early.MaxBonus, early.Target);
                return Answer(session, type, _venue.SetPreLiquidation(session.Account, early.Pool, option, ref _sink));
            case CommandType.PlaceIsolatedBid:
                if (!PlaceIsolatedBid.TryRead(body, out var other)) return false;
                var placed = new LiquidationBidOrder(other.Market, 0, other.Id, other.MaxTicks, other.Discount, other.Lots);
                return Answer(session, type, _venue.PlaceIsolatedBid(session.Account, placed, ref _sink));
            case CommandType.CancelIsolatedBid:
                if (!CancelIsolatedBid.TryRead(body, out var ended)) return false;
                return Answer(session, type, _venue.CancelIsolatedBid(session.Account, ended.Market, ended.Id, ref _sink));
            default:
                Reject(session, RejectionCode.UnknownCommand, type);
                return true;
        }
    }
}
