using DarkPool.Engine.Arithmetic;

namespace DarkPool.Engine.Lending.Aave;

/// <summary>
/// Fixed point of Aave v3 (WadRayMath, PercentageMath; v3.6.0, unchanged in v3.7):
/// <list type="table">
/// <item><term>ray</term><description>1e27: indices, rates per year</description></item>
/// <item><term>wad</term><description>1e18: health factors</description></item>
/// <item><term>basis points</term><description>1e4: thresholds, bonuses, factors</description></item>
/// </list>
/// An overflow of 256 bits and a division by zero throw, where the contract reverts.
/// </summary>
public static class WadRay
{
    /// <summary>1e27.</summary>
    public static UInt256 Ray { get; } = UInt256.Parse("1000000000000000000000000000");

    /// <summary>1e18.</summary>
    public static UInt256 Wad { get; } = 1_000_000_000_000_000_000UL;

    /// <summary>1e4: 100 % in basis points.</summary>
    public static UInt256 HundredPercent { get; } = 10_000UL;

    private static readonly UInt256 RayPerWad = 1_000_000_000UL;

    /// <summary>Product of two rays.</summary>
    public static UInt256 RayMul(UInt256 a, UInt256 b, Rounding rounding = Rounding.HalfUp) =>
        WideMath.MultiplyDivide(a, b, Ray, rounding);

    /// <summary>Quotient of two rays.</summary>
    public static UInt256 RayDiv(UInt256 a, UInt256 b, Rounding rounding = Rounding.HalfUp) =>
        WideMath.MultiplyDivide(a, Ray, b, rounding);

    /// <summary>Product of two wads.</summary>
    public static UInt256 WadMul(UInt256 a, UInt256 b, Rounding rounding = Rounding.HalfUp) =>
        WideMath.MultiplyDivide(a, b, Wad, rounding);

    /// <summary>Quotient of two wads.</summary>
    public static UInt256 WadDiv(UInt256 a, UInt256 b, Rounding rounding = Rounding.HalfUp) =>
        WideMath.MultiplyDivide(a, Wad, b, rounding);

    /// <summary>A share of <paramref name="value"/> in basis points.</summary>
    public static UInt256 PercentMul(UInt256 value, UInt256 basisPoints, Rounding rounding = Rounding.HalfUp) =>
        WideMath.MultiplyDivide(value, basisPoints, HundredPercent, rounding);

    /// <summary>That of which <paramref name="value"/> is a share in basis points.</summary>
    public static UInt256 PercentDiv(UInt256 value, UInt256 basisPoints, Rounding rounding = Rounding.HalfUp) =>
        WideMath.MultiplyDivide(value, HundredPercent, basisPoints, rounding);

    /// <summary>A ray as a wad, half up.</summary>
    public static UInt256 RayToWad(UInt256 ray)
    {
        var wad = UInt256.DivRem(ray, RayPerWad, out var rest);
        return rest >= RayPerWad / 2UL ? wad + UInt256.One : wad;
    }

    /// <summary>A wad as a ray, exact.</summary>
    public static UInt256 WadToRay(UInt256 wad) => wad * RayPerWad;
}
