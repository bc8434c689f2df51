using DarkPool.Engine.Memory;

namespace DarkPool.Engine.Trading.Auctions;

/// <summary>
/// A book that trades only when an auction is called, then at one price for all; usable alone as <see cref="ContinuousBook"/> is. Orders
/// that came between two auctions have no order among themselves: whatever way they came, the auction ends the same. An order that waits
/// keeps its age, counted in auctions. An immediate order is there for one auction only. Nothing is allocated per operation once memory has
/// grown to the most orders that ever waited. An auction costs what its crossing orders cost, however many wait away from the price.
/// </summary>
public sealed partial class AuctionBook
{
    /// <summary>Most orders that may wait in one book.</summary>
    public const int MaxOrders = 1 << 24;

    private const int SmallestCapacity = 64;

    private readonly OrderPool _pool;
    private readonly LimitBook _book;
    private readonly SlotIndex _ids;
    private readonly HashKey _hash;
    private readonly UniformCross _cross = new();
    private Attributes[] _attributes;

    /// <summary>An empty book.</summary>
    /// <param name="capacity">Waiting orders to make room for at once; more are taken as they come.</param>
    /// <param name="hashSeed">As in <see cref="ContinuousBook"/>.</param>
    public AuctionBook(int capacity = SmallestCapacity, ulong hashSeed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, MaxOrders);
        _hash = new HashKey(hashSeed);
        _pool = new OrderPool(capacity);
        _book = new LimitBook(_pool);
        _ids = new SlotIndex(capacity);
        _attributes = new Attributes[_pool.Capacity];
    }

    /// <summary>What a waiting order has beside its node.</summary>
    private struct Attributes
    {
        public TradeMinimum Minimum;
        public ulong Key;
        public ulong Cohort;
        public Execution Execution;

        /// <summary>The place in the list of this auction's immediate orders, from 1.</summary>
        public int ImmediatePlace;
    }

    /// <summary>Orders waiting.</summary>
    public long Count => _ids.Count;

    /// <summary>Auctions held so far: the number of the next one.</summary>
    public ulong Auctions { get; private set; }

    /// <summary>Places an order; it trades in the next auction at the earliest.</summary>
    /// <returns>Why it was refused, or <see cref="BookRejection.None"/>.</returns>
    public BookRejection Place<TSink>(in AuctionOrder order, ref TSink sink)
        where TSink : struct, IAuctionSink, allows ref struct
    {
        var hash = _hash.Of(order.Id);
        var reason = Judge(order, hash);
        if (reason != BookRejection.None)
        {
            sink.Rejected(order.Id, reason);
            return reason;
        }

        Wait(order, Auctions, hash);
        sink.Accepted(order);
        return BookRejection.None;
    }

    /// <summary>Cancels a waiting order.</summary>
    /// <returns>Why it was refused, or <see cref="BookRejection.None"/>.</returns>
    public BookRejection Cancel<TSink>(ulong id, ref TSink sink)
        where TSink : struct, IAuctionSink, allows ref struct
    {
        var slot = Find(id);
        if (slot == 0)
        {
            sink.Rejected(id, BookRejection.UnknownOrder);
            return BookRejection.UnknownOrder;
        }

        End(slot, CancelReason.Requested, ref sink);
        return BookRejection.None;
    }

    /// <summary>
    /// Gives a waiting order a new price and a new open quantity. It keeps its age if the price stays and the quantity falls; else it is as
    /// young as an order placed now.
    /// </summary>
    /// <returns>Why it was refused, or <see cref="BookRejection.None"/>.</returns>
    public BookRejection Replace<TSink>(ulong id, Price price, Quantity quantity, ref TSink sink)
        where TSink : struct, IAuctionSink, allows ref struct
    {
        var slot = Find(id);
        var reason = slot == 0 ? BookRejection.UnknownOrder : quantity.Lots == 0 ? BookRejection.InvalidQuantity : BookRejection.None;
        if (reason != BookRejection.None)
        {
            sink.Rejected(id, reason);
            return reason;
        }

        var keeps = _book.PriceOf(slot) == price.Ticks && quantity.Lots < _book.Order(slot).Lots;
        if (keeps)
        {
            _book.Reduce(slot, quantity.Lots);
        }
        else
        {
            var order = Waiting(slot).Order with { Price = price, Quantity = quantity };
            Remove(slot);
            Wait(order, Auctions, _hash.Of(id));
        }

        sink.Replaced(id, price, quantity, keeps);
        return BookRejection.None;
    }

    /// <summary>A waiting order.</summary>
    public bool TryFind(ulong id, out WaitingOrder order)
    {
        var slot = Find(id);
        order = slot == 0 ? default : Waiting(slot);
        return slot != 0;
    }

    /// <summary>The waiting orders of a side, best limit first. Placed again in this order by <see cref="Restore"/>, they make the same
    /// book.</summary>
    public IEnumerable<WaitingOrder> Orders(Side side) => _book.Slots(side).Select(Waiting);

    /// <summary>Puts an order back into a book that has been restored up to there.</summary>
    /// <returns>False if no such order can wait.</returns>
    public bool Restore(in WaitingOrder waiting)
    {
        var hash = _hash.Of(waiting.Order.Id);
        if (waiting.Cohort > Auctions || Judge(waiting.Order, hash) != BookRejection.None) return false;
        Wait(waiting.Order, waiting.Cohort, hash);
        return true;
    }

    /// <summary>Says how many auctions a book that is being restored had held, before any order is put back.</summary>
    public void RestoreAuctions(ulong auctions)
    {
        if (Count != 0) throw new InvalidOperationException("Orders wait already.");
        Auctions = auctions;
    }

    private BookRejection Judge(in AuctionOrder order, uint hash)
    {
        if (order.Side is not (Side.Buy or Side.Sell) || order.Execution > Execution.FillOrKill) return BookRejection.InvalidTerms;
        if (order.Quantity.Lots == 0) return BookRejection.InvalidQuantity;
        if (FindSlot(order.Id, hash) != 0) return BookRejection.DuplicateId;
        return Count >= MaxOrders ? BookRejection.BookFull : BookRejection.None;
    }

    private void Wait(in AuctionOrder order, ulong cohort, uint hash)
    {
        var slot = _book.Rest(order.Side, order.Price.Ticks, order.Quantity.Lots, order.Id, order.Owner);
        if (slot >= _attributes.Length) Array.Resize(ref _attributes, checked((int)_pool.Capacity));
        _attributes[slot] = new Attributes
        {
            Minimum = order.Minimum,
            Key = order.Key,
            Cohort = cohort,
            Execution = order.Execution,
        };
        _ids.Add(hash, slot);
        if (order.Execution != Execution.Rest) AddImmediate(slot);
    }

    private WaitingOrder Waiting(uint slot)
    {
        ref readonly var node = ref _book.Order(slot);
        ref readonly var attributes = ref _attributes[slot];
        var order = new AuctionOrder
        {
            Id = node.Id,
            Owner = node.Owner,
            Key = attributes.Key,
            Side = _book.SideOf(slot),
            Price = new Price(_book.PriceOf(slot)),
            Quantity = new Quantity(node.Lots),
            Minimum = attributes.Minimum,
            Execution = attributes.Execution,
        };
        return new WaitingOrder(order, attributes.Cohort);
    }

    private void End<TSink>(uint slot, CancelReason reason, ref TSink sink)
        where TSink : struct, IAuctionSink, allows ref struct
    {
        var (id, lots) = (_book.Order(slot).Id, _book.Order(slot).Lots);
        Remove(slot);
        sink.Cancelled(id, new Quantity(lots), reason);
    }

    private void Remove(uint slot)
    {
        if (_attributes[slot].ImmediatePlace != 0) RemoveImmediate(slot);
        _ids.Remove(_hash.Of(_book.Order(slot).Id), slot);
        _book.Remove(slot);
    }

    private uint Find(ulong id) => FindSlot(id, _hash.Of(id));

    private unsafe uint FindSlot(ulong id, uint hash) => _ids.Find(hash, new IdMatch(_pool.Nodes, id));

    private readonly unsafe struct IdMatch(OrderNode* nodes, ulong id) : ISlotMatch
    {
        public bool Matches(uint slot) => nodes[slot].Id == id;
    }
}
