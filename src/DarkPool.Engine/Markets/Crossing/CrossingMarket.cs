using DarkPool.Engine.Journals;
using DarkPool.Engine.Orders;
using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Markets.Crossing;

/// <summary>
/// What markets share that keep their orders in a book of their own, under the slots by which the venue knows them: opening and closing
/// orders, holding and paying, and telling. An order holds what it can cost at one price for as long as it is open.
/// </summary>
internal abstract class CrossingMarket(MarketTerms terms, VenueState state) : Market(terms)
{
    protected VenueState State => state;

    /// <summary>An order that was judged and can be opened.</summary>
    protected readonly record struct Opening(uint Hash, uint PayCell, long HoldPrice, bool Holds, UInt128 Hold);

    /// <summary>Judges an order by the venue's state.</summary>
    /// <param name="account">Its owner.</param>
    /// <param name="order">The order.</param>
    /// <param name="holdPrice">The price it holds for; positive.</param>
    /// <param name="holds">Whether it holds anything yet.</param>
    /// <param name="opening">What <see cref="Open"/> needs.</param>
    protected RejectionCode Prepare(uint account, in NewOrder order, long holdPrice, bool holds, out Opening opening)
    {
        var orders = state.Orders;
        var hash = orders.HashOf(account, order.ClientOrderId);
        opening = default;
        if (!TryGetHold(order.Side, holdPrice, order.Quantity.Lots, out var hold)) return RejectionCode.NotionalOverflow;
        if (orders.Find(account, order.ClientOrderId, hash) != 0) return RejectionCode.DuplicateClientOrderId;
        if (orders.CountOf(account) >= VenueLimits.MaxOpenOrdersPerAccount) return RejectionCode.TooManyOpenOrders;
        if (orders.Count >= VenueLimits.MaxOpenOrders) return RejectionCode.BookFull;
        var payCell = state.Ledger.Find(account, PaysWith(order.Side));
        if (payCell == 0 || (holds && state.Ledger[payCell].Available < hold)) return RejectionCode.InsufficientFunds;
        opening = new Opening(hash, payCell, holdPrice, holds, hold);
        return RejectionCode.None;
    }

    /// <summary>Opens an order: holds, journals, tells.</summary>
    /// <returns>Its slot: its id in the market's book.</returns>
    protected uint Open<TSink>(uint account, in NewOrder order, in Opening opening, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        var expiry = ExpiryOf(order, state.Time);
        var slot = OpenSlot(account, order.ClientOrderId, order.Quantity.Lots, new CrossingOrder
        {
            HoldPrice = opening.HoldPrice,
            HeldLots = opening.Holds ? order.Quantity.Lots : 0,
            Side = order.Side,
        });
        if (opening.Holds) state.Ledger.Hold(opening.PayCell, opening.Hold);
        CrossingJournal.Accepted(state.Journal, account, order, expiry);
        if (expiry != BlockTime.None)
            state.Orders.Expiring.Add(new Expiry { Time = expiry.Microseconds, Sequence = ++state.ExpiringOrders, Slot = slot });
        sink.OrderAccepted(account, order);
        return slot;
    }

    /// <summary>Gives an order a slot of the venue's pool.</summary>
    public uint OpenSlot(uint account, ulong clientOrderId, ulong lots, in CrossingOrder crossing)
    {
        var slot = state.Orders.Pool.Rent();
        ref var node = ref state.Orders.Pool.At(slot);
        node = new OrderNode { Id = clientOrderId, Owner = account, Lots = lots };
        state.Crossing.Add(slot, crossing);
        var payCell = state.Ledger.Find(account, PaysWith(crossing.Side));
        var detail = new OrderDetail { PayCell = payCell, Market = Number };
        state.Orders.Add(slot, state.Orders.HashOf(account, clientOrderId), detail);
        return slot;
    }

    /// <summary>Takes an order that ended, and holds nothing any more, out of the venue's books.</summary>
    protected void Close(uint slot)
    {
        ref readonly var node = ref state.Orders.Order(slot);
        state.Orders.Remove(slot, state.Orders.HashOf(node.Owner, node.Id));
        state.Orders.Pool.Return(slot);
    }

    /// <summary>Changes what an order holds for; it holds afterwards, whatever it did before.</summary>
    protected RejectionCode HoldFor(uint slot, long price, ulong lots)
    {
        ref var crossing = ref state.Crossing[slot];
        var payCell = state.Orders.Details[slot].PayCell;
        if (!TryGetHold(crossing.Side, price, lots, out var hold)) return RejectionCode.NotionalOverflow;
        var held = HoldOf(crossing.Side, crossing.HoldPrice, crossing.HeldLots);
        if (hold > held && state.Ledger[payCell].Available < hold - held) return RejectionCode.InsufficientFunds;
        if (hold > held) state.Ledger.Hold(payCell, hold - held);
        else if (hold < held) state.Ledger.Release(payCell, held - hold);
        (crossing.HoldPrice, crossing.HeldLots) = (price, lots);
        state.Orders.Pool.At(slot).Lots = lots;
        return RejectionCode.None;
    }

    /// <summary>Ends an order with lots that did not trade: releases, journals, tells.</summary>
    protected void End<TSink>(uint slot, ulong lots, CancelReason reason, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        var node = state.Orders.Order(slot);
        var crossing = state.Crossing[slot];
        var held = HoldOf(crossing.Side, crossing.HoldPrice, crossing.HeldLots);
        if (held != 0) state.Ledger.Release(state.Orders.Details[slot].PayCell, held);
        Close(slot);
        state.Journal.Write(JournalKind.OrderCancelled, (byte)reason, Number, node.Owner, node.Id, lots, 0);
        sink.OrderCancelled(node.Owner, node.Id, Number, reason, new Quantity(lots));
    }

    /// <summary>Journals and tells that an order was replaced.</summary>
    protected void Replaced<TSink>(uint slot, Price price, Quantity quantity, bool keptPriority, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        ref readonly var node = ref state.Orders.Order(slot);
        var kept = keptPriority ? (byte)1 : (byte)0;
        state.Journal.Write(JournalKind.OrderReplaced, kept, Number, node.Owner, node.Id, (ulong)price.Ticks, quantity.Lots);
        sink.OrderReplaced(node.Owner, node.Id, Number, keptPriority, price, quantity);
    }

    /// <summary>Pays for a trade of two open orders at a price within both their limits.</summary>
    /// <returns>What was paid, in base units of the quote asset.</returns>
    protected UInt128 Pay(uint buy, uint sell, long price, ulong lots)
    {
        var (ledger, notional) = (state.Ledger, Notional(price, lots));
        ref var buyer = ref state.Orders.Details[buy];
        ref var seller = ref state.Orders.Details[sell];
        if (buyer.ReceiveCell == 0) buyer.ReceiveCell = ledger.FindOrOpen(state.Orders.Order(buy).Owner, Terms.BaseAsset);
        if (seller.ReceiveCell == 0) seller.ReceiveCell = ledger.FindOrOpen(state.Orders.Order(sell).Owner, Terms.QuoteAsset);
        ledger.Pay(buyer.PayCell, seller.ReceiveCell, notional);
        ledger.Pay(seller.PayCell, buyer.ReceiveCell, BaseOf(lots));
        var excess = Notional(state.Crossing[buy].HoldPrice, lots) - notional;
        if (excess != 0) ledger.Release(buyer.PayCell, excess);
        state.Crossing[buy].HeldLots -= lots;
        state.Crossing[sell].HeldLots -= lots;
        return notional;
    }

    /// <summary>Journals and tells one side of a trade, and closes the order if nothing of it is left.</summary>
    protected void Fill<TSink>(uint slot, Liquidity liquidity, long price, ulong lots, ulong remaining, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        ref var node = ref state.Orders.Pool.At(slot);
        node.Lots = remaining;
        var (account, side) = (node.Owner, state.Crossing[slot].Side);
        state.Journal.Write(JournalKind.Crossed, (byte)side, Number, account, node.Id, (ulong)price, lots);
        var fill = new OrderFill
        {
            ClientOrderId = node.Id,
            TradeId = state.Trades,
            Market = Number,
            Side = side,
            Liquidity = liquidity,
            Price = new Price(price),
            Quantity = new Quantity(lots),
            Remaining = new Quantity(remaining),
        };
        if (remaining == 0) Close(slot);
        sink.OrderFilled(account, fill);
    }
}
