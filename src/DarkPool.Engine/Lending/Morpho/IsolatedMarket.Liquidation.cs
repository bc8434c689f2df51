using DarkPool.Engine.Arithmetic;

namespace DarkPool.Engine.Lending.Morpho;

/// <content>Liquidation: collateral at a fixed incentive; what no collateral covers is borne by all suppliers at once.</content>
public sealed partial class IsolatedMarket
{
    private static readonly UInt256 MostIncentive = MorphoWad.Wad / 100UL * 115UL;
    private static readonly UInt256 Cursor = MorphoWad.Wad / 10UL * 3UL;

    /// <summary>Collateral seized per debt repaid, wad: <c>min(1.15, 1 / (1 - 0.3 * (1 - lltv)))</c>.</summary>
    public UInt256 LiquidationIncentive => UInt256.Min(
        MostIncentive,
        MorphoWad.Div(MorphoWad.Wad, MorphoWad.Wad - MorphoWad.Mul(Cursor, MorphoWad.Wad - _lltv), Rounding.Floor));

    /// <summary>Repays debt of an unhealthy position and seizes collateral for it; exactly one of the sizes is above zero.</summary>
    /// <param name="borrower">Whose position.</param>
    /// <param name="seizedAssets">Collateral to seize, base units.</param>
    /// <param name="repaidShares">Or debt to repay, shares.</param>
    /// <param name="outcome">What moved.</param>
    public IsolatedError Liquidate(uint borrower, UInt256 seizedAssets, UInt256 repaidShares, out IsolatedLiquidation outcome)
    {
        outcome = default;
        if (seizedAssets.IsZero == repaidShares.IsZero) return IsolatedError.InconsistentInput;
        try
        {
            var step = Begin(borrower);
            if (IsHealthy(step)) return IsolatedError.PositionIsHealthy;
            if (repaidShares.IsZero) repaidShares = SharesFor(seizedAssets, step.State);
            else seizedAssets = CollateralFor(repaidShares, step.State);

            var repaidAssets = step.State.ToBorrowAssets(repaidShares, Rounding.Ceiling);
            step.Holding.BorrowShares = (UInt128)(step.Holding.BorrowShares - repaidShares);
            step.State.TakeDebt(repaidAssets, repaidShares);
            step.Holding.Collateral = (UInt128)(step.Holding.Collateral - seizedAssets);
            var lost = step.Holding.Collateral == 0 ? WriteOff(ref step) : default;
            outcome = new IsolatedLiquidation(repaidAssets, repaidShares, seizedAssets, lost.Assets, lost.Shares);
            return Finish(borrower, step);
        }
        catch (OverflowException)
        {
            return IsolatedError.ArithmeticOverflow;
        }
    }

    private UInt256 SharesFor(UInt256 seized, in IsolatedMarketState state)
    {
        var quoted = WideMath.MultiplyDivide(seized, Price, MorphoWad.OraclePriceScale, Rounding.Ceiling);
        return state.ToBorrowShares(MorphoWad.Div(quoted, LiquidationIncentive, Rounding.Ceiling), Rounding.Ceiling);
    }

    private UInt256 CollateralFor(UInt256 repaidShares, in IsolatedMarketState state)
    {
        var value = MorphoWad.Mul(state.ToBorrowAssets(repaidShares, Rounding.Floor), LiquidationIncentive);
        return WideMath.MultiplyDivide(value, MorphoWad.OraclePriceScale, Price, Rounding.Floor);
    }

    private static Moved WriteOff(ref Step step)
    {
        UInt256 shares = step.Holding.BorrowShares;
        var assets = UInt256.Min(step.State.BorrowAssets, step.State.ToBorrowAssets(shares, Rounding.Ceiling));
        step.State.TakeDebt(assets, shares);
        step.State.TakeSupply(assets, UInt256.Zero);
        step.Holding.BorrowShares = 0;
        return new Moved(assets, shares);
    }
}
