using DarkPool.Engine.Memory;

namespace DarkPool.Engine.Trading.Midpoint;

/// <summary>
/// Crosses orders at the middle of a reference, first come first served among all who accept that price; usable alone as <see
/// cref="ContinuousBook"/> is. Whenever the reference moves, the orders that accept the new middle meet as if they arrived in the order
/// of their priority: a re-peg moves nobody's place. Without a usable reference nothing trades. An order that cannot satisfy a minimum
/// or may not trade with another is passed over and blocks nobody. Nothing is allocated per operation once memory has grown. A command
/// costs what it trades and passes over; a moved reference costs a step per order.
/// </summary>
public sealed partial class MidpointBook
{
    /// <summary>Most orders that may rest in one book.</summary>
    public const int MaxOrders = 1 << 24;

    /// <summary>Resting orders that one arriving order may have to pass over: bounds the work of a command.</summary>
    public const int MaxSkips = 4096;

    private const int SmallestCapacity = 64;

    private readonly MidpointQueue _orders;
    private readonly SlotIndex _ids;
    private readonly HashKey _hash;

    /// <summary>Ids of orders that the present command lifted off their minimums and that have yet to meet whom they passed over.</summary>
    private readonly List<ulong> _lifted = [];

    /// <summary>An empty book without a reference.</summary>
    /// <param name="capacity">Resting orders to make room for at once; more are taken as they come.</param>
    /// <param name="hashSeed">As in <see cref="ContinuousBook"/>.</param>
    public MidpointBook(int capacity = SmallestCapacity, ulong hashSeed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, MaxOrders);
        _hash = new HashKey(hashSeed);
        _orders = new MidpointQueue(Math.Max(capacity, SmallestCapacity));
        _ids = new SlotIndex(capacity);
    }

    /// <summary>Orders resting.</summary>
    public long Count => _ids.Count;

    /// <summary>The reference; null if there is none at which anything may trade.</summary>
    public MidpointReference? Reference { get; private set; }

    /// <summary>Places an order. What can trade trades; the rest rests, or is cancelled if it is immediate.</summary>
    /// <returns>Why it was refused, or <see cref="BookRejection.None"/>.</returns>
    public BookRejection Place<TSink, TFilter>(in MidpointOrder order, TFilter filter, ref TSink sink)
        where TSink : struct, IBookSink, allows ref struct
        where TFilter : struct, ICounterpartyFilter
    {
        var hash = _hash.Of(order.Id);
        var taker = new MidpointNode(order);
        var reason = Judge(order, hash);
        if (reason == BookRejection.None && order.Execution == Execution.PostOnly && WouldTrade(order, filter))
            reason = BookRejection.WouldTrade;
        if (reason != BookRejection.None)
        {
            sink.Rejected(order.Id, reason);
            return reason;
        }

        sink.Accepted(order.Id, order.Side, order.Limit, order.Quantity);
        if (Admits(taker)) Match(ref taker, filter, ref sink);
        if (taker.Lots != 0 && order.Execution is Execution.Rest or Execution.PostOnly) Rest(taker, hash);
        else if (taker.Lots != 0) sink.Cancelled(order.Id, new Quantity(taker.Lots), ReasonOf(order.Execution));
        MeetAgain(filter, ref sink);
        return BookRejection.None;
    }

    /// <summary>Whether an order would trade if it arrived now.</summary>
    public bool WouldTrade<TFilter>(in MidpointOrder order, TFilter filter)
        where TFilter : struct, ICounterpartyFilter
    {
        var taker = new MidpointNode(order);
        return Admits(taker) && Reach(taker, 1, filter) != 0;
    }

    /// <summary>Cancels a resting order.</summary>
    /// <returns>Why it was refused, or <see cref="BookRejection.None"/>.</returns>
    public BookRejection Cancel<TSink>(ulong id, ref TSink sink)
        where TSink : struct, IBookSink, allows ref struct
    {
        var slot = Find(id);
        if (slot == 0)
        {
            sink.Rejected(id, BookRejection.UnknownOrder);
            return BookRejection.UnknownOrder;
        }

        var lots = _orders[slot].Lots;
        Remove(slot);
        sink.Cancelled(id, new Quantity(lots), CancelReason.Requested);
        return BookRejection.None;
    }

    /// <summary>
    /// Gives a resting order a new limit and a new open quantity. It keeps its priority if the limit stays and the quantity falls; else it
    /// is the last to have come, after it traded what it can.
    /// </summary>
    /// <returns>Why it was refused, or <see cref="BookRejection.None"/>.</returns>
    public BookRejection Replace<TSink, TFilter>(ulong id, Price limit, Quantity quantity, TFilter filter, ref TSink sink)
        where TSink : struct, IBookSink, allows ref struct
        where TFilter : struct, ICounterpartyFilter
    {
        var slot = Find(id);
        var reason = slot == 0 ? BookRejection.UnknownOrder
            : quantity.Lots == 0 ? BookRejection.InvalidQuantity
            : WouldTrade(_orders[slot], limit, quantity, filter) ? BookRejection.WouldTrade
            : BookRejection.None;
        if (reason != BookRejection.None)
        {
            sink.Rejected(id, reason);
            return reason;
        }

        var keeps = Keeps(_orders[slot], limit, quantity);
        sink.Replaced(id, limit, quantity, keeps);
        if (keeps)
        {
            Shrank(slot, quantity.Lots);
            MeetAgain(filter, ref sink);
            return BookRejection.None;
        }

        var taker = _orders[slot];
        Remove(slot);
        (taker.Limit, taker.Lots) = (limit.Ticks, quantity.Lots);
        if (Admits(taker)) Match(ref taker, filter, ref sink);
        if (taker.Lots != 0) Rest(taker, _hash.Of(id));
        MeetAgain(filter, ref sink);
        return BookRejection.None;
    }

    /// <summary>Whether an order that rests is post only and would trade if it were replaced so.</summary>
    public bool WouldTrade<TFilter>(ulong id, Price limit, Quantity quantity, TFilter filter)
        where TFilter : struct, ICounterpartyFilter
    {
        var slot = Find(id);
        return slot != 0 && WouldTrade(_orders[slot], limit, quantity, filter);
    }

    private bool WouldTrade<TFilter>(MidpointNode order, Price limit, Quantity quantity, TFilter filter)
        where TFilter : struct, ICounterpartyFilter
    {
        if (order.Execution != Execution.PostOnly || Keeps(order, limit, quantity)) return false;
        (order.Limit, order.Lots) = (limit.Ticks, quantity.Lots);
        return Admits(order) && Reach(order, 1, filter) != 0;
    }

    private static bool Keeps(in MidpointNode order, Price limit, Quantity quantity) =>
        order.Limit == limit.Ticks && quantity.Lots < order.Lots;

    /// <summary>Takes a new reference, or none, and trades what it brings together.</summary>
    public void Refer<TSink, TFilter>(in MidpointReference? reference, TFilter filter, ref TSink sink)
        where TSink : struct, IBookSink, allows ref struct
        where TFilter : struct, ICounterpartyFilter
    {
        var usable = reference is { IsUsable: true } ? reference : null;
        var same = usable is { } next && Reference is { } last && next.Midpoint == last.Midpoint && next.IsLocked == last.IsLocked;
        Reference = usable;
        if (same) return;
        _orders.LeaveAll();
        if (usable is null) return;
        for (var slot = _orders.Oldest; slot != 0;)
        {
            var following = _orders[slot].Next;
            if (Admits(_orders[slot])) Meet(slot, filter, ref sink);
            slot = following;
        }
    }

    /// <summary>The resting orders in order of their priority.</summary>
    public IEnumerable<MidpointOrder> Orders()
    {
        for (var slot = _orders.Oldest; slot != 0; slot = _orders[slot].Next) yield return _orders[slot].ToOrder();
    }

    /// <summary>A resting order.</summary>
    public bool TryFind(ulong id, out MidpointOrder order)
    {
        var slot = Find(id);
        order = slot == 0 ? default : _orders[slot].ToOrder();
        return slot != 0;
    }

    /// <summary>
    /// Puts an order back, after those of higher priority, into a book that has its reference already; nothing trades.
    /// </summary>
    /// <returns>False if no such order can rest.</returns>
    public bool Restore(in MidpointOrder order)
    {
        var hash = _hash.Of(order.Id);
        if (Judge(order, hash) != BookRejection.None || order.Execution is not (Execution.Rest or Execution.PostOnly)) return false;
        Rest(new MidpointNode(order), hash);
        return true;
    }

    private static CancelReason ReasonOf(Execution execution) =>
        execution == Execution.FillOrKill ? CancelReason.FillOrKill : CancelReason.ImmediateOrCancel;

    private BookRejection Judge(in MidpointOrder order, uint hash)
    {
        if (order.Side is not (Side.Buy or Side.Sell) || order.Execution > Execution.PostOnly || order.Peg > Peg.Market)
            return BookRejection.InvalidTerms;
        if (order.Quantity.Lots == 0) return BookRejection.InvalidQuantity;
        if (FindSlot(order.Id, hash) != 0) return BookRejection.DuplicateId;
        return Count >= MaxOrders ? BookRejection.BookFull : BookRejection.None;
    }

    private bool Admits(in MidpointNode order) => Reference is { } reference && reference.Admits(order.Side, order.Peg, order.Limit);

    private void Rest(in MidpointNode order, uint hash)
    {
        var slot = _orders.Append(order);
        _ids.Add(hash, slot);
        if (Admits(order)) _orders.Join(slot);
    }

    private void Remove(uint slot)
    {
        _ids.Remove(_hash.Of(_orders[slot].Id), slot);
        _orders.Remove(slot);
    }

    private uint Find(ulong id) => FindSlot(id, _hash.Of(id));

    private uint FindSlot(ulong id, uint hash) => _ids.Find(hash, new IdMatch(_orders, id));

    private readonly struct IdMatch(MidpointQueue orders, ulong id) : ISlotMatch
    {
        public bool Matches(uint slot) => orders[slot].Id == id;
    }
}
