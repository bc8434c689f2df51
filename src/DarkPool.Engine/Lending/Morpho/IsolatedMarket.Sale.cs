using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending.Aave;

namespace DarkPool.Engine.Lending.Morpho;

/// <content>Sale of a borrower's collateral at a price that an auction found, not at a fixed incentive; health as a number.</content>
public sealed partial class IsolatedMarket
{
    /// <summary>
    /// The health factor of a user at the totals of a moment, wad, rounded down: below 1e18 if and only if the position may be liquidated;
    /// <see cref="UInt256.MaxValue"/> without debt.
    /// </summary>
    public UInt256 HealthOf(uint user, in IsolatedMarketState totals) => Health(HoldingOf(user), totals);

    /// <summary>The most debt that so much collateral carries, base units of the loan asset.</summary>
    internal UInt256 LimitOf(UInt128 collateral) =>
        MorphoWad.Mul(WideMath.MultiplyDivide(collateral, Price, MorphoWad.OraclePriceScale, Rounding.Floor), _lltv);

    /// <summary>The totals with interest to now. Nothing accrues for good.</summary>
    public IsolatedMarketState AccruedState()
    {
        var state = _state;
        state.Accrue(_now);
        return state;
    }

    /// <summary>Sells collateral of an unhealthy position and repays debt with what it brought.</summary>
    /// <param name="borrower">Whose position.</param>
    /// <param name="seized">Collateral sold, base units.</param>
    /// <param name="proceeds">What it brought, base units of the loan asset.</param>
    /// <param name="dustBelow">If debt is left, a rest of the collateral below this goes to the fee's recipient, so that the position can
    /// end.</param>
    /// <param name="isClosing">The sale is a part of the position's end: health may fall.</param>
    /// <param name="outcome">What moved.</param>
    /// <returns><see cref="IsolatedError.InsufficientCollateral"/> if health would not rise and the position would not end.</returns>
    public IsolatedError Sell(
        uint borrower, UInt256 seized, UInt256 proceeds, UInt256 dustBelow, bool isClosing, out SaleOutcome outcome)
    {
        outcome = default;
        try
        {
            var step = Begin(borrower);
            var before = Health(step.Holding, step.State);
            if (before >= MorphoWad.Wad) return IsolatedError.PositionIsHealthy;
            if (seized.IsZero || seized > step.Holding.Collateral) return IsolatedError.ArithmeticOverflow;
            var owed = step.State.ToBorrowAssets(step.Holding.BorrowShares, Rounding.Ceiling);
            var covered = UInt256.Min(proceeds, owed);
            var shares = proceeds >= owed ? step.Holding.BorrowShares : step.State.ToBorrowShares(covered, Rounding.Floor);
            step.Holding.BorrowShares = (UInt128)(step.Holding.BorrowShares - shares);
            step.State.TakeDebt(covered, shares);
            var rest = step.Holding.Collateral - seized;
            var isDust = !rest.IsZero && rest < dustBelow && step.Holding.BorrowShares != 0 && borrower != _feeRecipient;
            step.Holding.Collateral = isDust ? 0 : (UInt128)rest;
            var lost = default(Moved);
            if (step.Holding.BorrowShares != 0 && step.Holding.Collateral == 0) lost = WriteOff(ref step);
            else if (!isClosing && Health(step.Holding, step.State) <= before) return IsolatedError.InsufficientCollateral;
            outcome = new SaleOutcome(seized, covered, proceeds - covered, isDust ? rest : UInt256.Zero, lost.Assets);
            if (isDust) _holdings[_feeRecipient].Collateral = (UInt128)(_holdings[_feeRecipient].Collateral + rest);
            return Finish(borrower, step);
        }
        catch (OverflowException)
        {
            return IsolatedError.ArithmeticOverflow;
        }
    }

    private UInt256 Health(in IsolatedHolding holding, in IsolatedMarketState totals)
    {
        if (holding.BorrowShares == 0) return UInt256.MaxValue;
        var owed = totals.ToBorrowAssets(holding.BorrowShares, Rounding.Ceiling);
        return owed.IsZero ? UInt256.MaxValue : MorphoWad.Div(LimitOf(holding.Collateral), owed, Rounding.Floor);
    }
}
