using System.Numerics;
using DarkPool.Engine.Memory;

namespace DarkPool.Engine.Trading;

/// <summary>
/// The levels of one side that lie outside of its window: a sorted set over all 64-bit keys as a hierarchy of 64-bit bitmaps, eleven
/// words deep, of which only the words with a bit set exist, in a flat map. A step costs the same for any gap between prices, and a level
/// alone in the desert costs eleven words.
/// </summary>
internal sealed class FarLevels
{
    private const int WordBits = 6;
    private const int WordMask = 63;
    private const int TopHeight = 10;
    private const int HeightBits = 4;
    private const ulong SignBit = 1UL << 63;

    private readonly WordMap _nodes = new();
    private readonly WordMap _words = new();

    /// <summary>Count of levels.</summary>
    public int Count => _nodes.Count;

    /// <summary>The highest key, if there is any level.</summary>
    public long BestKey { get; private set; } = long.MinValue;

    /// <summary>Bytes held.</summary>
    public long Bytes => _nodes.Bytes + _words.Bytes;

    /// <summary>The node of a level, or 0.</summary>
    public uint Find(long key) => (uint)_nodes.Get((ulong)key);

    /// <summary>Adds a level that is not there.</summary>
    public void Add(long key, uint node)
    {
        _nodes.Set((ulong)key, node);
        BestKey = Math.Max(BestKey, key);
        var place = Ordered(key);
        for (var height = 0; height <= TopHeight; height++, place >>= WordBits)
        {
            var name = Name(height, place >> WordBits);
            var word = _words.Get(name);
            _words.Set(name, word | Bit(place));
            if (word != 0) return;
        }
    }

    /// <summary>Removes a level that is there.</summary>
    public void Remove(long key)
    {
        _nodes.Set((ulong)key, 0);
        var place = Ordered(key);
        for (var height = 0; height <= TopHeight; height++, place >>= WordBits)
        {
            var name = Name(height, place >> WordBits);
            var word = _words.Get(name) & ~Bit(place);
            _words.Set(name, word);
            if (word != 0) break;
        }

        if (key != BestKey) return;
        BestKey = TryPrevious(key, out var next) ? next : long.MinValue;
    }

    /// <summary>The highest key below <paramref name="key"/>.</summary>
    public bool TryPrevious(long key, out long previous)
    {
        var place = Ordered(key);
        for (var height = 0; height <= TopHeight; height++, place >>= WordBits)
        {
            var below = _words.Get(Name(height, place >> WordBits)) & (Bit(place) - 1);
            if (below == 0) continue;
            previous = Descend(height, ((place >> WordBits) << WordBits) | Highest(below));
            return true;
        }

        previous = long.MinValue;
        return false;
    }

    private long Descend(int height, ulong place)
    {
        while (height > 0)
        {
            height--;
            place = (place << WordBits) | Highest(_words.Get(Name(height, place)));
        }

        return (long)(place ^ SignBit);
    }

    private static ulong Ordered(long key) => (ulong)key ^ SignBit;

    private static ulong Bit(ulong place) => 1UL << (int)(place & WordMask);

    private static ulong Highest(ulong word) => (ulong)BitOperations.Log2(word);

    private static ulong Name(int height, ulong prefix) => (prefix << HeightBits) | (uint)height;
}
