namespace DarkPool.Engine.Arithmetic;

/// <summary>Which way a division rounds.</summary>
public enum Rounding
{
    /// <summary>Toward zero.</summary>
    Floor,

    /// <summary>Away from zero.</summary>
    Ceiling,

    /// <summary>To the nearest, halves away from zero: Aave's <c>(a * b + half) / unit</c>.</summary>
    HalfUp,
}

/// <summary>Multiply, then divide, with the rounding named. Products are 256 bits wide and checked, as in the EVM.</summary>
public static class WideMath
{
    /// <summary><c>left * right / divisor</c>.</summary>
    /// <exception cref="OverflowException">The product (or, rounding half up, the product plus half) is 2^256 or more.</exception>
    /// <exception cref="DivideByZeroException"><paramref name="divisor"/> is zero.</exception>
    public static UInt256 MultiplyDivide(UInt256 left, UInt256 right, UInt256 divisor, Rounding rounding)
    {
        if (divisor.IsZero) throw new DivideByZeroException();
        var product = left * right;
        return rounding switch
        {
            Rounding.Floor => product / divisor,
            Rounding.HalfUp => (product + (divisor / 2UL)) / divisor,
            _ => DivideCeiling(product, divisor),
        };
    }

    /// <summary><c>dividend / divisor</c>, rounded up.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="divisor"/> is zero.</exception>
    public static UInt256 DivideCeiling(UInt256 dividend, UInt256 divisor)
    {
        var quotient = UInt256.DivRem(dividend, divisor, out var remainder);
        return remainder.IsZero ? quotient : quotient + UInt256.One;
    }
}
