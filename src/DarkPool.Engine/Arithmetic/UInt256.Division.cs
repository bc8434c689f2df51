using System.Numerics;

namespace DarkPool.Engine.Arithmetic;

/// <content>Wide multiplication and division: schoolbook on 64-bit limbs, Knuth's algorithm D (TAOCP 4.3.1) where the divisor has more
/// than one.</content>
public readonly partial struct UInt256
{
    /// <summary>The full product of two 128-bit numbers.</summary>
    public static UInt256 Multiply(UInt128 left, UInt128 right)
    {
        ulong a0 = (ulong)left, a1 = (ulong)(left >> 64);
        ulong b0 = (ulong)right, b1 = (ulong)(right >> 64);
        if ((a1 | b1) == 0) return new UInt256(0, Product(a0, b0));

        var low = Product(a0, b0);
        var middle = Product(a1, b0) + (ulong)(low >> 64);
        var middleLow = Product(a0, b1) + (ulong)middle;
        var high = Product(a1, b1) + (ulong)(middle >> 64) + (ulong)(middleLow >> 64);
        return new UInt256(high, new UInt128((ulong)middleLow, (ulong)low));
    }

    /// <summary>The quotient, rounded down, and the remainder.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="divisor"/> is zero.</exception>
    public static UInt256 DivRem(UInt256 dividend, UInt256 divisor, out UInt256 remainder)
    {
        if (divisor._high == 0 && dividend._high == 0)
        {
            if (divisor._low == 0) throw new DivideByZeroException();
            var (quotient, rest) = UInt128.DivRem(dividend._low, divisor._low);
            remainder = rest;
            return quotient;
        }

        if (divisor.IsZero) throw new DivideByZeroException();
        if (dividend < divisor)
        {
            remainder = dividend;
            return Zero;
        }

        Span<ulong> limbs = stackalloc ulong[5];
        Span<ulong> by = stackalloc ulong[4];
        Span<ulong> result = stackalloc ulong[4];
        Store(dividend, limbs);
        Store(divisor, by);
        var count = 4;
        while (by[count - 1] == 0) count--;
        if (count == 1) DivideByLimb(limbs, by[0], result);
        else DivideByLimbs(limbs, by[..count], result);
        remainder = Load(limbs);
        return Load(result);
    }

    // Leaves the remainder in the dividend's limbs.
    private static void DivideByLimb(Span<ulong> dividend, ulong divisor, Span<ulong> quotient)
    {
        UInt128 remainder = 0;
        for (var i = 3; i >= 0; i--)
        {
            var (digit, rest) = UInt128.DivRem(new UInt128((ulong)remainder, dividend[i]), divisor);
            quotient[i] = (ulong)digit;
            remainder = rest;
            dividend[i] = 0;
        }

        dividend[0] = (ulong)remainder;
    }

    // Leaves the remainder in the dividend's limbs.
    private static void DivideByLimbs(Span<ulong> dividend, Span<ulong> divisor, Span<ulong> quotient)
    {
        var n = divisor.Length;
        var shift = BitOperations.LeadingZeroCount(divisor[n - 1]);
        ShiftLeft(divisor, shift);
        ShiftLeft(dividend, shift);
        for (var j = 4 - n; j >= 0; j--)
        {
            var digit = EstimateDigit(dividend, divisor, j);
            if (SubtractProduct(dividend.Slice(j, n + 1), divisor, digit))
            {
                digit--;
                AddBack(dividend.Slice(j, n + 1), divisor);
            }

            quotient[j] = digit;
        }

        ShiftRight(dividend, shift);
    }

    private static ulong EstimateDigit(Span<ulong> dividend, Span<ulong> divisor, int j)
    {
        var n = divisor.Length;
        var top = new UInt128(dividend[j + n], dividend[j + n - 1]);
        var (estimate, rest) = UInt128.DivRem(top, divisor[n - 1]);
        while ((estimate >> 64) != 0
            || UInt256.Multiply(estimate, divisor[n - 2]) > new UInt256(0, new UInt128((ulong)rest, dividend[j + n - 2])))
        {
            estimate--;
            rest += divisor[n - 1];
            if ((rest >> 64) != 0) break;
        }

        return (ulong)estimate;
    }

    private static bool SubtractProduct(Span<ulong> window, Span<ulong> divisor, ulong digit)
    {
        ulong borrow = 0, carry = 0;
        for (var i = 0; i < divisor.Length; i++)
        {
            var product = Product(digit, divisor[i]) + carry;
            carry = (ulong)(product >> 64);
            var part = (ulong)product;
            var difference = window[i] - part;
            var below = window[i] < part ? 1UL : 0UL;
            window[i] = difference - borrow;
            borrow = below + (difference < borrow ? 1UL : 0UL);
        }

        var last = window[divisor.Length];
        window[divisor.Length] = last - carry - borrow;
        return last < (UInt128)carry + borrow;
    }

    private static void AddBack(Span<ulong> window, Span<ulong> divisor)
    {
        ulong carry = 0;
        for (var i = 0; i < divisor.Length; i++)
        {
            var sum = (UInt128)window[i] + divisor[i] + carry;
            window[i] = (ulong)sum;
            carry = (ulong)(sum >> 64);
        }

        window[divisor.Length] += carry;
    }

    private static void ShiftLeft(Span<ulong> limbs, int shift)
    {
        if (shift == 0) return;
        for (var i = limbs.Length - 1; i > 0; i--) limbs[i] = (limbs[i] << shift) | (limbs[i - 1] >> (64 - shift));
        limbs[0] <<= shift;
    }

    private static void ShiftRight(Span<ulong> limbs, int shift)
    {
        if (shift == 0) return;
        for (var i = 0; i < limbs.Length - 1; i++) limbs[i] = (limbs[i] >> shift) | (limbs[i + 1] << (64 - shift));
        limbs[^1] >>= shift;
    }

    private static void Store(UInt256 value, Span<ulong> limbs)
    {
        limbs[0] = (ulong)value._low;
        limbs[1] = (ulong)(value._low >> 64);
        limbs[2] = (ulong)value._high;
        limbs[3] = (ulong)(value._high >> 64);
    }

    private static UInt256 Load(Span<ulong> limbs) => new(new UInt128(limbs[3], limbs[2]), new UInt128(limbs[1], limbs[0]));

    private static UInt128 Product(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return new UInt128(high, low);
    }
}
