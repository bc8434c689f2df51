using System.Runtime.CompilerServices;

namespace DarkPool.Engine.Memory;

/// <summary>
/// Multiply-shift hashing (Dietzfelbinger, Hagerup, Katajainen, Penttonen, "A reliable randomized algorithm for the closest-pair
/// problem", 1997): the upper half of a product with an odd number. Sequential keys come out evenly spread; with a multiplier that the
/// one who chooses the keys does not
/// know, two keys collide as rarely as random ones. The seed never shows in any result, since tables are only asked, never enumerated.
/// </summary>
internal readonly struct HashKey
{
    /// <summary>2^64 divided by the golden ratio: the multiplier that spreads sequential keys best.</summary>
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private readonly ulong _first;
    private readonly ulong _second;

    /// <summary>Multipliers drawn from a seed; those of seed 0 are known to everybody.</summary>
    public HashKey(ulong seed)
    {
        _first = seed == 0 ? Golden : Mix(seed) | 1;
        _second = Mix(seed + Golden) | 1;
    }

    /// <summary>Hashes one word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Of(ulong word) => (uint)((word * _first) >> 32);

    /// <summary>Hashes two words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Of(ulong word, ulong other) => (uint)(((word * _first) + (other * _second)) >> 32);

    /// <summary>The finalizer of SplitMix64.</summary>
    public static ulong Mix(ulong word)
    {
        word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9;
        word = (word ^ (word >> 27)) * 0x94D049BB133111EB;
        return word ^ (word >> 31);
    }
}
