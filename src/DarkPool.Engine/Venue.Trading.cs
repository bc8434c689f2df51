using System.Runtime.CompilerServices;
using DarkPool.Engine.Markets;
using DarkPool.Engine.Markets.Crossing;
using DarkPool.Engine.Trading;

namespace DarkPool.Engine;

/// <summary>Commands of accounts. Each answers with a rejection code, and tells the sink the same.</summary>
public sealed partial class Venue
{
    /// <summary>Places an order. Its fills follow its acceptance; what is left rests, or is cancelled if it is immediate.</summary>
    public RejectionCode PlaceOrder<TSink>(uint account, in NewOrder order, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        RequireAccount(account);
        var market = FindMarket(order.Market);
        var code = market is null ? RejectionCode.UnknownMarket
            : market.IsHalted ? RejectionCode.MarketHalted
            : market is CrossingMarket ? CrossingRules.Judge(order, market.Terms, _state.Time)
            : OrderRules.Judge(order, market.Terms, _state.Time);
        if (code == RejectionCode.None)
        {
            code = market switch
            {
                ContinuousMarket continuous => continuous.Place(account, order, ref sink),
                AuctionMarket auction => auction.Place(account, order, ref sink),
                MidpointMarket midpoint => midpoint.Place(account, order, ref sink),
                _ => RejectionCode.UnknownMarket,
            };
        }

        if (code != RejectionCode.None) sink.Rejected(account, order.ClientOrderId, code);
        return code;
    }

    /// <summary>Cancels an open order of the account.</summary>
    public RejectionCode CancelOrder<TSink>(uint account, ulong clientOrderId, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        RequireAccount(account);
        var slot = _state.Orders.Find(account, clientOrderId, _state.Orders.HashOf(account, clientOrderId));
        if (slot == 0) return Reject(account, clientOrderId, RejectionCode.UnknownOrder, ref sink);
        CancelSlot(slot, CancelReason.Requested, ref sink);
        return RejectionCode.None;
    }

    /// <summary>
    /// Gives an open order of the account a new price and a new open quantity. It keeps its priority if the price stays and the quantity
    /// falls; else it goes to the end of its queue, after it traded what it can.
    /// </summary>
    public RejectionCode ReplaceOrder<TSink>(uint account, ulong clientOrderId, Price price, Quantity quantity, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        RequireAccount(account);
        var hash = _state.Orders.HashOf(account, clientOrderId);
        var slot = _state.Orders.Find(account, clientOrderId, hash);
        var market = _markets[_state.Orders.Details[slot].Market];
        var code = slot == 0 || market is null ? RejectionCode.UnknownOrder
            : market.IsHalted ? RejectionCode.MarketHalted
            : market is CrossingMarket ? CrossingRules.Judge(quantity, market.Terms.Parameters.Orders)
            : OrderRules.Judge(price, quantity, market.Terms.Parameters.Orders);
        if (code == RejectionCode.None)
        {
            code = market switch
            {
                ContinuousMarket continuous => continuous.Replace(slot, hash, price, quantity, ref sink),
                AuctionMarket auction => auction.Replace(slot, price, quantity, ref sink),
                MidpointMarket midpoint => midpoint.Replace(slot, price, quantity, ref sink),
                _ => RejectionCode.UnknownMarket,
            };
        }

        if (code != RejectionCode.None) sink.Rejected(account, clientOrderId, code);
        return code;
    }

    private void CancelSlot<TSink>(uint slot, CancelReason reason, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        ref readonly var node = ref _state.Orders.Order(slot);
        var hash = _state.Orders.HashOf(node.Owner, node.Id);
        var market = _markets[_state.Orders.Details[slot].Market];
        if (market is ContinuousMarket continuous) continuous.Cancel(slot, hash, reason, ref sink);
        else if (market is AuctionMarket auction) auction.Cancel(slot, reason, ref sink);
        else if (market is MidpointMarket midpoint) midpoint.Cancel(slot, reason, ref sink);
    }

    private static RejectionCode Reject<TSink>(uint account, ulong clientOrderId, RejectionCode code, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        sink.Rejected(account, clientOrderId, code);
        return code;
    }

    private Market? FindMarket(uint number) => number < VenueLimits.MaxMarkets ? _markets[number] : null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RequireAccount(uint account)
    {
        RequireBlock();
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(account, _state.Accounts.Count);
    }
}
