using DarkPool.Engine.Arithmetic;

namespace DarkPool.Engine.Lending.Liquidation;

/// <summary>
/// Binary logarithms in fixed point: 8 bits whole, 24 bits of fraction, so one unit is a change by 4.1e-8. A level never exceeds the
/// true logarithm and lags it by less than two units: <c>level &lt;= log2(x) * 2^24 &lt; level + 2</c>. Levels of greater numbers are
/// not less.
/// </summary>
internal static class LogLevel
{
    /// <summary>Bits of fraction.</summary>
    public const int FractionBits = 24;

    /// <summary>How far the true logarithm may be above the level, in units.</summary>
    public const int Slack = 2;

    /// <summary>The level of a number; 0 has that of 1.</summary>
    public static uint Of(UInt256 value)
    {
        if (value.High == 0) return Of(value.Low);
        var exponent = 255 - (int)UInt128.LeadingZeroCount(value.High);
        return Level(exponent, LeadingBits(value, exponent));
    }

    /// <summary>The level of a number; 0 has that of 1.</summary>
    public static uint Of(UInt128 value)
    {
        if (value == 0) return 0;
        var exponent = 127 - (int)UInt128.LeadingZeroCount(value);
        return Level(exponent, (ulong)(exponent >= 63 ? value >> (exponent - 63) : value << (63 - exponent)));
    }

    /// <summary>The 64 leading bits of a number of 2^64 or more whose highest bit is <paramref name="exponent"/>, rounded
    /// down.</summary>
    internal static ulong LeadingBits(UInt256 value, int exponent)
    {
        var drop = exponent - 63;
        if (drop >= 128) return (ulong)(value.High >> (drop - 128));
        return drop <= 0 ? (ulong)(value.Low << -drop) : (ulong)((value.Low >> drop) | (value.High << (128 - drop)));
    }

    // Squaring a mantissa doubles its logarithm: each time that it passes 2, the next bit of the fraction is one.
    private static uint Level(int exponent, ulong mantissa)
    {
        var fraction = 0u;
        for (var bit = 0; bit < FractionBits; bit++)
        {
            var high = Math.BigMul(mantissa, mantissa, out var low);
            var passed = (uint)(high >> 63);
            fraction = (fraction << 1) | passed;
            mantissa = passed != 0 ? high : (high << 1) | (low >> 63);
        }

        return ((uint)exponent << FractionBits) | fraction;
    }
}
