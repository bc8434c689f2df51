using DarkPool.Engine.Arithmetic;

namespace DarkPool.Engine.Lending.Morpho;

/// <summary>
/// Shares of an isolated market (SharesMathLib of Morpho Blue v1.0.0). Virtual shares and a virtual asset make a share's price at
/// most what the first depositor could skew by dust. Amounts are base units.
/// </summary>
public static class SharesMath
{
    /// <summary>Shares that exist without an owner: 1e6.</summary>
    public const ulong VirtualShares = 1_000_000;

    /// <summary>Assets that exist without an owner: 1.</summary>
    public const ulong VirtualAssets = 1;

    /// <summary>What <paramref name="assets"/> are worth in shares.</summary>
    public static UInt256 ToShares(UInt256 assets, UInt256 totalAssets, UInt256 totalShares, Rounding rounding) =>
        WideMath.MultiplyDivide(assets, totalShares + VirtualShares, totalAssets + VirtualAssets, rounding);

    /// <summary>What <paramref name="shares"/> are worth in assets.</summary>
    public static UInt256 ToAssets(UInt256 shares, UInt256 totalAssets, UInt256 totalShares, Rounding rounding) =>
        WideMath.MultiplyDivide(shares, totalAssets + VirtualAssets, totalShares + VirtualShares, rounding);
}
