using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DarkPool.Engine.Memory;

/// <summary>Tells whether a slot that has the right hash is the one looked for.</summary>
internal interface ISlotMatch
{
    /// <summary>Compares the key that the slot's owner keeps with the wanted one.</summary>
    bool Matches(uint slot);
}

/// <summary>
/// From 32-bit hashes to slot numbers; the keys stay with whoever owns the slots. A bucket is one cache line: seven hashes, a count of
/// the entries that wanted this bucket and went past it, seven slots. A look-up compares all seven hashes with one vector instruction, so
/// its only branch that cannot be foreseen is whether there is an entry at all; probing entry by entry costs a misprediction in one
/// look-up of three. Slot 0 means none.
/// </summary>
internal sealed unsafe partial class SlotIndex
{
    private const int Ways = 7;
    private const int Passed = 7;
    private const int Slots = 8;
    private const int Nobody = 7;
    private const int BucketWords = 16;
    private const uint WayMask = (1u << Ways) - 1;

    /// <summary>
    /// What comparing a bucket with zero gives if all ways are taken and no entry went past it; more than that if a way is free besides.
    /// </summary>
    private const uint NobodyPassed = 1u << Passed;

    /// <summary>What an entry adds to the count of those that went past: it stays even, so that no hash equals it.</summary>
    private const uint OnePassed = 2;

    /// <summary>
    /// Mean entries in a bucket from which on the table doubles before it takes an entry; only <see cref="AddReserved"/> fills ways that
    /// are free beyond that. At 14/3 of 7, one entry in fifty lives outside of its bucket.
    /// </summary>
    private const int FullNumerator = 14;
    private const int FullDenominator = 3;

    private PinnedBuffer<uint> _buffer;
    private uint* _buckets;
    private int _shift;
    private long _limit;

    public SlotIndex(int capacity)
    {
        var buckets = BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, ((long)capacity * FullDenominator / FullNumerator) + 1));
        _buffer = Adopt(buckets);
    }

    /// <summary>Count of entries.</summary>
    public long Count { get; private set; }

    /// <summary>Bytes held.</summary>
    public long Bytes => _buffer.Bytes;

    /// <summary>Starts to bring the bucket of a hash near, for a look-up that comes soon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(uint hash)
    {
        if (Sse.IsSupported) Sse.Prefetch0(Home(Tag(hash)));
    }

    /// <summary>Some slot under that hash, mostly the one that <see cref="Find"/> gives: for hints only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Guess(uint hash)
    {
        var tag = Tag(hash);
        var bucket = Home(tag);
        var hits = Equal(bucket, tag) | (1u << Nobody);
        return bucket[Slots + (nuint)(uint)BitOperations.TrailingZeroCount(hits)];
    }

    /// <summary>The slot under that hash which <paramref name="match"/> takes, or 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Find<TMatch>(uint hash, TMatch match)
        where TMatch : struct, ISlotMatch, allows ref struct
    {
        var entry = FindEntry(hash, match);
        return entry == null ? 0 : *entry;
    }

    /// <summary>
    /// Where the slot stands that <see cref="Find"/> would give, or null. Void once a slot is added; taking others out leaves it valid.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint* FindEntry<TMatch>(uint hash, TMatch match)
        where TMatch : struct, ISlotMatch, allows ref struct
    {
        var tag = Tag(hash);
        var bucket = Home(tag);
        var hits = Equal(bucket, tag);
        if (hits != 0)
        {
            var entry = bucket + Slots + (nuint)(uint)BitOperations.TrailingZeroCount(hits);
            if (match.Matches(*entry)) return entry;
        }
        else if (bucket[Passed] == 0)
        {
            return null;
        }

        return FindBeyond(tag, match);
    }

    /// <summary>
    /// The same for who adds a slot if there is none: the entry's place comes from the same look. Taking entries out leaves it valid.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Contains<TMatch>(uint hash, TMatch match, out FreeEntry free)
        where TMatch : struct, ISlotMatch, allows ref struct => !TryReserve(hash, out free) && FindBeyond(free.Tag, match) != null;

    /// <summary>
    /// Whether a look at one bucket tells that nothing stands under that hash and that there is a place for it. False says nothing: for
    /// who has a slow path anyway.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReserve(uint hash, out FreeEntry free)
    {
        var tag = Tag(hash);
        var bucket = Home(tag);
        var ways = Equal(bucket, 0);
        free = new FreeEntry(bucket, (uint)BitOperations.TrailingZeroCount(ways), tag);
        return Equal(bucket, tag) == 0 && ways > NobodyPassed;
    }

    /// <summary>Adds a slot at the place that <see cref="TryReserve"/> gave; nothing may have been added since.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddReserved(FreeEntry free, uint slot)
    {
        Put(free.Bucket, free.Way, free.Tag, slot);
        Count++;
    }

    /// <summary>Adds a slot at the place that <see cref="Contains"/> gave; nothing may have been added since.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(FreeEntry free, uint slot)
    {
        if (free.Way >= Ways || Count >= _limit)
        {
            AddBeyond(free.Tag, slot);
            return;
        }

        AddReserved(free, slot);
    }

    /// <summary>Adds a slot that is not there yet, at a place that was reserved for its hash if there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(uint hash, FreeEntry reserved, uint slot)
    {
        if (reserved.Bucket == null) Add(hash, slot);
        else Add(reserved, slot);
    }

    /// <summary>Adds a slot that is not there yet.</summary>
    public void Add(uint hash, uint slot)
    {
        Debug.Assert(slot != 0, "slot 0 means none");
        AddBeyond(Tag(hash), slot);
    }

    /// <summary>
    /// Removes the slot under that hash which <paramref name="match"/> takes, 0 if there is none, if a look at one bucket tells. If not,
    /// nothing has changed: <see cref="Take"/> knows.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake<TMatch>(uint hash, TMatch match, out uint slot)
        where TMatch : struct, ISlotMatch, allows ref struct
    {
        var tag = Tag(hash);
        var bucket = Home(tag);
        var hits = Equal(bucket, tag);
        if (hits == 0)
        {
            slot = 0;
            return bucket[Passed] == 0;
        }

        bucket += (nuint)(uint)BitOperations.TrailingZeroCount(hits);
        slot = bucket[Slots];
        if (!match.Matches(slot)) return false;
        bucket[0] = 0;
        Count--;
        return true;
    }

    /// <summary>Removes a slot that was added under that hash.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Remove(uint hash, uint slot)
    {
        var tag = Tag(hash);
        var bucket = Home(tag);
        var hits = Equal(bucket, tag);
        bucket += (nuint)(uint)BitOperations.TrailingZeroCount(hits | (1u << Nobody));
        if (hits == 0 || bucket[Slots] != slot)
        {
            RemoveBeyond(tag, slot);
            return;
        }

        bucket[0] = 0;
        Count--;
    }

    /// <summary>A hash as it is stored: never 0, which marks a free way.</summary>
    private static uint Tag(uint hash) => hash | 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Equal(uint* bucket, uint tag) =>
        Vector256.Equals(Vector256.LoadAligned(bucket), Vector256.Create(tag)).ExtractMostSignificantBits();

    /// <summary>
    /// Writes an entry, its hash with all of the bucket's: who looks it up at once, as who cancels what he just placed, reads all of them,
    /// and a processor hands over what it has not written to the cache yet only to a read of no more than that.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(uint* bucket, uint way, uint tag, uint slot)
    {
        var isWay = Vector256.Equals(Vector256<uint>.Indices, Vector256.Create(way));
        Vector256.ConditionalSelect(isWay, Vector256.Create(tag), Vector256.LoadAligned(bucket)).StoreAligned(bucket);
        bucket[Slots + (nuint)way] = slot;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint* Home(uint tag) => _buckets + ((nuint)(tag >> _shift) * BucketWords);

    private PinnedBuffer<uint> Adopt(uint buckets)
    {
        var buffer = new PinnedBuffer<uint>((long)buckets * BucketWords);
        _buckets = buffer.Items;
        _shift = 32 - BitOperations.Log2(buckets);
        _limit = (long)buckets * FullNumerator / FullDenominator;
        return buffer;
    }

    /// <summary>A place for an entry: no way of the bucket if it is full, no bucket if none was asked for.</summary>
    public readonly struct FreeEntry(uint* bucket, uint way, uint tag)
    {
        public readonly uint* Bucket = bucket;
        public readonly uint Way = way;
        public readonly uint Tag = tag;
    }
}
