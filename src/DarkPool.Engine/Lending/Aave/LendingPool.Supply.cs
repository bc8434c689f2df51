using DarkPool.Engine.Arithmetic;

namespace DarkPool.Engine.Lending.Aave;

/// <content>Supply side: supply, withdraw, transfer, collateral flags, the treasury's part.</content>
public sealed partial class LendingPool
{
    /// <summary>Adds supply for a user.</summary>
    /// <param name="onBehalfOf">Who is credited.</param>
    /// <param name="reserve">Index of the reserve.</param>
    /// <param name="amount">Base units.</param>
    public PoolError Supply(uint onBehalfOf, int reserve, UInt256 amount) =>
        Run(static (this_, a) => this_.SupplyChecked(a.User, a.Reserve, a.Amount), new Call(onBehalfOf, reserve, amount));

    /// <summary>Takes supply back.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="reserve">Index of the reserve.</param>
    /// <param name="amount">Base units; <see cref="UInt256.MaxValue"/>: all.</param>
    public PoolError Withdraw(uint user, int reserve, UInt256 amount) =>
        Run(static (this_, a) => this_.WithdrawChecked(a.User, a.Reserve, a.Amount), new Call(user, reserve, amount));

    /// <summary>Moves supply to another user.</summary>
    /// <param name="from">From whom.</param>
    /// <param name="to">To whom.</param>
    /// <param name="reserve">Index of the reserve.</param>
    /// <param name="amount">Base units.</param>
    public PoolError Transfer(uint from, uint to, int reserve, UInt256 amount) =>
        Run(static (this_, a) => this_.TransferChecked(a.User, a.Other, a.Reserve, a.Amount), new Call(from, reserve, amount, to));

    /// <summary>Says whether a user's supply in a reserve is collateral.</summary>
    public PoolError UseAsCollateral(uint user, int reserve, bool use) =>
        Run(static (this_, a) => this_.UseAsCollateralChecked(a.User, a.Reserve, a.Flag), new Call(user, reserve, default, Flag: use));

    /// <summary>Mints what the treasury has earned in a reserve.</summary>
    public PoolError MintToTreasury(int reserve) =>
        Run(static (this_, a) => this_.MintToTreasuryChecked(a.Reserve), new Call(Treasury, reserve, default));

    private PoolError SupplyChecked(uint user, int index, UInt256 amount)
    {
        ref var reserve = ref Accrued(index);
        var scaled = WadRay.RayDiv(amount, reserve.LiquidityIndex, Rounding.Floor);
        if (scaled.IsZero) return PoolError.InvalidAmount;
        if (reserve.Parameters.Paused) return PoolError.ReservePaused;
        if (reserve.Parameters.Frozen) return PoolError.ReserveFrozen;
        var after = WadRay.RayMul(reserve.ScaledSupply + scaled + reserve.AccruedToTreasury, reserve.LiquidityIndex, Rounding.Floor);
        if (reserve.Parameters.SupplyCap != 0 && after > reserve.Unit * reserve.Parameters.SupplyCap) return PoolError.SupplyCapExceeded;
        var fits = amount + reserve.VirtualBalance <= UInt128.MaxValue && scaled + reserve.ScaledSupply <= UInt128.MaxValue;
        if (!fits) return PoolError.ArithmeticOverflow;
        reserve.Rebalance(amount, UInt256.Zero);
        MintSupply(user, index, scaled);
        return PoolError.None;
    }

    private PoolError WithdrawChecked(uint user, int index, UInt256 amount)
    {
        ref var reserve = ref Accrued(index);
        UInt256 balance = PositionAt(user, index).ScaledSupply;
        var all = amount == UInt256.MaxValue;
        var scaled = all ? balance : WadRay.RayDiv(amount, reserve.LiquidityIndex, Rounding.Ceiling);
        if (all) amount = BalanceOf(user, index);
        if (scaled.IsZero) return PoolError.InvalidAmount;
        if (scaled > balance) return PoolError.NotEnoughAvailableUserBalance;
        if (reserve.Parameters.Paused) return PoolError.ReservePaused;
        if (amount > reserve.VirtualBalance) return PoolError.ArithmeticOverflow;
        reserve.Rebalance(UInt256.Zero, amount);
        var wasCollateral = _users[user].Uses(index);
        var error = BurnSupply(user, index, scaled);
        if (error != PoolError.None) return error;
        return wasCollateral && _users[user].IsBorrowing ? StillCovered(user, index) : PoolError.None;
    }

    private PoolError TransferChecked(uint from, uint to, int index, UInt256 amount)
    {
        ref readonly var reserve = ref _reserves[index];
        var scaled = WadRay.RayDiv(amount, reserve.NormalizedIncome(_now), Rounding.Ceiling);
        if (reserve.Parameters.Paused) return PoolError.ReservePaused;
        if (scaled > PositionAt(from, index).ScaledSupply) return PoolError.ArithmeticOverflow;
        MoveSupply(from, to, index, scaled);
        if (from == to || scaled.IsZero) return PoolError.None;
        if (!_users[from].Uses(index)) return PoolError.None;
        if (PositionAt(from, index).ScaledSupply == 0) User(from).SetUses(index, false);
        return _users[from].IsBorrowing ? StillCovered(from, index) : PoolError.None;
    }

    private PoolError UseAsCollateralChecked(uint user, int index, bool use)
    {
        if (_users[user].Uses(index) == use) return PoolError.None;
        if (_reserves[index].Parameters.Paused) return PoolError.ReservePaused;
        if (!use)
        {
            User(user).SetUses(index, false);
            return StillCovered(user, index);
        }

        if (PositionAt(user, index).ScaledSupply == 0) return PoolError.UnderlyingBalanceZero;
        if (FactorsOf(_users[user].EMode, index).Ltv == 0) return PoolError.UserInIsolationModeOrLtvZero;
        User(user).SetUses(index, true);
        return PoolError.None;
    }

    private PoolError MintToTreasuryChecked(int index)
    {
        _undo.Keep(index, _reserves[index]);
        UInt256 accrued = _reserves[index].AccruedToTreasury;
        if (accrued.IsZero) return PoolError.None;
        _reserves[index].AccruedToTreasury = 0;
        ref var position = ref Position(Treasury, index);
        position.ScaledSupply = (UInt128)(position.ScaledSupply + accrued);
        _reserves[index].ScaledSupply = (UInt128)(_reserves[index].ScaledSupply + accrued);
        return PoolError.None;
    }

    // Collateral that backs no new debt must leave first: nothing else may leave while there is some.
    private PoolError StillCovered(uint user, int leaving)
    {
        var account = Account(user);
        if (!account.IsHealthy) return PoolError.HealthFactorLowerThanLiquidationThreshold;
        return account.HasZeroLtvCollateral && FactorsOf(_users[user].EMode, leaving).Ltv != 0
            ? PoolError.LtvValidationFailed
            : PoolError.None;
    }
}
