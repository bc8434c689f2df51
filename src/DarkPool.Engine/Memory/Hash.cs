namespace DarkPool.Engine.Memory;

/// <summary>
/// Hashes of the flat tables: the two halves of a 128-bit product folded together. One multiplication spreads sequential, strided and high-bit keys
/// alike. A table whose keys a stranger chooses takes a seed the stranger does not know; a seed never shows in any result, since tables are only
/// asked, never enumerated.
/// </summary>
internal static class Hash
{
    /// <summary>2^64 divided by the golden ratio, odd.</summary>
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>Folds one word.</summary>
    public static ulong Fold(ulong word, ulong seed)
    {
        var high = Math.BigMul(word ^ seed, Golden, out var low);
        return high ^ low;
    }

    /// <summary>Folds two words.</summary>
    public static ulong Fold(ulong first, ulong second, ulong seed)
    {
        var high = Math.BigMul(first ^ seed, (second * Golden) ^ (seed >> 7) ^ Golden, out var low);
        return high ^ low;
    }
}
