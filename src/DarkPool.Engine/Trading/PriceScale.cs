using System.Numerics;
using System.Runtime.CompilerServices;

namespace DarkPool.Engine.Trading;

/// <summary>
/// From keys of a ladder to steps, where every key of interest is a multiple of one grain: dollars times 10,000 quoted in cents have a
/// grain of 100. Prices side by side then have steps side by side, and their levels share cache lines. To divide a multiple is to multiply
/// by the inverse of the grain's odd part modulo 2^64 and to rotate by its power of two (Granlund and Montgomery, "Division by invariant
/// integers using multiplication", 1994, section 9); that sends just the multiples to <see cref="Lowest"/> .. <see cref="Highest"/> and
/// every other key out of that range.
/// </summary>
internal readonly struct PriceScale
{
    /// <summary>The largest grain in use: it leaves room for a window of 2^18 steps many times over.</summary>
    private const ulong MaxGrain = 1UL << 40;

    private readonly ulong _inverse;
    private readonly ulong _offset;
    private readonly int _shift;
    private readonly long _bias;
    private readonly long _middle;

    /// <summary>A scale for keys that, each raised by <paramref name="bias"/> (0 or 1), are multiples of a grain.</summary>
    public PriceScale(ulong grain, long bias)
    {
        Grain = grain - 1 < MaxGrain ? (long)grain : 1;

        // Division is that of unsigned numbers, so step 0 lies at the most negative multiple. Without a grain a step is its key.
        _bias = Grain == 1 ? 0 : bias;
        _middle = Grain == 1 ? 0 : (long)((1UL << 63) / (ulong)Grain);
        _shift = BitOperations.TrailingZeroCount(Grain);
        _inverse = Inverse((ulong)Grain >> _shift);
        _offset = (ulong)(_bias + (_middle * Grain)) * _inverse;
    }

    /// <summary>Keys from one step to the next.</summary>
    public long Grain { get; }

    /// <summary>The lowest step in use; a multiple of a window's alignment.</summary>
    public long Lowest => Grain == 1 ? long.MinValue : LevelWindow.Alignment;

    /// <summary>The highest step in use: as the lowest, a little inside of where keys would wrap round.</summary>
    public long Highest => Grain == 1 ? long.MaxValue : (long.MaxValue / Grain) + _middle - LevelWindow.Alignment;

    /// <summary>The step of a key; out of range for a key that is not on the grain.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long StepOf(long key) => (long)BitOperations.RotateRight(((ulong)key * _inverse) + _offset, _shift);

    /// <summary>The key of a step in range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long KeyOf(long step) => ((step - _middle) * Grain) - _bias;

    /// <summary>The lowest step whose key is not below <paramref name="key"/>, on the grain or not.</summary>
    public long StepAtOrAbove(long key)
    {
        var raised = key + _bias;
        if (raised < key) return long.MaxValue;
        var multiple = raised / Grain;
        return (multiple * Grain < raised ? multiple + 1 : multiple) + _middle;
    }

    /// <summary>The greatest common divisor of one so far (0 before the first key) and a key, raised by the bias.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Common(ulong divisor, long key, long bias) => divisor == 1 ? 1 : CommonOf(divisor, key, bias);

    private static ulong CommonOf(ulong divisor, long key, long bias)
    {
        var other = Magnitude(key + bias);
        if (divisor != 0 && other % divisor == 0) return divisor;
        while (other != 0) (divisor, other) = (other, divisor % other);
        return divisor;
    }

    private static ulong Magnitude(long value) => value < 0 ? 0UL - (ulong)value : (ulong)value;

    /// <summary>
    /// Newton's iteration for the inverse of an odd number modulo 2^64: three correct bits at first, twice as many each time.
    /// </summary>
    private static ulong Inverse(ulong odd)
    {
        var inverse = odd;
        for (var bits = 3; bits < 64; bits *= 2) inverse *= 2 - (odd * inverse);
        return inverse;
    }
}
