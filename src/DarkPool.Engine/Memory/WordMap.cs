using System.Numerics;
using System.Runtime.InteropServices;

namespace DarkPool.Engine.Memory;

/// <summary>
/// From 64-bit keys to 64-bit values other than zero: open addressing with linear probing; a removal shifts the followers back, so there
/// are no tombstones and a table that is filled and emptied for ever stays as it is. At most half full.
/// </summary>
internal sealed unsafe class WordMap
{
    private const int SmallestCapacity = 16;

    private static readonly HashKey Key = new(0);

    private PinnedBuffer<Entry> _buffer = new(SmallestCapacity);
    private ulong _mask = SmallestCapacity - 1;
    private int _shift = 32 - BitOperations.Log2(SmallestCapacity);

    [StructLayout(LayoutKind.Sequential)]
    private struct Entry
    {
        public ulong Key;
        public ulong Value;
    }

    public int Count { get; private set; }

    public long Bytes => _buffer.Bytes;

    /// <summary>The value of a key, or zero.</summary>
    public ulong Get(ulong key)
    {
        var entries = _buffer.Items;
        for (var at = Home(key); ; at = (at + 1) & _mask)
        {
            if (entries[at].Value == 0) return 0;
            if (entries[at].Key == key) return entries[at].Value;
        }
    }

    /// <summary>Sets the value of a key; zero removes it.</summary>
    public void Set(ulong key, ulong value)
    {
        if (value == 0)
        {
            Remove(key);
            return;
        }

        if ((ulong)Count * 2 > _mask) Double();
        var entries = _buffer.Items;
        for (var at = Home(key); ; at = (at + 1) & _mask)
        {
            if (entries[at].Value == 0)
            {
                entries[at] = new Entry { Key = key, Value = value };
                Count++;
                return;
            }

            if (entries[at].Key != key) continue;
            entries[at].Value = value;
            return;
        }
    }

    private void Remove(ulong key)
    {
        var entries = _buffer.Items;
        var hole = Home(key);
        while (entries[hole].Key != key)
        {
            if (entries[hole].Value == 0) return;
            hole = (hole + 1) & _mask;
        }

        if (entries[hole].Value == 0) return;
        Count--;
        for (var at = (hole + 1) & _mask; entries[at].Value != 0; at = (at + 1) & _mask)
        {
            // An entry may move back into the hole unless its home lies after it.
            if (((at - Home(entries[at].Key)) & _mask) < ((at - hole) & _mask)) continue;
            entries[hole] = entries[at];
            hole = at;
        }

        entries[hole] = default;
    }

    private ulong Home(ulong key) => Key.Of(key) >> _shift;

    private void Double()
    {
        var old = _buffer;
        _buffer = new PinnedBuffer<Entry>(old.Length * 2);
        _mask = (ulong)_buffer.Length - 1;
        _shift--;
        Count = 0;
        for (var at = 0; at < old.Length; at++)
        {
            if (old.Items[at].Value != 0) Set(old.Items[at].Key, old.Items[at].Value);
        }
    }
}
