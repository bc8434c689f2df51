using DarkPool.Engine.Arithmetic;

namespace DarkPool.Engine.Lending.Aave;

/// <summary>What a sale of collateral or a liquidation moved, base units.</summary>
/// <param name="Seized">Collateral that left for its buyer.</param>
/// <param name="Covered">Debt that was repaid.</param>
/// <param name="Excess">What the buyer paid beyond the debt: the borrower's.</param>
/// <param name="Dust">Collateral too little to be sold, that went to the treasury.</param>
/// <param name="WrittenOff">Debt of the reserve that nobody pays: its deficit.</param>
public readonly record struct SaleOutcome(UInt256 Seized, UInt256 Covered, UInt256 Excess, UInt256 Dust, UInt256 WrittenOff);

/// <content>Sale of a borrower's collateral at a price that an auction found, instead of a fixed bonus.</content>
public sealed partial class LendingPool
{
    /// <summary>What the last sale or liquidation that was done moved.</summary>
    public SaleOutcome LastSale { get; private set; }

    /// <summary>Sells collateral and repays debt with what it brought.</summary>
    /// <param name="borrower">Whose position.</param>
    /// <param name="collateral">Reserve that is sold out of.</param>
    /// <param name="debt">Reserve that is repaid.</param>
    /// <param name="seized">Collateral sold, base units.</param>
    /// <param name="proceeds">What it brought, base units of the debt asset.</param>
    /// <param name="isForced">A liquidation: the health factor must be below 1. Otherwise it is the borrower's own order.</param>
    /// <param name="dustBelow">If debt is left, a rest of the collateral below this goes to the treasury, so that the position can
    /// end.</param>
    /// <param name="isClosing">The sale is a part of the position's end: health may fall.</param>
    /// <returns><see cref="PoolError.HealthFactorLowerThanLiquidationThreshold"/> if health would fall and neither this debt nor this
    /// collateral would be at its end.</returns>
    public PoolError Sell(uint borrower, int collateral, int debt, UInt256 seized, UInt256 proceeds, bool isForced, UInt256 dustBelow,
        bool isClosing) =>
        Run(
            static (this_, a) => this_.SellChecked(a.User, a.Reserve, a.DebtReserve, a.Amount, a.Paid, a.Flag, a.Limit, a.IsClosing),
            new Call(borrower, collateral, seized, borrower, isForced, debt, proceeds, dustBelow, isClosing));

    private PoolError SellChecked(
        uint borrower, int collateral, int debt, UInt256 seized, UInt256 proceeds, bool isForced, UInt256 dustBelow, bool isClosing)
    {
        Accrued(debt);
        Accrued(collateral);
        var account = Account(borrower);
        var owed = OwedBy(borrower, debt);
        var held = BalanceOf(borrower, collateral);
        var refusal = SaleRefusal(borrower, collateral, debt, account, isForced);
        if (refusal != PoolError.None) return refusal;
        if (owed.IsZero) return PoolError.NoDebtOfSelectedType;
        if (seized.IsZero || seized > held) return PoolError.NotEnoughAvailableUserBalance;

        var covered = UInt256.Min(proceeds, owed);
        var error = BurnDebt(borrower, debt, covered);
        if (error != PoolError.None) return error;
        _reserves[debt].Rebalance(covered, UInt256.Zero);
        var rest = held - seized;
        var isDust = isForced && !rest.IsZero && rest < dustBelow && _users[borrower].IsBorrowing;
        error = PayOut(borrower, collateral, seized);
        if (error != PoolError.None) return error;
        if (isDust) TakeAll(borrower, collateral);

        var writtenOff = UInt256.Zero;
        var after = Account(borrower);
        if (isForced && _users[borrower].IsBorrowing && after.Collateral.IsZero)
        {
            writtenOff = OwedBy(borrower, debt);
            error = WriteOffRest(borrower);
            if (error != PoolError.None) return error;
        }
        else if (!isClosing && !IsBetter(account, after) && _users[borrower].Uses(collateral) && _users[borrower].Owes(debt))
        {
            return PoolError.HealthFactorLowerThanLiquidationThreshold;
        }

        LastSale = new SaleOutcome(seized, covered, proceeds - covered, isDust ? rest : UInt256.Zero, writtenOff);
        return PoolError.None;
    }

    // A healthy borrower's own sale may cost some health, as long as it stays healthy.
    private static bool IsBetter(in AccountData before, in AccountData after) =>
        after.HealthFactor > before.HealthFactor || (before.IsHealthy && after.IsHealthy);

    private PoolError SaleRefusal(uint borrower, int collateral, int debt, in AccountData account, bool isForced)
    {
        if (_reserves[collateral].Parameters.Paused || _reserves[debt].Parameters.Paused) return PoolError.ReservePaused;
        if (!isForced) return PoolError.None;
        if (_now < _reserves[collateral].Parameters.GraceUntil || _now < _reserves[debt].Parameters.GraceUntil)
        {
            return PoolError.LiquidationGraceSentinelCheckFailed;
        }

        if (account.IsHealthy) return PoolError.HealthFactorNotBelowThreshold;
        var counts = _users[borrower].Uses(collateral) && FactorsOf(_users[borrower].EMode, collateral).Threshold != 0;
        return counts ? PoolError.None : PoolError.CollateralCannotBeLiquidated;
    }

    private void TakeAll(uint borrower, int collateral)
    {
        MoveSupply(borrower, Treasury, collateral, PositionAt(borrower, collateral).ScaledSupply);
        User(borrower).SetUses(collateral, false);
    }
}
