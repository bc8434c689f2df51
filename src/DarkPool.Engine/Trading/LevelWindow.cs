using System.Numerics;
using System.Runtime.CompilerServices;
using DarkPool.Engine.Memory;

namespace DarkPool.Engine.Trading;

/// <summary>
/// The levels of one side near its best price: a ring of level nodes addressed by the low bits of the step, under a hierarchy of 64-bit
/// bitmaps of the levels that have orders. Because a step's place in the ring does not depend on where the window starts, the window
/// slides without moving what stays inside. Setting and clearing a level's bit takes no branch; the words above change with the first and
/// the last of 64 levels, which is seldom where prices are dense and nearly always where they are not. A key is its step times the scale's
/// grain, so that levels lie side by side in the cache in whatever unit prices are given.
/// </summary>
internal unsafe struct LevelWindow
{
    /// <summary>64^3 ticks: three full heights of bitmap. 1 MiB of ring a side, touched only where prices are.</summary>
    public const int MaxBits = 18;

    /// <summary>Where a book starts: a page of ring, so that a venue of many idle markets stays small.</summary>
    public const int MinBits = 12;

    /// <summary>Windows start at a multiple of it: the steps of a word of bitmap come and go together.</summary>
    public const long Alignment = 1 << WordBits;

    private const int WordBits = 6;
    private const int WordMask = 63;

    private readonly PinnedBuffer<uint> _ringBuffer;
    private readonly PinnedBuffer<ulong> _leafBuffer;
    private readonly PinnedBuffer<ulong> _middleBuffer;
    private readonly uint* _ring;
    private readonly ulong* _leaves;
    private readonly ulong* _middles;
    private readonly ulong _mask;
    private ulong _top;

    public LevelWindow(int bits, long start, PriceScale scale)
    {
        Scale = scale;
        Bits = bits;
        Size = 1UL << bits;
        _mask = Size - 1;
        Start = start;
        _ringBuffer = new PinnedBuffer<uint>(1L << bits);
        _leafBuffer = new PinnedBuffer<ulong>(1L << (bits - WordBits));
        _middleBuffer = new PinnedBuffer<ulong>(1L << (bits - (2 * WordBits)));
        _ring = _ringBuffer.Items;
        _leaves = _leafBuffer.Items;
        _middles = _middleBuffer.Items;
    }

    /// <summary>From keys to steps.</summary>
    public readonly PriceScale Scale;

    /// <summary>log2 of the window's size.</summary>
    public int Bits { get; }

    /// <summary>Steps covered.</summary>
    public ulong Size { get; }

    /// <summary>The lowest step covered.</summary>
    public long Start { get; private set; }

    /// <summary>Bytes held.</summary>
    public long Bytes => _ringBuffer.Bytes + _leafBuffer.Bytes + _middleBuffer.Bytes;

    /// <summary>Whether the window covers a step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Covers(long step) => (ulong)step - (ulong)Start < Size;

    /// <summary>Where a covered step's level stands in the ring: the same wherever the window starts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint PlaceOf(long step) => (uint)((ulong)step & _mask);

    /// <summary>Where the node of the level at a place is kept: 0 stands there if it has no orders.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint* Node(uint place) => _ring + place;

    /// <summary>Notes that a level has orders.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Occupy(uint place)
    {
        ref var leaf = ref _leaves[place >> WordBits];
        var before = leaf;
        leaf = before | (1UL << (int)place);
        if (before != 0) return;
        _middles[place >> (2 * WordBits)] |= 1UL << (int)(place >> WordBits);
        _top |= 1UL << (int)(place >> (2 * WordBits));
    }

    /// <summary>Notes that a level has no orders any more, if that is so.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void VacateIf(bool empty, uint place)
    {
        ref var leaf = ref _leaves[place >> WordBits];
        var after = leaf & ~((empty ? 1UL : 0UL) << (int)place);
        leaf = after;
        if (after != 0) return;
        ref var middle = ref _middles[place >> (2 * WordBits)];
        middle &= ~(1UL << (int)(place >> WordBits));
        if (middle == 0) _top &= ~(1UL << (int)(place >> (2 * WordBits)));
    }

    /// <summary>The highest occupied step below a covered one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPrevious(long step, out long previous)
    {
        var place = (ulong)step & _mask;
        var start = (ulong)Start & _mask;
        var found = Below(place);
        if (place < start)
        {
            if (found < 0) found = Below(Size);
            previous = StepAt(found);
            return found >= 0 && ((ulong)found < place || (ulong)found >= start);
        }

        previous = StepAt(found);
        return found >= (long)start;
    }

    /// <summary>The highest occupied step.</summary>
    public bool TryHighest(out long step)
    {
        var last = (long)((ulong)Start + Size - 1);
        step = last;
        return (_leaves[((ulong)last & _mask) >> WordBits] >> (int)((ulong)last & WordMask) & 1) != 0 || TryPrevious(last, out step);
    }

    /// <summary>
    /// The distance to the highest occupied step below a place's, in the usual case that it lies within 64 words of bitmap. False says
    /// nothing.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPreviousNearby(uint place, out uint distance)
    {
        var leaf = place >> WordBits;
        var low = _leaves[leaf] & ((1UL << (int)place) - 1);
        if (low == 0)
        {
            var leaves = _middles[leaf >> WordBits] & ((1UL << (int)leaf) - 1);
            leaf = (leaf & ~(uint)WordMask) | (uint)BitOperations.Log2(leaves);
            low = leaves == 0 ? 0 : _leaves[leaf];
        }

        distance = place - ((leaf << WordBits) | (uint)BitOperations.Log2(low));

        // A place below in the ring may lie above in the window, round its end.
        return low != 0 && distance <= ((place - (ulong)Start) & _mask);
    }

    /// <summary>Count of occupied levels in a range of covered steps, both a multiple of <see cref="Alignment"/>.</summary>
    public long CountOccupied(long from, ulong count)
    {
        var (leaf, occupied) = (((ulong)from & _mask) >> WordBits, 0L);
        for (var left = count >> WordBits; left != 0; left--)
        {
            occupied += BitOperations.PopCount(_leaves[leaf]);
            leaf = (leaf + 1) & (_mask >> WordBits);
        }

        return occupied;
    }

    /// <summary>
    /// The first occupied step of a range as <see cref="CountOccupied"/> takes it, <paramref name="passed"/> steps of which are known to be
    /// empty; it comes back as how many more are.
    /// </summary>
    public bool TryFirst(long from, ulong count, ref ulong passed, out long step)
    {
        for (; passed < count; passed += Alignment)
        {
            var word = _leaves[(((ulong)from + passed) & _mask) >> WordBits];
            if (word == 0) continue;
            step = (long)((ulong)from + passed + (uint)BitOperations.TrailingZeroCount(word));
            return true;
        }

        step = 0;
        return false;
    }

    /// <summary>Moves the window. What it no longer covers must have been taken out before.</summary>
    public void MoveTo(long start) => Start = start;

    /// <summary>The highest place below <paramref name="place"/> with its bit set, or -1. Takes the size itself for "anywhere".</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Below(ulong place)
    {
        var leaf = place >> WordBits;
        if (place < Size)
        {
            var low = _leaves[leaf] & ((1UL << (int)place) - 1);
            if (low != 0) return (long)((leaf << WordBits) | (uint)BitOperations.Log2(low));
        }

        var middle = leaf >> WordBits;
        if (place < Size)
        {
            var low = _middles[middle] & ((1UL << (int)leaf) - 1);
            if (low != 0) return Last((middle << WordBits) | (uint)BitOperations.Log2(low));
        }

        var tops = middle > WordMask ? _top : _top & ((1UL << (int)middle) - 1);
        if (tops == 0) return -1;
        middle = (uint)BitOperations.Log2(tops);
        return Last((middle << WordBits) | (uint)BitOperations.Log2(_middles[middle]));
    }

    private long Last(ulong leaf) => (long)((leaf << WordBits) | (uint)BitOperations.Log2(_leaves[leaf]));

    private long StepAt(long place) => (long)((ulong)Start + (((ulong)place - (ulong)Start) & _mask));
}
