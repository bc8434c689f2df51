using System.Numerics;
using System.Runtime.CompilerServices;

namespace DarkPool.Engine.Memory;

/// <summary>The entries that live outside of their bucket, and the growing of the table: seldom, so out of line.</summary>
internal sealed unsafe partial class SlotIndex
{
    /// <summary>Removes the slot under that hash which <paramref name="match"/> takes and gives it back, or 0.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public uint Take<TMatch>(uint hash, TMatch match)
        where TMatch : struct, ISlotMatch, allows ref struct
    {
        var slot = Find(hash, match);
        if (slot != 0) Remove(hash, slot);
        return slot;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private uint* FindBeyond<TMatch>(uint tag, TMatch match)
        where TMatch : struct, ISlotMatch, allows ref struct
    {
        for (var bucket = Home(tag); ; bucket = Next(bucket))
        {
            for (var hits = Equal(bucket, tag); hits != 0; hits &= hits - 1)
            {
                var entry = bucket + Slots + (nuint)(uint)BitOperations.TrailingZeroCount(hits);
                if (match.Matches(*entry)) return entry;
            }

            if (bucket[Passed] == 0) return null;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddBeyond(uint tag, uint slot)
    {
        if (Count >= _limit) Double();
        Count++;
        Insert(tag, slot);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RemoveBeyond(uint tag, uint slot)
    {
        for (var bucket = Home(tag); ; bucket = Next(bucket))
        {
            for (var hits = Equal(bucket, tag); hits != 0; hits &= hits - 1)
            {
                var way = BitOperations.TrailingZeroCount(hits);
                if (bucket[Slots + way] != slot) continue;
                bucket[way] = 0;
                Count--;
                return;
            }

            if (bucket[Passed] == 0) throw new InvalidOperationException("The slot is not in the index.");
            bucket[Passed] -= OnePassed;
        }
    }

    private void Insert(uint tag, uint slot)
    {
        for (var bucket = Home(tag); ; bucket = Next(bucket))
        {
            var free = Equal(bucket, 0) & WayMask;
            if (free != 0)
            {
                Put(bucket, (uint)BitOperations.TrailingZeroCount(free), tag, slot);
                return;
            }

            bucket[Passed] += OnePassed;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Double()
    {
        var old = _buffer;
        _buffer = Adopt(checked((uint)(old.Length / BucketWords * 2)));
        for (var bucket = old.Items; bucket < old.Items + old.Length; bucket += BucketWords)
        {
            for (var way = 0; way < Ways; way++)
            {
                if (bucket[way] != 0) Insert(bucket[way], bucket[Slots + way]);
            }
        }
    }

    private uint* Next(uint* bucket)
    {
        var next = bucket + BucketWords;
        return next == _buckets + _buffer.Length ? _buckets : next;
    }
}
