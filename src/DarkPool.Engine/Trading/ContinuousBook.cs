using System.Runtime.CompilerServices;
using DarkPool.Engine.Memory;

namespace DarkPool.Engine.Trading;

/// <summary>
/// A limit order book with price-time priority, usable alone: no ledger, no venue, no I/O. Order ids are any 64-bit number and may be
/// used again once the order has ended. Prices are any <see cref="long"/>; no operation's cost depends on the gap between prices or on
/// the depth of a queue. One writer at a time. Nothing is allocated per operation; memory grows only when more orders rest than ever
/// before.
/// </summary>
public sealed unsafe partial class ContinuousBook
{
    /// <summary>Most orders that may rest in one book: 2^28, eight GiB of nodes.</summary>
    public const int MaxOrders = 1 << 28;

    private const int SmallestCapacity = 64;

    /// <summary>Resting orders from which on hints are worth their time: half a mebibyte of nodes and ids.</summary>
    private const int WorthHints = 8192;

    private readonly OrderPool _pool;
    private readonly LimitBook _book;
    private readonly SlotIndex _ids;
    private readonly HashKey _hash;

    /// <summary>An empty book.</summary>
    /// <param name="capacity">Resting orders to make room for at once; more are taken as they come.</param>
    /// <param name="hashSeed">Where ids are chosen by strangers, a number that they cannot know; it shows in no result.</param>
    public ContinuousBook(int capacity = SmallestCapacity, ulong hashSeed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, MaxOrders);
        _hash = new HashKey(hashSeed);
        _pool = new OrderPool(capacity);
        _book = new LimitBook(_pool);
        _ids = new SlotIndex(capacity);
    }

    /// <summary>Orders resting.</summary>
    public long Count => _ids.Count;

    /// <summary>Bytes of memory that the book holds, ids included.</summary>
    public long Bytes => _pool.Bytes + _book.Bytes + _ids.Bytes;

    /// <summary>
    /// Whether hints about the commands to come are worth their time: a book of few orders stays in the processor's second-level cache
    /// anyway. To be asked once for a block of commands.
    /// </summary>
    public bool GainsByHints => _ids.Count >= WorthHints;

    /// <summary>
    /// Hints that a command about that id comes in some commands' time: where it will be looked up is brought near meanwhile. Whoever has
    /// commands in batches says this for each a few ahead, and <see cref="ExpectSoon"/> fewer ahead. Changes nothing but time.
    /// </summary>
    /// <param name="id">The id of a command to come.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Expect(ulong id) => _ids.Prefetch(HashOf(id));

    /// <summary>Hints the same once more, when <see cref="Expect"/> has had its time: the order itself is brought near.</summary>
    /// <param name="id">The id of a command to come.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ExpectSoon(ulong id) => _pool.Prefetch(_ids.Guess(HashOf(id)));

    /// <summary>Places an order.</summary>
    /// <param name="id">Any number that no resting order has.</param>
    /// <param name="side">Buy or sell.</param>
    /// <param name="price">The limit, in ticks.</param>
    /// <param name="quantity">The size, in lots; at least one.</param>
    /// <param name="execution">What happens to what does not trade at once.</param>
    /// <param name="sink">Is told what happened.</param>
    /// <returns>Why it was refused, or <see cref="BookRejection.None"/>.</returns>
    public BookRejection Place<TSink>(ulong id, Side side, Price price, Quantity quantity, Execution execution, ref TSink sink)
        where TSink : struct, IBookSink
    {
        // The fast path: an order that only rests, a reused node, an id that one look at its bucket tells to be new.
        var free = _pool.Free;
        if (quantity.Lots == 0 || (uint)side - 1 > 1 || execution > Execution.PostOnly || free == 0
            || !_ids.TryReserve(HashOf(id), out var place))
            return PlaceSlow(id, side, price, quantity, execution, ref sink);
        if (_book.Crosses(side, price.Ticks)) return Cross(id, side, price, quantity, execution, ref sink);
        sink.Accepted(id, side, price, quantity);
        if (NeverRests(execution)) Forgo(id, quantity, execution, ref sink);
        else if (_book.TryRest(free, side, price.Ticks, quantity.Lots, id, 0)) _ids.AddReserved(place, free);
        else Rest(id, side, price, quantity.Lots);
        return BookRejection.None;
    }

    /// <summary>Cancels a resting order.</summary>
    /// <returns>Why it was refused, or <see cref="BookRejection.None"/>.</returns>
    public BookRejection Cancel<TSink>(ulong id, ref TSink sink)
        where TSink : struct, IBookSink
    {
        var nodes = _pool.Nodes;
        if (!_ids.TryTake(HashOf(id), new IdMatch(nodes, id), out var slot)) return CancelSlow(id, ref sink);
        if (slot == 0) return Reject(id, BookRejection.UnknownOrder, ref sink);
        sink.Cancelled(id, new Quantity(nodes[slot].Lots), CancelReason.Requested);
        _book.Remove(nodes, slot);
        return BookRejection.None;
    }

    /// <summary>
    /// Gives a resting order a new price and a new open quantity. It keeps its priority if the price stays and the quantity falls; else it
    /// goes to the end of its queue, after it traded what it can.
    /// </summary>
    /// <returns>Why it was refused, or <see cref="BookRejection.None"/>.</returns>
    public BookRejection Replace<TSink>(ulong id, Price price, Quantity quantity, ref TSink sink)
        where TSink : struct, IBookSink
    {
        var hash = HashOf(id);
        var entry = _ids.FindEntry(hash, new IdMatch(_pool.Nodes, id));
        if (entry == null) return Reject(id, BookRejection.UnknownOrder, ref sink);
        if (quantity.Lots == 0) return Reject(id, BookRejection.InvalidQuantity, ref sink);
        var slot = *entry;
        var side = _book.SideOf(slot);
        var keeps = _book.PriceOf(slot) == price.Ticks && quantity.Lots < _pool.Nodes[slot].Lots;
        sink.Replaced(id, price, quantity, keeps);
        if (keeps)
        {
            _book.Reduce(slot, quantity.Lots);
            return BookRejection.None;
        }

        // The id stays where it stands meanwhile: makers' ids may go, and none comes.
        _book.Remove(slot);
        var remaining = _book.Crosses(side, price.Ticks) ? MatchReplaced(id, side, price, quantity.Lots, ref sink) : quantity.Lots;
        if (remaining == 0) _ids.Remove(hash, slot);
        else *entry = _book.Rest(side, price.Ticks, remaining, id, 0);
        return BookRejection.None;
    }

    /// <summary>The best price of a side and what rests there; false if nothing does.</summary>
    public bool TryBest(Side side, out BookLevel best)
    {
        var ladder = _book.Ladder(side);
        best = ladder.BestLevel == 0 ? default : LevelAt(side, ladder.BestKey, ladder.BestLevel);
        return ladder.BestLevel != 0;
    }

    /// <summary>Fills <paramref name="levels"/> with the best levels of a side, best first.</summary>
    /// <returns>Count of levels written.</returns>
    public int Depth(Side side, Span<BookLevel> levels)
    {
        var ladder = _book.Ladder(side);
        var (key, level, count) = (ladder.BestKey, ladder.BestLevel, 0);
        while (level != 0 && count < levels.Length)
        {
            levels[count++] = LevelAt(side, key, level);
            if (!ladder.TryNext(key, out key, out level)) break;
        }

        return count;
    }

    /// <summary>
    /// All resting orders of a side: best price first, oldest first. Placing them in that order in an empty book gives the same book.
    /// </summary>
    public IEnumerable<RestingOrder> Orders(Side side) => _book.Slots(side).Select(OrderAt);

    /// <summary>A resting order; false if none of that id rests.</summary>
    public bool TryGetOrder(ulong id, out RestingOrder order)
    {
        var slot = Find(id, HashOf(id));
        order = slot == 0 ? default : OrderAt(slot);
        return slot != 0;
    }

    private RestingOrder OrderAt(uint slot) =>
        new(_pool.Nodes[slot].Id, _book.SideOf(slot), new Price(_book.PriceOf(slot)), new Quantity(_pool.Nodes[slot].Lots));

    private BookLevel LevelAt(Side side, long key, uint level) => new(new Price(LimitBook.Key(side, key)), _pool.Nodes[level].LevelLots);

    private uint HashOf(ulong id) => _hash.Of(id);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Find(ulong id, uint hash) => _ids.Find(hash, new IdMatch(_pool.Nodes, id));

    private readonly struct IdMatch(OrderNode* nodes, ulong id) : ISlotMatch
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool Matches(uint slot) => nodes[slot].Id == id;
    }
}
