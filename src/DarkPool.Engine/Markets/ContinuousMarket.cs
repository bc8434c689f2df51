using System.Runtime.CompilerServices;
using DarkPool.Engine.Journals;
using DarkPool.Engine.Orders;
using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Markets;

/// <summary>
/// Price-time priority as orders come. An order holds what it can cost at its limit before it trades; a fill is at the maker's price, and
/// what the taker held beyond it is released.
/// </summary>
internal sealed partial class ContinuousMarket(MarketTerms terms, VenueState state) : Market(terms)
{
    public LimitBook Book { get; } = new(state.Orders.Pool);

    private VenueState State => state;

    /// <summary>Takes an order whose terms were judged sound.</summary>
    public RejectionCode Place<TSink>(uint account, in NewOrder order, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        var orders = state.Orders;
        var hash = orders.HashOf(account, order.ClientOrderId);
        var rests = order.Rests;
        if (!TryGetHold(order.Side, order.Price.Ticks, order.Quantity.Lots, out var hold)) return RejectionCode.NotionalOverflow;
        if (orders.Find(account, order.ClientOrderId, hash) != 0) return RejectionCode.DuplicateClientOrderId;
        if (rests && orders.CountOf(account) >= VenueLimits.MaxOpenOrdersPerAccount) return RejectionCode.TooManyOpenOrders;
        if (rests && orders.Count >= VenueLimits.MaxOpenOrders) return RejectionCode.BookFull;
        if (order.Flags != OrderFlags.None && Book.Crosses(order.Side, order.Price.Ticks)) return RejectionCode.WouldTrade;
        var payCell = state.Ledger.Find(account, PaysWith(order.Side));
        if (payCell == 0 || state.Ledger[payCell].Available < hold) return RejectionCode.InsufficientFunds;

        var expiry = ExpiryOf(order, state.Time);
        Accept(account, order, expiry, ref sink);
        state.Ledger.Hold(payCell, hold);
        var detail = new OrderDetail { PayCell = payCell, Market = Number };
        var incoming = new Incoming(account, order.ClientOrderId, order.Side, order.Price.Ticks, order.Quantity.Lots);
        var kills = order.TimeInForce == TimeInForce.FillOrKill && !Book.CanFill(order.Side, order.Price.Ticks, order.Quantity.Lots);
        var remaining = kills ? order.Quantity.Lots : Trade(incoming, ref detail, ref sink);
        if (remaining == 0) return RejectionCode.None;
        if (rests)
        {
            var slot = Rest(incoming, remaining, hash, detail);
            if (expiry != BlockTime.None) Expire(slot, expiry);
        }
        else
        {
            state.Ledger.Release(payCell, HoldOf(order.Side, order.Price.Ticks, remaining));
            var reason = kills ? CancelReason.FillOrKill : CancelReason.ImmediateOrCancel;
            ReportCancel(account, order.ClientOrderId, remaining, reason, ref sink);
        }

        return RejectionCode.None;
    }

    /// <summary>Ends an open order.</summary>
    public void Cancel<TSink>(uint slot, uint hash, CancelReason reason, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        var order = Book.Order(slot);
        var side = Book.SideOf(slot);
        state.Ledger.Release(state.Orders.Details[slot].PayCell, HoldOf(side, Book.PriceOf(slot), order.Lots));
        state.Orders.Remove(slot, hash);
        Book.Remove(slot);
        ReportCancel(order.Owner, order.Id, order.Lots, reason, ref sink);
    }

    /// <summary>Gives an open order a new price and open quantity.</summary>
    public RejectionCode Replace<TSink>(uint slot, uint hash, Price price, Quantity quantity, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        var order = Book.Order(slot);
        var side = Book.SideOf(slot);
        var oldPrice = Book.PriceOf(slot);
        var detail = state.Orders.Details[slot];
        if (!TryGetHold(side, price.Ticks, quantity.Lots, out var hold)) return RejectionCode.NotionalOverflow;
        var oldHold = HoldOf(side, oldPrice, order.Lots);
        if (hold > oldHold && state.Ledger[detail.PayCell].Available < hold - oldHold) return RejectionCode.InsufficientFunds;

        if (hold > oldHold) state.Ledger.Hold(detail.PayCell, hold - oldHold);
        else if (hold < oldHold) state.Ledger.Release(detail.PayCell, oldHold - hold);
        var keeps = oldPrice == price.Ticks && quantity.Lots < order.Lots;
        state.Journal.Write(
            JournalKind.OrderReplaced, keeps ? (byte)1 : (byte)0, Number, order.Owner, order.Id, (ulong)price.Ticks, quantity.Lots);
        sink.OrderReplaced(order.Owner, order.Id, Number, keeps, price, quantity);
        if (keeps) Book.Reduce(slot, quantity.Lots);
        else Reenter(slot, hash, new Incoming(order.Owner, order.Id, side, price.Ticks, quantity.Lots), detail, ref sink);
        return RejectionCode.None;
    }

    private void Reenter<TSink>(uint slot, uint hash, in Incoming incoming, OrderDetail detail, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        var expiry = detail.ExpiryPlace == 0 ? default : state.Orders.Expiring[slot];
        var expires = detail.ExpiryPlace != 0;
        state.Orders.Remove(slot, hash);
        Book.Remove(slot);
        detail.ExpiryPlace = 0;
        var remaining = Trade(incoming, ref detail, ref sink);
        if (remaining == 0) return;
        expiry.Slot = Rest(incoming, remaining, hash, detail);
        if (expires) state.Orders.Expiring.Add(expiry);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Rest(in Incoming order, ulong lots, uint hash, in OrderDetail detail)
    {
        var slot = Book.Rest(order.Side, order.Price, lots, order.ClientOrderId, order.Account);
        state.Orders.Add(slot, hash, detail);
        return slot;
    }

    private void Expire(uint slot, BlockTime expiry) =>
        state.Orders.Expiring.Add(new Expiry { Time = expiry.Microseconds, Sequence = ++state.ExpiringOrders, Slot = slot });

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Accept<TSink>(uint account, in NewOrder order, BlockTime expiry, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        var detail = (byte)((byte)order.Side | ((byte)order.TimeInForce << 4));
        state.Journal.Write(
            JournalKind.OrderAccepted, detail, Number, account, order.ClientOrderId, (ulong)order.Price.Ticks, order.Quantity.Lots);
        if (order.HasAttributes) WriteAttributes(account, order);
        if (expiry != BlockTime.None)
            state.Journal.Write(JournalKind.OrderExpires, 0, Number, account, order.ClientOrderId, (ulong)expiry.Microseconds, 0);

        sink.OrderAccepted(account, order);
    }

    private void WriteAttributes(uint account, in NewOrder order)
    {
        var switches = (ulong)order.Type | ((ulong)order.Flags << 8) | ((ulong)order.SelfTradePrevention << 16);
        state.Journal.Write(
            JournalKind.OrderAttributes, 0, Number, account, switches, order.MinimumQuantity.Lots, order.MinimumInteraction.Lots);
    }

    private void ReportCancel<TSink>(uint account, ulong clientOrderId, ulong lots, CancelReason reason, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        state.Journal.Write(JournalKind.OrderCancelled, (byte)reason, Number, account, clientOrderId, lots, 0);
        sink.OrderCancelled(account, clientOrderId, Number, reason, new Quantity(lots));
    }
}
