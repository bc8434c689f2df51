using System.Globalization;
using System.Numerics;

namespace DarkPool.Engine.Arithmetic;

/// <summary>
/// An unsigned 256-bit integer, for the intermediates of lending arithmetic. Never allocates, never wraps: what does not fit
/// throws <see cref="OverflowException"/>, as the EVM's checked arithmetic reverts.
/// </summary>
public readonly partial struct UInt256 : IEquatable<UInt256>, IComparable<UInt256>
{
    private readonly UInt128 _high;
    private readonly UInt128 _low;

    /// <summary>Makes the number <paramref name="high"/> * 2^128 + <paramref name="low"/>.</summary>
    public UInt256(UInt128 high, UInt128 low)
    {
        _high = high;
        _low = low;
    }

    /// <summary>0.</summary>
    public static UInt256 Zero => default;

    /// <summary>1.</summary>
    public static UInt256 One => new(0, 1);

    /// <summary>2^256 - 1: what Aave's callers pass to mean "all of it".</summary>
    public static UInt256 MaxValue => new(UInt128.MaxValue, UInt128.MaxValue);

    /// <summary>True for 0.</summary>
    public bool IsZero => _high == 0 && _low == 0;

    /// <summary>The upper 128 bits.</summary>
    public UInt128 High => _high;

    /// <summary>The lower 128 bits.</summary>
    public UInt128 Low => _low;

    /// <summary>Widens; always exact.</summary>
    public static implicit operator UInt256(UInt128 value) => new(0, value);

    /// <summary>Widens; always exact.</summary>
    public static implicit operator UInt256(ulong value) => new(0, value);

    /// <summary>Narrows to 128 bits.</summary>
    /// <exception cref="OverflowException">The value is 2^128 or more.</exception>
    public static explicit operator UInt128(UInt256 value) => value._high == 0 ? value._low : throw Overflow();

    /// <summary>Narrows to 64 bits.</summary>
    /// <exception cref="OverflowException">The value is 2^64 or more.</exception>
    public static explicit operator ulong(UInt256 value) => checked((ulong)(UInt128)value);

    /// <summary>The sum.</summary>
    /// <exception cref="OverflowException">The sum is 2^256 or more.</exception>
    public static UInt256 operator +(UInt256 left, UInt256 right)
    {
        var low = left._low + right._low;
        var carry = low < left._low ? UInt128.One : UInt128.Zero;
        var high = checked(left._high + right._high);
        return new UInt256(checked(high + carry), low);
    }

    /// <summary>The difference.</summary>
    /// <exception cref="OverflowException"><paramref name="right"/> is greater than <paramref name="left"/>.</exception>
    public static UInt256 operator -(UInt256 left, UInt256 right)
    {
        if (left < right) throw Overflow();
        var borrow = left._low < right._low ? UInt128.One : UInt128.Zero;
        return new UInt256(left._high - right._high - borrow, left._low - right._low);
    }

    /// <summary>The product.</summary>
    /// <exception cref="OverflowException">The product is 2^256 or more.</exception>
    public static UInt256 operator *(UInt256 left, UInt256 right)
    {
        if (left._high != 0 && right._high != 0) throw Overflow();
        var product = Multiply(left._low, right._low);
        var cross = left._high != 0 ? Multiply(left._high, right._low) : Multiply(right._high, left._low);
        return cross._high == 0 ? new UInt256(checked(product._high + cross._low), product._low) : throw Overflow();
    }

    /// <summary>The quotient, rounded down.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="right"/> is zero.</exception>
    public static UInt256 operator /(UInt256 left, UInt256 right) => DivRem(left, right, out _);

    /// <summary>The remainder of the division.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="right"/> is zero.</exception>
    public static UInt256 operator %(UInt256 left, UInt256 right)
    {
        DivRem(left, right, out var remainder);
        return remainder;
    }

    /// <summary>Equality of values.</summary>
    public static bool operator ==(UInt256 left, UInt256 right) => left._low == right._low && left._high == right._high;

    /// <summary>Inequality of values.</summary>
    public static bool operator !=(UInt256 left, UInt256 right) => !(left == right);

    /// <summary>Order of values.</summary>
    public static bool operator <(UInt256 left, UInt256 right) =>
        left._high != right._high ? left._high < right._high : left._low < right._low;

    /// <summary>Order of values.</summary>
    public static bool operator >(UInt256 left, UInt256 right) => right < left;

    /// <summary>Order of values.</summary>
    public static bool operator <=(UInt256 left, UInt256 right) => !(right < left);

    /// <summary>Order of values.</summary>
    public static bool operator >=(UInt256 left, UInt256 right) => !(left < right);

    /// <summary>The smaller of two.</summary>
    public static UInt256 Min(UInt256 left, UInt256 right) => left < right ? left : right;

    /// <summary>Reads decimal digits.</summary>
    /// <exception cref="FormatException">Not decimal digits.</exception>
    /// <exception cref="OverflowException">2^256 or more.</exception>
    public static UInt256 Parse(string digits)
    {
        ArgumentException.ThrowIfNullOrEmpty(digits);
        var value = Zero;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit)) throw new FormatException("Decimal digits are expected.");
            value = (value * 10UL) + (ulong)(digit - '0');
        }

        return value;
    }

    /// <inheritdoc/>
    public int CompareTo(UInt256 other) => this < other ? -1 : this == other ? 0 : 1;

    /// <inheritdoc/>
    public bool Equals(UInt256 other) => this == other;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is UInt256 other && this == other;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_high, _low);

    /// <summary>The decimal digits.</summary>
    public override string ToString() =>
        (((BigInteger)_high << 128) + (BigInteger)_low).ToString(CultureInfo.InvariantCulture);

    private static OverflowException Overflow() => new("The value does not fit into its integer type.");
}
