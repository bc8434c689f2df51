using DarkPool.Engine.Arithmetic;

namespace DarkPool.Engine.Lending.Morpho;

/// <summary>Terms that a borrower accepts for being closed down early, wads (pre-liquidation 9e8b7f42).</summary>
/// <param name="Lltv">Loan to value at which the market itself liquidates.</param>
/// <param name="PreLltv">Loan to value from which these terms hold.</param>
/// <param name="CloseFactor1">Share of the debt that may be repaid at <paramref name="PreLltv"/>.</param>
/// <param name="CloseFactor2">The same at <paramref name="Lltv"/>; linear between.</param>
/// <param name="Incentive1">Collateral seized per debt repaid at <paramref name="PreLltv"/>.</param>
/// <param name="Incentive2">The same at <paramref name="Lltv"/>; linear between.</param>
public readonly record struct PreLiquidationTerms(
    UInt256 Lltv, UInt256 PreLltv, UInt256 CloseFactor1, UInt256 CloseFactor2, UInt256 Incentive1, UInt256 Incentive2);

/// <summary>
/// A borrower's position in a market, with interest accrued. Price: loan base units per collateral base unit, scaled by 1e36.
/// </summary>
public readonly record struct IsolatedPosition(
    UInt256 Collateral, UInt256 BorrowShares, UInt256 TotalBorrowAssets, UInt256 TotalBorrowShares, UInt256 Price);

/// <summary>Why a pre-liquidation is refused; the contract's error names.</summary>
public enum PreLiquidationRefusal
{
    /// <summary>It is not refused.</summary>
    None,

    /// <summary>The position is already beyond <see cref="PreLiquidationTerms.Lltv"/>.</summary>
    LiquidatablePosition,

    /// <summary>The position is not beyond <see cref="PreLiquidationTerms.PreLltv"/>.</summary>
    NotPreLiquidatablePosition,

    /// <summary>More than the close factor allows.</summary>
    PreLiquidationTooLarge,

    /// <summary>The amount rounds to no collateral.</summary>
    ZeroAssets,
}

/// <summary>What a pre-liquidation moves: debt repaid (assets and shares) and collateral seized, base units.</summary>
public readonly record struct PreLiquidationOutcome(
    PreLiquidationRefusal Refusal, UInt256 RepaidAssets, UInt256 RepaidShares, UInt256 SeizedAssets);

/// <summary>Morpho's pre-liquidation: incentive and close factor grow linearly from <c>preLltv</c> to <c>lltv</c>.</summary>
public static class PreLiquidation
{
    /// <summary>
    /// Exactly one of <paramref name="seizedAssets"/> and <paramref name="repaidShares"/> is above zero and names the size.
    /// </summary>
    public static PreLiquidationOutcome Quote(
        in PreLiquidationTerms terms, in IsolatedPosition position, UInt256 seizedAssets, UInt256 repaidShares)
    {
        if (seizedAssets.IsZero == repaidShares.IsZero) throw new ArgumentException("Exactly one of the two sizes is given.");
        var quoted = WideMath.MultiplyDivide(position.Collateral, position.Price, MorphoWad.OraclePriceScale, Rounding.Floor);
        var borrowed = ToAssets(position.BorrowShares, position, Rounding.Ceiling);
        if (borrowed > MorphoWad.Mul(quoted, terms.Lltv)) return Refused(PreLiquidationRefusal.LiquidatablePosition);
        if (borrowed <= MorphoWad.Mul(quoted, terms.PreLltv)) return Refused(PreLiquidationRefusal.NotPreLiquidatablePosition);

        var ltv = MorphoWad.Div(borrowed, quoted, Rounding.Ceiling);
        var progress = MorphoWad.Div(ltv - terms.PreLltv, terms.Lltv - terms.PreLltv, Rounding.Floor);
        var incentive = MorphoWad.Mul(progress, terms.Incentive2 - terms.Incentive1) + terms.Incentive1;
        var closeFactor = MorphoWad.Mul(progress, terms.CloseFactor2 - terms.CloseFactor1) + terms.CloseFactor1;
        if (repaidShares.IsZero) repaidShares = SharesFor(seizedAssets, position, incentive);
        else seizedAssets = CollateralFor(repaidShares, position, incentive);

        if (repaidShares > MorphoWad.Mul(position.BorrowShares, closeFactor)) return Refused(PreLiquidationRefusal.PreLiquidationTooLarge);
        if (seizedAssets.IsZero) return Refused(PreLiquidationRefusal.ZeroAssets);
        return new PreLiquidationOutcome(
            PreLiquidationRefusal.None, ToAssets(repaidShares, position, Rounding.Ceiling), repaidShares, seizedAssets);
    }

    private static UInt256 SharesFor(UInt256 seized, in IsolatedPosition position, UInt256 incentive)
    {
        var quoted = WideMath.MultiplyDivide(seized, position.Price, MorphoWad.OraclePriceScale, Rounding.Ceiling);
        var assets = MorphoWad.Div(quoted, incentive, Rounding.Ceiling);
        return SharesMath.ToShares(assets, position.TotalBorrowAssets, position.TotalBorrowShares, Rounding.Ceiling);
    }

    private static UInt256 CollateralFor(UInt256 repaidShares, in IsolatedPosition position, UInt256 incentive)
    {
        var value = MorphoWad.Mul(ToAssets(repaidShares, position, Rounding.Floor), incentive);
        return WideMath.MultiplyDivide(value, MorphoWad.OraclePriceScale, position.Price, Rounding.Floor);
    }

    private static UInt256 ToAssets(UInt256 shares, in IsolatedPosition position, Rounding rounding) =>
        SharesMath.ToAssets(shares, position.TotalBorrowAssets, position.TotalBorrowShares, rounding);

    private static PreLiquidationOutcome Refused(PreLiquidationRefusal refusal) =>
        new(refusal, UInt256.Zero, UInt256.Zero, UInt256.Zero);
}
