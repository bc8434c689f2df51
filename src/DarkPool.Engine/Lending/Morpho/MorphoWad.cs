using DarkPool.Engine.Arithmetic;

namespace DarkPool.Engine.Lending.Morpho;

/// <summary>Fixed point of Morpho Blue v1.0.0 (MathLib): wads of 1e18, directions named.</summary>
public static class MorphoWad
{
    /// <summary>1e18.</summary>
    public static UInt256 Wad { get; } = 1_000_000_000_000_000_000UL;

    /// <summary>Scale of an oracle's price: 1e36.</summary>
    public static UInt256 OraclePriceScale { get; } = Wad * Wad;

    /// <summary><c>a * b / wad</c>.</summary>
    public static UInt256 Mul(UInt256 a, UInt256 b) => WideMath.MultiplyDivide(a, b, Wad, Rounding.Floor);

    /// <summary><c>a * wad / b</c>.</summary>
    public static UInt256 Div(UInt256 a, UInt256 b, Rounding rounding) => WideMath.MultiplyDivide(a, Wad, b, rounding);

    /// <summary><c>e^(rate * seconds) - 1</c> by the first three terms of its series, each rounded down.</summary>
    /// <param name="rate">Wad per second.</param>
    /// <param name="seconds">Time since the last accrual.</param>
    public static UInt256 TaylorCompounded(UInt256 rate, ulong seconds)
    {
        var first = rate * seconds;
        var second = WideMath.MultiplyDivide(first, first, Wad * 2UL, Rounding.Floor);
        var third = WideMath.MultiplyDivide(second, first, Wad * 3UL, Rounding.Floor);
        return first + second + third;
    }
}
