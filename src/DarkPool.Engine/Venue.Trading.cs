using System.Runtime.CompilerServices;
using DarkPool.Engine.Markets;
using DarkPool.Engine.Markets.Crossing;
using DarkPool.Engine.Orders;
using DarkPool.Engine.Trading;

namespace DarkPool.Engine;

/// <summary>Commands of accounts. Each answers with a rejection code, and tells the sink the same.</summary>
public sealed partial class Venue
{
    /// <summary>
    /// Places an order. Its fills follow its acceptance; what is left rests, or is cancelled if it is immediate. The same order again,
    /// under an id that the account's open or last ended orders have, is answered as it was the first time and does nothing.
    /// </summary>
    public RejectionCode PlaceOrder<TSink>(uint account, in NewOrder order, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        RequireAccount(account);
        var hash = _state.Orders.HashOf(account, order.ClientOrderId);
        var fingerprint = order.Fingerprint();
        var known = _state.Orders.LocateOrReserve(account, order.ClientOrderId, hash, out var place);
        if (known != 0) return Repeat(account, order, _state.Orders.FingerprintOf(known) == fingerprint, ref sink);
        var market = FindMarket(order.Market);
        var code = market is null ? RejectionCode.UnknownMarket
            : market.IsHalted ? RejectionCode.MarketHalted
            : market is CrossingMarket ? CrossingRules.Judge(order, market.Terms, _state.Time)
            : OrderRules.Judge(order, market.Terms, _state.Time);
        if (code == RejectionCode.None)
        {
            code = market switch
            {
                ContinuousMarket continuous => continuous.Place(account, order, hash, place, fingerprint, ref sink),
                AuctionMarket auction => auction.Place(account, order, hash, fingerprint, ref sink),
                MidpointMarket midpoint => midpoint.Place(account, order, hash, fingerprint, ref sink),
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
        var located = _state.Orders.Locate(account, clientOrderId, _state.Orders.HashOf(account, clientOrderId));
        if (located == 0 || OpenOrders.IsEnded(located)) return RejectAbsent(account, clientOrderId, located, ref sink);
        CancelSlot(located, CancelReason.Requested, ref sink);
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
        var located = _state.Orders.Locate(account, clientOrderId, hash);
        if (located == 0 || OpenOrders.IsEnded(located)) return RejectAbsent(account, clientOrderId, located, ref sink);
        var market = _markets[_state.Orders.Details[located].Market];
        var code = market is null ? RejectionCode.UnknownOrder
            : market.IsHalted ? RejectionCode.MarketHalted
            : market is CrossingMarket ? CrossingRules.Judge(quantity, market.Terms.Parameters.Orders)
            : OrderRules.Judge(price, quantity, market.Terms.Parameters.Orders);
        if (code == RejectionCode.None)
        {
            code = market switch
            {
                ContinuousMarket continuous => continuous.Replace(located, hash, price, quantity, ref sink),
                AuctionMarket auction => auction.Replace(located, price, quantity, ref sink),
                MidpointMarket midpoint => midpoint.Replace(located, price, quantity, ref sink),
                _ => RejectionCode.UnknownMarket,
            };
        }

        if (code != RejectionCode.None) sink.Rejected(account, clientOrderId, code);
        return code;
    }

    /// <summary>
    /// Cancels all open orders of the account, oldest first; halted markets too.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="market">Only those of this market; null for all.</param>
    /// <param name="side">Only those of this side; null for both.</param>
    /// <param name="sink">Is told of each.</param>
    /// <returns>How many there were.</returns>
    public uint CancelOrders<TSink>(uint account, uint? market, Side? side, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        RequireAccount(account);
        var cancelled = 0U;
        for (uint slot = _state.Orders.OldestOf(account), next; slot != 0; slot = next)
        {
            ref readonly var detail = ref _state.Orders.Details[slot];
            next = detail.Younger;
            if (market is { } number && detail.Market != number) continue;
            if (side is { } wanted && SideOf(slot) != wanted) continue;
            CancelSlot(slot, CancelReason.Requested, ref sink);
            cancelled++;
        }

        return cancelled;
    }

    /// <summary>Cancels the open orders that a session placed to end with it, oldest first.</summary>
    public void EndSession<TSink>(uint account, ulong session, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        RequireAccount(account);
        for (uint slot = _state.Orders.OldestOf(account), next; slot != 0; slot = next)
        {
            ref readonly var detail = ref _state.Orders.Details[slot];
            next = detail.Younger;
            if ((detail.Flags & OrderFlags.CancelOnDisconnect) != 0 && detail.Session == session)
                CancelSlot(slot, CancelReason.Disconnected, ref sink);
        }
    }

    /// <summary>Names the entry of the block that is applied next: orders that it ends remember it.</summary>
    public void BeginEntry(uint index) => _state.Orders.Entry = index;

    /// <summary>Hints that an order of that account will be placed, cancelled or replaced, a few commands from now.</summary>
    public void ExpectCommand(uint account, ulong clientOrderId) =>
        _state.Orders.ExpectLookUp(_state.Orders.HashOf(account, clientOrderId));

    /// <summary>Hints the same again, some commands later and some before it.</summary>
    public void ExpectCommandSoon(uint account, ulong clientOrderId) =>
        _state.Orders.ExpectOrder(_state.Orders.HashOf(account, clientOrderId));

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

    private Side SideOf(uint slot) => _markets[_state.Orders.Details[slot].Market] is ContinuousMarket continuous
        ? continuous.Book.SideOf(slot) : _state.Crossing[slot].Side;

    private static RejectionCode Repeat<TSink>(uint account, in NewOrder order, bool isSame, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        if (isSame)
        {
            sink.OrderAccepted(account, order);
            return RejectionCode.None;
        }

        sink.Rejected(account, order.ClientOrderId, RejectionCode.DuplicateClientOrderId);
        return RejectionCode.DuplicateClientOrderId;
    }

    /// <summary>Refuses to change an order that is not open; says where it ended if it did so not long ago.</summary>
    private RejectionCode RejectAbsent<TSink>(uint account, ulong clientOrderId, uint located, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        if (located == 0)
        {
            sink.Rejected(account, clientOrderId, RejectionCode.UnknownOrder);
            return RejectionCode.UnknownOrder;
        }

        ref readonly var ended = ref _state.Orders.EndedAt(located);
        var code = ended.End == OrderEnd.Filled ? RejectionCode.AlreadyFilled : RejectionCode.AlreadyCancelled;
        sink.RejectedTooLate(account, clientOrderId, code, ended.Block, ended.Entry);
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
