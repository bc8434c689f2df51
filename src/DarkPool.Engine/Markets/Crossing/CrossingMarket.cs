using DarkPool.Engine.Journals;
using DarkPool.Engine.Orders;
using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Markets.Crossing;

/// <summary>
/// What markets share that keep their orders in a book of their own, under the slots by which the venue knows them: opening and closing
/// orders, holding and paying, and telling. An order holds what it can cost at one price for as long as it is open.
/// </summary>
internal abstract class CrossingMarket(MarketTerms terms, VenueState state) : Market(terms, state)
{
    /// <summary>Who may trade with whom.</summary>
    protected DistinctOwners Filter => new(State.Counterparties);

    /// <summary>An order that was judged and can be opened.</summary>
    protected readonly record struct Opening(uint Hash, ulong Fingerprint, uint PayCell, long HoldPrice, bool Holds, UInt128 Hold);

    /// <summary>Judges an order by the venue's state.</summary>
    /// <param name="account">Its owner.</param>
    /// <param name="order">The order.</param>
    /// <param name="holdPrice">The price it holds for; positive.</param>
    /// <param name="holds">Whether it holds anything yet.</param>
    /// <param name="opening">What <see cref="Open"/> needs; hash and fingerprint are given.</param>
    protected RejectionCode Prepare(uint account, in NewOrder order, long holdPrice, bool holds, ref Opening opening)
    {
        var code = Admit(account, order, holdPrice, out var payCell, out var hold);
        if (code == RejectionCode.InsufficientFunds && payCell != 0 && !holds) code = RejectionCode.None;
        opening = opening with { PayCell = payCell, HoldPrice = holdPrice, Holds = holds, Hold = hold };
        return code;
    }

    /// <summary>Opens an order: holds, journals, tells.</summary>
    /// <returns>Its slot: its id in the market's book.</returns>
    protected uint Open<TSink>(uint account, in NewOrder order, in Opening opening, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        var expiry = ExpiryOf(order, State.Time);
        var crossing = new CrossingOrder
        {
            HoldPrice = opening.HoldPrice,
            HeldLots = opening.Holds ? order.Quantity.Lots : 0,
            Side = order.Side,
        };
        var detail = new OrderDetail
        {
            PayCell = opening.PayCell,
            Market = Number,
            FeeMillionths = MostFee,
            Flags = order.Flags,
            SelfTrade = order.SelfTradePrevention,
            Fingerprint = opening.Fingerprint,
            Session = order.Session,
        };
        Accept(account, order, expiry, ref sink);
        var slot = OpenSlot(account, order.ClientOrderId, order.Quantity.Lots, crossing, detail);
        if (opening.Holds) State.Ledger.Hold(opening.PayCell, opening.Hold);
        if (!order.Rests) CountImmediate(account);
        if (expiry != BlockTime.None)
            State.Orders.Expiring.Add(new Expiry { Time = expiry.Microseconds, Sequence = ++State.ExpiringOrders, Slot = slot });
        return slot;
    }

    /// <summary>Gives an order a slot of the venue's pool.</summary>
    public uint OpenSlot(uint account, ulong clientOrderId, ulong lots, in CrossingOrder crossing, in OrderDetail detail)
    {
        var slot = State.Orders.Pool.Rent();
        State.Orders.Pool.At(slot) = new OrderNode { Id = clientOrderId, Owner = account, Lots = lots };
        State.Crossing.Add(slot, crossing);
        State.Orders.Add(slot, State.Orders.HashOf(account, clientOrderId), detail);
        return slot;
    }

    /// <summary>Changes what an order holds for; it holds afterwards, whatever it did before.</summary>
    protected RejectionCode HoldFor(uint slot, long price, ulong lots)
    {
        ref var crossing = ref State.Crossing[slot];
        ref var detail = ref State.Orders.Details[slot];
        if (!TryGetHold(crossing.Side, price, lots, MostFee, out var hold)) return RejectionCode.NotionalOverflow;
        var held = HeldBy(slot);
        if (hold > held && State.Ledger[detail.PayCell].Available < hold - held) return RejectionCode.InsufficientFunds;
        if (hold > held) State.Ledger.Hold(detail.PayCell, hold - held);
        else if (hold < held) State.Ledger.Release(detail.PayCell, held - hold);
        detail.FeeMillionths = MostFee;
        (crossing.HoldPrice, crossing.HeldLots) = (price, lots);
        State.Orders.Pool.At(slot).Lots = lots;
        return RejectionCode.None;
    }

    /// <summary>Ends an order with lots that did not trade: releases, journals, tells.</summary>
    protected void End<TSink>(uint slot, ulong lots, CancelReason reason, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        var node = State.Orders.Order(slot);
        var held = HeldBy(slot);
        if (held != 0) State.Ledger.Release(State.Orders.Details[slot].PayCell, held);
        Close(slot, OrderEnd.Cancelled);
        ReportCancel(node.Owner, node.Id, lots, reason, ref sink);
    }

    /// <summary>Journals and tells that an order was replaced.</summary>
    protected void Replaced<TSink>(uint slot, Price price, Quantity quantity, bool keptPriority, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        ref readonly var node = ref State.Orders.Order(slot);
        var kept = keptPriority ? (byte)1 : (byte)0;
        State.Journal.Write(JournalKind.OrderReplaced, kept, Number, node.Owner, node.Id, (ulong)price.Ticks, quantity.Lots);
        sink.OrderReplaced(node.Owner, node.Id, Number, keptPriority, price, quantity);
    }

    /// <summary>Carries out a trade of two open orders at a price within both their limits: pays, journals, tells.</summary>
    /// <param name="first">Who is told first, and how it came to trade.</param>
    /// <param name="second">The other one.</param>
    /// <param name="price">The price, in ticks.</param>
    /// <param name="lots">Lots traded.</param>
    /// <param name="sink">Is told of both sides.</param>
    /// <returns>What was paid, in base units of the quote asset.</returns>
    protected UInt128 Trade<TSink>(in Leg first, in Leg second, long price, ulong lots, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        State.Trades++;
        var notional = Notional(price, lots);
        var (one, other) = (PartyOf(first, notional), PartyOf(second, notional));
        var firstBuys = State.Crossing[first.Slot].Side == Side.Buy;
        var (buy, buyer) = firstBuys ? (first.Slot, one) : (second.Slot, other);
        var held = HeldBy(buy);
        Exchange(buyer, firstBuys ? other : one, notional, BaseOf(lots));
        State.Crossing[first.Slot].HeldLots -= lots;
        State.Crossing[second.Slot].HeldLots -= lots;
        var excess = held - HeldBy(buy) - notional - buyer.Fee;
        if (excess != 0) State.Ledger.Release(buyer.PayCell, excess);
        Fill(first, price, lots, one.Fee, ref sink);
        Fill(second, price, lots, other.Fee, ref sink);
        return notional;
    }

    /// <summary>One side of a trade: the order, how it came to trade, and what of it stays open.</summary>
    protected readonly record struct Leg(uint Slot, Liquidity Liquidity, ulong Remaining);

    private UInt128 HeldBy(uint slot)
    {
        ref readonly var crossing = ref State.Crossing[slot];
        return crossing.HeldLots == 0
            ? 0 : HoldOf(crossing.Side, crossing.HoldPrice, crossing.HeldLots, State.Orders.Details[slot].FeeMillionths);
    }

    private Party PartyOf(in Leg side, UInt128 notional)
    {
        ref var detail = ref State.Orders.Details[side.Slot];
        if (detail.ReceiveCell == 0)
            detail.ReceiveCell = State.Ledger.FindOrOpen(State.Orders.Order(side.Slot).Owner, Receives(State.Crossing[side.Slot].Side));
        var most = detail.FeeMillionths;
        var fee = side.Liquidity == Liquidity.Maker ? MakerFee(notional, most) : TakerFee(notional, most);
        return new Party(detail.PayCell, detail.ReceiveCell, fee);
    }

    private void Fill<TSink>(in Leg of, long price, ulong lots, UInt128 fee, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        ref var node = ref State.Orders.Pool.At(of.Slot);
        node.Lots = of.Remaining;
        var (account, side) = (node.Owner, State.Crossing[of.Slot].Side);
        State.Journal.Write(JournalKind.Crossed, (byte)side, Number, account, node.Id, (ulong)price, lots);
        var fill = new OrderFill
        {
            ClientOrderId = node.Id,
            TradeId = State.Trades,
            Market = Number,
            Side = side,
            Liquidity = of.Liquidity,
            Price = new Price(price),
            Quantity = new Quantity(lots),
            Remaining = new Quantity(of.Remaining),
            Fee = fee,
        };
        if (of.Remaining == 0) Close(of.Slot, OrderEnd.Filled);
        sink.OrderFilled(account, fill);
    }

    /// <summary>Takes an order that ended, and holds nothing any more, out of the venue's books.</summary>
    private void Close(uint slot, OrderEnd end)
    {
        ref readonly var node = ref State.Orders.Order(slot);
        State.Orders.End(slot, State.Orders.HashOf(node.Owner, node.Id), end);
        State.Orders.Pool.Return(slot);
    }
}
