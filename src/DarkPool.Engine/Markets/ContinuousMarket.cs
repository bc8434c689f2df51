using System.Runtime.CompilerServices;
using DarkPool.Engine.Journals;
using DarkPool.Engine.Memory;
using DarkPool.Engine.Orders;
using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Markets;

/// <summary>
/// Price-time priority as orders come. An order holds what it can cost at its limit before it trades; a fill is at the maker's price, and
/// what the taker held beyond it is released.
/// </summary>
internal sealed partial class ContinuousMarket(MarketTerms terms, VenueState state) : Market(terms, state)
{
    public LimitBook Book { get; } = new(state.Orders.Pool);

    /// <summary>Resting orders with a minimum: while there are none, nobody is asked for his.</summary>
    public long RestingMinimums { get; private set; }

    protected override IEnumerable<uint> Slots() => Book.Slots(Side.Buy).Concat(Book.Slots(Side.Sell));

    /// <summary>Takes an order whose terms were judged sound, under an id that is free.</summary>
    public RejectionCode Place<TSink>(
        uint account, in NewOrder order, uint hash, SlotIndex.FreeEntry place, ulong fingerprint, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        var code = TryGetLimit(order, out var limit);
        if (code != RejectionCode.None) return code;
        code = Admit(account, order, limit, out var payCell, out var hold);
        if (code != RejectionCode.None) return code;
        var incoming = new Incoming
        {
            Account = account,
            ClientOrderId = order.ClientOrderId,
            Hash = hash,
            Place = place,
            Side = order.Side,
            Price = limit,
            Lots = order.Quantity.Lots,
            SelfTrade = State.Counterparties.SelfTradeOf(account, order.SelfTradePrevention),
            Minimum = new TradeMinimum(order.MinimumQuantity.Lots, order.MinimumInteraction.Lots),
            IsWhole = order.TimeInForce == TimeInForce.FillOrKill,
        };
        if ((order.Flags & OrderFlags.PostOnly) != 0 && WouldMeet(incoming)) return RejectionCode.WouldTrade;

        var expiry = ExpiryOf(order, State.Time);
        Accept(account, order, expiry, ref sink);
        State.Ledger.Hold(payCell, hold);
        if (!order.Rests) CountImmediate(account);
        var detail = new OrderDetail
        {
            PayCell = payCell,
            Market = Number,
            FeeMillionths = MostFee,
            Flags = order.Flags,
            SelfTrade = order.SelfTradePrevention,
            HasMinimum = incoming.HasMinimum,
            Fingerprint = fingerprint,
            Session = order.Session,
        };
        var outcome = Trade(incoming, ref detail, ref sink);
        if (outcome.Remaining != 0 && !outcome.IsCancelled && order.Rests)
        {
            var slot = Rest(incoming, outcome.Remaining, detail);
            if (expiry != BlockTime.None) Expire(slot, expiry);
            return RejectionCode.None;
        }

        var reason = outcome.IsCancelled ? CancelReason.SelfTrade
            : incoming.IsWhole ? CancelReason.FillOrKill : CancelReason.ImmediateOrCancel;
        EndUnrested(incoming, detail, outcome, reason, ref sink);
        if (_lifted != 0) MeetAgain(ref sink);
        return RejectionCode.None;
    }

    /// <summary>Ends an open order.</summary>
    public void Cancel<TSink>(uint slot, uint hash, CancelReason reason, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        var order = Book.Order(slot);
        ref readonly var detail = ref State.Orders.Details[slot];
        State.Ledger.Release(detail.PayCell, HoldOf(Book.SideOf(slot), Book.PriceOf(slot), order.Lots, detail.FeeMillionths));
        if (detail.HasMinimum) RestingMinimums--;
        State.Orders.End(slot, hash, OrderEnd.Cancelled);
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
        var detail = State.Orders.Details[slot];
        if (!IsInsideCollar(side, price.Ticks)) return RejectionCode.OutsideCollar;
        if (!TryGetHold(side, price.Ticks, quantity.Lots, MostFee, out var hold)) return RejectionCode.NotionalOverflow;
        var oldHold = HoldOf(side, oldPrice, order.Lots, detail.FeeMillionths);
        if (hold > oldHold && State.Ledger[detail.PayCell].Available < hold - oldHold) return RejectionCode.InsufficientFunds;
        var keeps = oldPrice == price.Ticks && quantity.Lots < order.Lots;
        var incoming = new Incoming
        {
            Account = order.Owner,
            ClientOrderId = order.Id,
            Hash = hash,
            Side = side,
            Price = price.Ticks,
            Lots = quantity.Lots,
            SelfTrade = State.Counterparties.SelfTradeOf(order.Owner, detail.SelfTrade),
            Minimum = detail.HasMinimum ? State.Orders.Details.Minimum(slot) : default,
            IsWhole = false,
        };
        if (!keeps && (detail.Flags & OrderFlags.PostOnly) != 0 && WouldMeet(incoming)) return RejectionCode.WouldTrade;

        if (hold > oldHold) State.Ledger.Hold(detail.PayCell, hold - oldHold);
        else if (hold < oldHold) State.Ledger.Release(detail.PayCell, oldHold - hold);
        State.Orders.Details[slot].FeeMillionths = MostFee;
        State.Journal.Write(
            JournalKind.OrderReplaced, keeps ? (byte)1 : (byte)0, Number, order.Owner, order.Id, (ulong)price.Ticks, quantity.Lots);
        sink.OrderReplaced(order.Owner, order.Id, Number, keeps, price, quantity);
        if (keeps)
        {
            Book.Reduce(slot, quantity.Lots);
            if (detail.HasMinimum) Shrank(slot, order.Lots, quantity.Lots);
        }
        else
        {
            Reenter(slot, incoming, ref sink);
        }

        if (_lifted != 0) MeetAgain(ref sink);
        return RejectionCode.None;
    }

    /// <summary>Puts a snapshot's order back to where it rested.</summary>
    public uint Restore(in Incoming order, in OrderDetail detail) => Rest(order, order.Lots, detail);

    private void Reenter<TSink>(uint slot, in Incoming incoming, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        var detail = State.Orders.Details[slot];
        var expires = detail.ExpiryPlace != 0;
        var expiry = expires ? State.Orders.Expiring[slot] : default;
        if (detail.HasMinimum) RestingMinimums--;
        State.Orders.Detach(slot, incoming.Hash);
        Book.Remove(slot);
        detail.ExpiryPlace = 0;
        var outcome = Trade(incoming, ref detail, ref sink);
        if (outcome.Remaining == 0 || outcome.IsCancelled)
        {
            EndUnrested(incoming, detail, outcome, CancelReason.SelfTrade, ref sink);
            return;
        }

        expiry.Slot = Rest(incoming, outcome.Remaining, detail);
        if (expires) State.Orders.Expiring.Add(expiry);
    }

    /// <summary>Ends an order that does not come to rest: nothing of it is left, or what is left is cancelled.</summary>
    private void EndUnrested<TSink>(
        in Incoming order, in OrderDetail detail, in TakerOutcome outcome, CancelReason reason, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        var filled = outcome.Remaining == 0 && !outcome.IsCancelled;
        var end = filled ? OrderEnd.Filled : OrderEnd.Cancelled;
        State.Orders.AddEnded(order.Account, order.ClientOrderId, order.Hash, detail.Fingerprint, end, order.Place);
        if (filled) return;
        var hold = HoldOf(order.Side, order.Price, outcome.Remaining, detail.FeeMillionths);
        if (hold != 0) State.Ledger.Release(detail.PayCell, hold);
        ReportCancel(order.Account, order.ClientOrderId, outcome.Remaining + outcome.LastDecrement, reason, ref sink);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Rest(in Incoming order, ulong lots, in OrderDetail detail)
    {
        var slot = Book.Rest(order.Side, order.Price, lots, order.ClientOrderId, order.Account);
        State.Orders.Add(slot, order.Hash, detail, order.Place);
        if (!detail.HasMinimum) return slot;
        State.Orders.Details.Minimum(slot) = order.Minimum;
        RestingMinimums++;
        return slot;
    }

    private void Expire(uint slot, BlockTime expiry) =>
        State.Orders.Expiring.Add(new Expiry { Time = expiry.Microseconds, Sequence = ++State.ExpiringOrders, Slot = slot });
}
