using DarkPool.Engine.Arithmetic;

namespace DarkPool.Engine.Lending.Aave;

/// <summary>
/// Growth of an index over a span of time (MathUtils of Aave v3.6.0, equal in v3.7). Rates are rays per year of 31,536,000 seconds;
/// factors are rays. Suppliers earn simple interest between two updates, borrowers owe the first three terms of the compound series.
/// </summary>
public static class InterestAccrual
{
    /// <summary>365 days.</summary>
    public const ulong SecondsPerYear = 31_536_000;

    /// <summary><c>1 + rate * seconds / year</c>, rounded down.</summary>
    public static UInt256 Linear(UInt256 rate, ulong seconds) => WadRay.Ray + (rate * seconds / SecondsPerYear);

    /// <summary><c>1 + x + x^2/2 + x^3/6</c> with <c>x = rate * seconds / year</c>, rounded down.</summary>
    public static UInt256 Compound(UInt256 rate, ulong seconds)
    {
        if (seconds == 0) return WadRay.Ray;
        var x = rate * seconds / SecondsPerYear;
        return WadRay.Ray + x + WadRay.RayMul(x, (x / 2UL) + WadRay.RayMul(x, x / 6UL));
    }
}
