using System.Runtime.CompilerServices;

namespace DarkPool.Engine.Trading;

/// <summary>Who is told of each trade while a book matches. Implemented by a struct.</summary>
internal interface ITradeSink
{
    /// <summary>
    /// The maker at <paramref name="slot"/> trades at its own price; <paramref name="remaining"/> lots of it stay, and
    /// <paramref name="wanted"/> lots of the arriving order are still open.
    /// </summary>
    void Traded(uint slot, in OrderNode maker, long price, ulong lots, ulong remaining, ulong wanted);

    /// <summary>The maker that just traded has no more; its slot is free after this call.</summary>
    void Filled(uint slot, in OrderNode maker);
}

/// <summary>
/// Two ladders of orders with price-time priority, addressed by slot: what a continuous market is made of, without ids, owners or events.
/// Hot: one operation touches the level, the order, and its neighbours, and nothing else.
/// </summary>
internal sealed unsafe partial class LimitBook
{
    private readonly OrderPool _pool;

    /// <summary>By side: sides come at random, and picking one by index costs no branch.</summary>
    private Ladders _ladders;

    public LimitBook(OrderPool pool)
    {
        _pool = pool;
        _ladders[(int)Side.Buy] = new PriceLadder(pool, Side.Buy);
        _ladders[(int)Side.Sell] = new PriceLadder(pool, Side.Sell);
    }

    /// <summary>Bytes held beside the pool's.</summary>
    public long Bytes => Ladder(Side.Buy).Bytes + Ladder(Side.Sell).Bytes;

    /// <summary>A side's ladder.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PriceLadder Ladder(Side side) => LadderAt((nint)(uint)side);

    /// <summary>The ladder of those with whom an order of a side trades.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PriceLadder Makers(Side taker) => LadderAt((nint)(uint)Side.Buy + (nint)(uint)Side.Sell - (nint)(uint)taker);

    /// <summary>A price of a side as a key of its ladder, and back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Key(Side side, long price) => price ^ -((long)side - 1);

    /// <summary>A price as a key of the ladder with which an order of a side trades, and back: the complement of the side's own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long MakerKey(Side taker, long price) => ~Key(taker, price);

    /// <summary>The other side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Side Opposite(Side side) => side ^ (Side.Buy | Side.Sell);

    /// <summary>The slots of all resting orders of a side: best price first, oldest first.</summary>
    public IEnumerable<uint> Slots(Side side)
    {
        var ladder = Ladder(side);
        var (key, level) = (ladder.BestKey, ladder.BestLevel);
        while (level != 0)
        {
            for (var slot = Order(level).Next; slot != level; slot = Order(slot).Next) yield return slot;
            if (!ladder.TryNext(key, out key, out level)) break;
        }
    }

    /// <summary>The order at a slot.</summary>
    public ref OrderNode Order(uint slot) => ref _pool.Nodes[slot];

    /// <summary>The side on which an order rests.</summary>
    public Side SideOf(uint slot) => _pool.Nodes[_pool.Nodes[slot].Level].LevelSide;

    /// <summary>The price at which an order rests, in ticks.</summary>
    public long PriceOf(uint slot)
    {
        ref readonly var level = ref _pool.Nodes[_pool.Nodes[slot].Level];
        return Key(level.LevelSide, (long)level.Id);
    }

    /// <summary>Whether an order at that limit would trade at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Crosses(Side side, long limit)
    {
        var makers = Makers(side);
        return makers.BestKey >= MakerKey(side, limit) && makers.BestLevel != 0;
    }

    /// <summary>Whether <paramref name="lots"/> could trade at once at that limit. Costs a step per level, not per order.</summary>
    public bool CanFill(Side side, long limit, ulong lots)
    {
        var makers = Makers(side);
        var threshold = MakerKey(side, limit);
        var (key, level) = (makers.BestKey, makers.BestLevel);
        for (UInt128 sum = 0; level != 0 && key >= threshold;)
        {
            sum += _pool.Nodes[level].LevelLots;
            if (sum >= lots) return true;
            if (!makers.TryNext(key, out key, out level)) return false;
        }

        return false;
    }

    /// <summary>
    /// Trades an arriving order that crosses against the other side, best price first, oldest first, down to its limit; gives back what
    /// did not trade.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Match<TSink>(Side side, long limit, ulong lots, ref TSink sink)
        where TSink : struct, ITradeSink, allows ref struct
    {
        var makers = Makers(side);
        var threshold = MakerKey(side, limit);
        do
        {
            lots = MatchLevel(makers, MakerKey(side, makers.BestKey), lots, ref sink);
        }
        while (lots != 0 && makers.BestKey >= threshold && makers.BestLevel != 0);

        return lots;
    }

    /// <summary>Puts an order at the end of its price's queue.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Rest(Side side, long price, ulong lots, ulong id, uint owner)
    {
        var level = Ladder(side).Enter(Key(side, price));
        var slot = _pool.Rent();
        Append(_pool.Nodes, level, slot, lots, id, owner);
        return slot;
    }

    /// <summary>
    /// Does the same with the pool's free node, which there must be, if no level has to be made for it. It calls nothing, so that the loop
    /// of whoever calls keeps its variables in registers.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRest(uint free, Side side, long price, ulong lots, ulong id, uint owner)
    {
        var pool = _pool;
        var nodes = pool.Nodes;
        var level = Ladder(side).TryEnter(Key(side, price), nodes);
        if (level == 0) return false;
        pool.RentFree(nodes + free);
        Append(nodes, level, free, lots, id, owner);
        return true;
    }

    /// <summary>Takes an order out of wherever it stands in its queue.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Remove(uint slot) => Remove(_pool.Nodes, slot);

    /// <summary>The same for who has the nodes at hand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Remove(OrderNode* nodes, uint slot)
    {
        var order = nodes + slot;
        var level = order->Level;
        var sentinel = nodes + level;
        var (next, previous) = (order->Next, order->Previous);
        nodes[previous].Next = next;
        nodes[next].Previous = previous;
        sentinel->TakeLots(order->Lots);
        _pool.Return(order, slot);

        // Both neighbours of the last order of a level are the level.
        Ladder(sentinel->LevelSide).Leave(next ^ previous, level, sentinel->Owner);
    }

    /// <summary>Makes an order smaller where it stands.</summary>
    public void Reduce(uint slot, ulong lots)
    {
        var nodes = _pool.Nodes;
        nodes[nodes[slot].Level].TakeLots(nodes[slot].Lots - lots);
        nodes[slot].Lots = lots;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Append(OrderNode* nodes, uint level, uint slot, ulong lots, ulong id, uint owner)
    {
        var sentinel = nodes + level;
        var youngest = sentinel->Previous;
        var order = nodes + slot;
        order->Id = id;
        order->Lots = lots;
        order->Next = level;
        order->Previous = youngest;
        order->Level = level;
        order->Owner = owner;
        nodes[youngest].Next = slot;
        sentinel->Previous = slot;
        sentinel->AddLots(lots);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private PriceLadder LadderAt(nint place) => Unsafe.Add(ref Unsafe.As<Ladders, PriceLadder>(ref _ladders), place);

    /// <summary>
    /// Trades with one level. Which of taker and maker is the larger, nobody can predict: it is asked once for each maker, and all else
    /// follows from it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong MatchLevel<TSink>(PriceLadder makers, long price, ulong lots, ref TSink sink)
        where TSink : struct, ITradeSink, allows ref struct
    {
        var nodes = _pool.Nodes;
        var level = makers.BestLevel;
        var sentinel = nodes + level;
        var wanted = lots;
        var slot = sentinel->Next;
        do
        {
            var maker = nodes + slot;
            var open = maker->Lots;
            if (open > lots)
            {
                maker->Lots = open - lots;
                sink.Traded(slot, in *maker, price, lots, open - lots, 0);
                lots = 0;
                break;
            }

            lots -= open;
            maker->Lots = 0;
            sink.Traded(slot, in *maker, price, open, 0, lots);
            sink.Filled(slot, in *maker);
            var next = maker->Next;
            _pool.Return(maker, slot);
            slot = next;
        }
        while (lots != 0 & slot != level);

        sentinel->Next = slot;
        nodes[slot].Previous = level;
        sentinel->TakeLots(wanted - lots);
        if (slot == level) makers.Leave(others: 0, level, sentinel->Owner);
        return lots;
    }

    /// <summary>The place of no side, the bids, the asks.</summary>
    [InlineArray(3)]
    private struct Ladders
    {
        private PriceLadder _first;
    }
}
