using DarkPool.Engine.Arithmetic;

namespace DarkPool.Engine.Lending.Aave;

/// <content>Debt side: borrow, repay, e-modes.</content>
public sealed partial class LendingPool
{
    /// <summary>Borrows against the user's collateral.</summary>
    /// <param name="user">Who owes it.</param>
    /// <param name="reserve">Index of the reserve.</param>
    /// <param name="amount">Base units.</param>
    public PoolError Borrow(uint user, int reserve, UInt256 amount) =>
        Run(static (this_, a) => this_.BorrowChecked(a.User, a.Reserve, a.Amount), new Call(user, reserve, amount));

    /// <summary>Pays debt back.</summary>
    /// <param name="payer">Who pays.</param>
    /// <param name="debtor">Whose debt.</param>
    /// <param name="reserve">Index of the reserve.</param>
    /// <param name="amount">Base units; <see cref="UInt256.MaxValue"/>: all, of one's own debt only. What exceeds the debt is not
    /// taken.</param>
    public PoolError Repay(uint payer, uint debtor, int reserve, UInt256 amount) =>
        Run(static (this_, a) => this_.RepayChecked(a.User, a.Other, a.Reserve, a.Amount, false), new Call(payer, reserve, amount, debtor));

    /// <summary>Pays own debt back out of own supply of the same asset.</summary>
    /// <param name="user">Who pays.</param>
    /// <param name="reserve">Index of the reserve.</param>
    /// <param name="amount">Base units; <see cref="UInt256.MaxValue"/>: as much as debt and supply allow.</param>
    public PoolError RepayWithSupply(uint user, int reserve, UInt256 amount) =>
        Run(static (this_, a) => this_.RepayChecked(a.User, a.User, a.Reserve, a.Amount, true), new Call(user, reserve, amount));

    /// <summary>Moves a user into an e-mode, or out of any with 0.</summary>
    public PoolError SetEMode(uint user, byte eMode) =>
        _reserves.Length == 0
            ? PoolError.AssetNotListed
            : Run(static (this_, a) => this_.SetEModeChecked(a.User, (byte)a.Other), new Call(user, 0, default, eMode));

    private PoolError BorrowChecked(uint user, int index, UInt256 amount)
    {
        ref var reserve = ref Accrued(index);
        var scaled = WadRay.RayDiv(amount, reserve.DebtIndex, Rounding.Ceiling);
        var refusal = BorrowRefusal(user, index, amount, scaled);
        if (refusal != PoolError.None) return refusal;
        MintDebt(user, index, scaled);
        reserve.Rebalance(UInt256.Zero, amount);

        var account = Account(user);
        if (account.AverageLtv.IsZero) return PoolError.LtvValidationFailed;
        if (!account.IsHealthy) return PoolError.HealthFactorLowerThanLiquidationThreshold;
        var needed = WadRay.PercentDiv(account.Debt, account.AverageLtv, Rounding.Ceiling);
        return needed > account.Collateral ? PoolError.CollateralCannotCoverNewBorrow : PoolError.None;
    }

    private PoolError BorrowRefusal(uint user, int index, UInt256 amount, UInt256 scaled)
    {
        ref readonly var reserve = ref _reserves[index];
        if (scaled.IsZero) return PoolError.InvalidAmount;
        if (reserve.Parameters.Paused) return PoolError.ReservePaused;
        if (reserve.Parameters.Frozen) return PoolError.ReserveFrozen;
        var eMode = _users[user].EMode;
        if (eMode == 0 && !reserve.Parameters.BorrowingEnabled) return PoolError.BorrowingNotEnabled;
        if (amount > reserve.VirtualBalance) return PoolError.InvalidAmount;
        var after = WadRay.RayMul(reserve.ScaledDebt + scaled, reserve.DebtIndex, Rounding.Ceiling);
        if (reserve.Parameters.BorrowCap != 0 && after > reserve.Unit * reserve.Parameters.BorrowCap) return PoolError.BorrowCapExceeded;
        return eMode != 0 && !_eModes[eMode].LetsBorrow(index) ? PoolError.NotBorrowableInEMode : PoolError.None;
    }

    private PoolError RepayChecked(uint payer, uint debtor, int index, UInt256 amount, bool fromSupply)
    {
        ref var reserve = ref Accrued(index);
        if (amount.IsZero) return PoolError.InvalidAmount;
        if (amount == UInt256.MaxValue && payer != debtor) return PoolError.NoExplicitAmountToRepayOnBehalf;
        if (reserve.Parameters.Paused) return PoolError.ReservePaused;
        var owed = OwedBy(debtor, index);
        if (owed.IsZero) return PoolError.NoDebtOfSelectedType;
        if (fromSupply && amount == UInt256.MaxValue) amount = BalanceOf(payer, index);
        amount = UInt256.Min(amount, owed);

        var error = BurnDebt(debtor, index, amount);
        if (error != PoolError.None) return error;
        reserve.Rebalance(fromSupply ? UInt256.Zero : amount, UInt256.Zero);
        return fromSupply ? PayFromSupply(payer, index, amount) : PoolError.None;
    }

    private PoolError PayFromSupply(uint payer, int index, UInt256 amount)
    {
        var wasCollateral = _users[payer].Uses(index);
        var error = BurnSupply(payer, index, WadRay.RayDiv(amount, _reserves[index].LiquidityIndex, Rounding.Ceiling));
        if (error != PoolError.None) return error;
        return wasCollateral && _users[payer].IsBorrowing && !Account(payer).IsHealthy
            ? PoolError.HealthFactorLowerThanLiquidationThreshold
            : PoolError.None;
    }

    private PoolError SetEModeChecked(uint user, byte eMode)
    {
        if (_users[user].EMode == eMode) return PoolError.None;
        if (eMode != 0 && _eModes[eMode].LiquidationThreshold == 0) return PoolError.InconsistentEModeCategory;
        if (HasIdleCollateral(user, eMode)) return PoolError.InvalidCollateralInEmode;
        for (var used = _users[user].Borrowing; used != 0 && eMode != 0; used &= used - 1)
        {
            if (!_eModes[eMode].LetsBorrow((int)UInt128.TrailingZeroCount(used))) return PoolError.InvalidDebtInEmode;
        }

        User(user).EMode = eMode;
        return _users[user].IsBorrowing && !Account(user).IsHealthy ? PoolError.HealthFactorLowerThanLiquidationThreshold : PoolError.None;
    }

    private bool HasIdleCollateral(uint user, byte eMode) =>
        eMode != 0 && (_users[user].Collateral & _eModes[eMode].Collateral & _eModes[eMode].LtvZero) != 0;
}
