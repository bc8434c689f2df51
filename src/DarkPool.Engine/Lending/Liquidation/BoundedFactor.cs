using DarkPool.Engine.Arithmetic;

namespace DarkPool.Engine.Lending.Liquidation;

/// <summary>
/// A positive real number between two bounds that are 2^-60 apart, relatively: fast to multiply, and honest about what it rounds away.
/// </summary>
internal readonly struct BoundedFactor
{
    /// <summary>Products above 2^100 are not computed: <see cref="TooLarge"/> stands for them.</summary>
    public const int MaxBits = 100;

    private const int Precision = 62;
    private const int WordBits = 64;

    private readonly ulong _low;
    private readonly ulong _high;
    private readonly int _shift;

    /// <summary><paramref name="numerator"/> * 2^<paramref name="scale"/> / <paramref name="denominator"/>.</summary>
    public BoundedFactor(UInt256 numerator, UInt256 denominator, int scale)
    {
        if (numerator.IsZero) return;
        var (over, overExponent) = Mantissa(numerator);
        var (under, underExponent) = Mantissa(denominator);
        _low = (ulong)(((UInt128)over << Precision) / ((UInt128)under + 1));
        _high = (ulong)((((UInt128)over + 1) << Precision) / under) + 1;
        _shift = overExponent - underExponent - Precision + scale;
    }

    /// <summary>What stands for a product that is too large.</summary>
    public static UInt128 TooLarge => UInt128.MaxValue;

    /// <summary>A lower bound of the product with a whole number; never above 2^<see cref="MaxBits"/>.</summary>
    public UInt128 Low(UInt128 value)
    {
        var (mantissa, exponent, _) = Mantissa(value);
        var product = Shifted(Product(mantissa, _low), exponent + _shift);
        return product == TooLarge ? UInt128.One << MaxBits : product;
    }

    /// <summary>An upper bound of the product with a whole number, or <see cref="TooLarge"/>.</summary>
    public UInt128 High(UInt128 value)
    {
        if (_high == 0) return 0;
        var (mantissa, exponent, isExact) = Mantissa(value);
        if (!isExact)
        {
            if (mantissa == ulong.MaxValue) return TooLarge;
            mantissa++;
        }

        var product = Shifted(Product(mantissa, _high), exponent + _shift);
        return product == TooLarge ? product : product + 1;
    }

    private static UInt128 Product(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return new UInt128(high, low);
    }

    private static UInt128 Shifted(UInt128 product, int shift)
    {
        if (product == 0) return 0;
        var bits = 128 - (int)UInt128.LeadingZeroCount(product) + shift;
        if (bits > MaxBits) return TooLarge;
        if (bits <= 0) return 0;
        return shift >= 0 ? product << shift : product >> -shift;
    }

    private static (ulong Bits, int Exponent) Mantissa(UInt256 value)
    {
        if (value.High == 0)
        {
            var top = 127 - (int)UInt128.LeadingZeroCount(value.Low);
            return ((ulong)(top >= WordBits - 1 ? value.Low >> (top - 63) : value.Low << (63 - top)), top - 63);
        }

        var exponent = 255 - (int)UInt128.LeadingZeroCount(value.High);
        return (LogLevel.LeadingBits(value, exponent), exponent - 63);
    }

    private static (ulong Bits, int Exponent, bool IsExact) Mantissa(UInt128 value)
    {
        if (value >> WordBits == 0) return ((ulong)value, 0, true);
        var drop = WordBits - (int)UInt128.LeadingZeroCount(value);
        var bits = (ulong)(value >> drop);
        return (bits, drop, (UInt128)bits << drop == value);
    }
}
