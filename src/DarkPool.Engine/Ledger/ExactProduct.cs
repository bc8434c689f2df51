namespace DarkPool.Engine.Ledger;

/// <summary>Products in base units: exact, or refused. Never wrapped, never rounded.</summary>
internal static class ExactProduct
{
    /// <summary>Multiplies; false if the product needs more than 128 bits.</summary>
    public static bool TryMultiply(UInt128 left, UInt128 right, out UInt128 product)
    {
        var (leftHigh, leftLow) = ((ulong)(left >> 64), (ulong)left);
        var (rightHigh, rightLow) = ((ulong)(right >> 64), (ulong)right);
        var high = Math.BigMul(leftLow, rightLow, out var low);
        if ((leftHigh | rightHigh) == 0)
        {
            product = new UInt128(high, low);
            return true;
        }

        product = default;
        if (leftHigh != 0 && rightHigh != 0) return false;
        var overflow = leftHigh != 0
            ? Math.BigMul(leftHigh, rightLow, out var cross)
            : Math.BigMul(rightHigh, leftLow, out cross);
        if (overflow != 0 || high + cross < cross) return false;
        product = new UInt128(high + cross, low);
        return true;
    }

    /// <summary>Multiplies what was multiplied before with at least as large factors, and so is known to fit.</summary>
    /// <exception cref="OverflowException">It does not: a bug.</exception>
    public static UInt128 Multiply(UInt128 left, UInt128 right) =>
        TryMultiply(left, right, out var product)
            ? product : throw new OverflowException("A product that was checked before does not fit any more.");
}
