using DarkPool.Engine.Arithmetic;

namespace DarkPool.Engine.Lending.Aave;

/// <content>Liquidation at the fixed bonus (LiquidationLogic of v3.3 and later).</content>
public sealed partial class LendingPool
{
    private const ulong CloseFactor = 5_000;

    // Base currency has 8 decimals: $2,000 and $1,000.
    private static readonly UInt256 FullCloseBelow = 200_000_000_000UL;
    private static readonly UInt256 LeastLeftover = 100_000_000_000UL;
    private static readonly UInt256 FullCloseHealth = WadRay.Wad / 100UL * 95UL;

    /// <summary>Covers a part of an unhealthy position's debt and takes collateral with a bonus for it.</summary>
    /// <param name="liquidator">Who pays and receives.</param>
    /// <param name="borrower">Whose position.</param>
    /// <param name="collateral">Reserve that is seized.</param>
    /// <param name="debt">Reserve whose debt is covered.</param>
    /// <param name="amount">Debt to cover at most, base units; <see cref="UInt256.MaxValue"/>: as much as allowed.</param>
    /// <param name="receiveSupply">The liquidator takes the collateral as supply in the pool.</param>
    public PoolError Liquidate(uint liquidator, uint borrower, int collateral, int debt, UInt256 amount, bool receiveSupply) =>
        Run(
            static (this_, a) => this_.LiquidateChecked(a.User, a.Other, a.Reserve, a.DebtReserve, a.Amount, a.Flag),
            new Call(liquidator, collateral, amount, borrower, receiveSupply, debt));

    private PoolError LiquidateChecked(uint liquidator, uint borrower, int collateral, int debt, UInt256 amount, bool receiveSupply)
    {
        UInt256 debtIndexBefore = _reserves[debt].DebtIndex;
        Accrued(debt);
        Accrued(collateral);
        if (collateral == debt && _profile.AccruesTreasuryTwiceOnSameAsset) _reserves[debt].AccrueTreasury(debtIndexBefore);
        var account = Account(borrower);
        var owed = OwedBy(borrower, debt);
        var held = BalanceOf(borrower, collateral);
        var refusal = LiquidationRefusal(liquidator, borrower, collateral, debt, account, owed);
        if (refusal != PoolError.None) return refusal;

        var bonus = FactorsOf(_users[borrower].EMode, collateral).Bonus;
        var lot = SizeLot(collateral, debt, UInt256.Min(amount, MostCoverable(collateral, debt, account, owed, held)), held, bonus);
        if (LeavesDust(collateral, debt, lot, owed, held)) return PoolError.MustNotLeaveDust;
        if (lot.Seized + lot.Fee == held) User(borrower).SetUses(collateral, false);

        var isAllCollateral = account.Collateral == lot.SeizedValue;
        var error = BurnLiquidated(borrower, debt, owed, lot.Covered, isAllCollateral);
        if (error != PoolError.None) return error;
        if (receiveSupply) MoveSupply(borrower, liquidator, collateral, ScaledUp(collateral, lot.Seized));
        else error = PayOut(borrower, collateral, lot.Seized);
        if (error != PoolError.None) return error;
        TakeFee(borrower, collateral, lot.Fee);
        LastSale = new SaleOutcome(
            lot.Seized, lot.Covered, UInt256.Zero, lot.Fee, isAllCollateral ? owed - lot.Covered : UInt256.Zero);
        return isAllCollateral && _users[borrower].IsBorrowing ? WriteOffRest(borrower) : PoolError.None;
    }

    private PoolError LiquidationRefusal(uint liquidator, uint borrower, int collateral, int debt, in AccountData account, UInt256 owed)
    {
        if (liquidator == borrower) return PoolError.SelfLiquidation;
        var refusal = SaleRefusal(borrower, collateral, debt, account, isForced: true);
        if (refusal != PoolError.None) return refusal;
        return owed.IsZero ? PoolError.SpecifiedCurrencyNotBorrowedByUser : PoolError.None;
    }

    private UInt256 MostCoverable(int collateral, int debt, in AccountData account, UInt256 owed, UInt256 held)
    {
        ref readonly var owing = ref _reserves[debt];
        var owedValue = owing.Value(owed, Rounding.Ceiling);
        var heldValue = _reserves[collateral].Value(held, Rounding.Floor);
        if (heldValue < FullCloseBelow || owedValue < FullCloseBelow || account.HealthFactor <= FullCloseHealth) return owed;
        var half = WadRay.PercentMul(account.Debt, CloseFactor);
        return owedValue > half ? half * owing.Unit / owing.Price : owed;
    }

    private Lot SizeLot(int collateral, int debt, UInt256 cover, UInt256 held, uint bonus)
    {
        ref readonly var seized = ref _reserves[collateral];
        ref readonly var owing = ref _reserves[debt];
        var worth = (UInt256)owing.Price * cover * seized.Unit / (seized.Price * owing.Unit);
        var amount = WadRay.PercentMul(worth, (ulong)bonus, _profile.SeizedRounding);
        if (amount > held)
        {
            amount = held;
            cover = WadRay.PercentDiv((UInt256)seized.Price * amount * owing.Unit / (owing.Price * seized.Unit), (ulong)bonus,
                Rounding.Ceiling);
        }

        var value = seized.Value(amount, Rounding.Floor);
        if (seized.Parameters.LiquidationProtocolFee == 0) return new Lot(amount, UInt256.Zero, cover, value);
        var gain = amount - WadRay.PercentDiv(amount, (ulong)bonus, _profile.BonusBaseRounding);
        var fee = WadRay.PercentMul(gain, (ulong)seized.Parameters.LiquidationProtocolFee, _profile.ProtocolFeeRounding);
        return new Lot(amount - fee, fee, cover, value);
    }

    private bool LeavesDust(int collateral, int debt, in Lot lot, UInt256 owed, UInt256 held)
    {
        if (lot.Covered >= owed || lot.Seized + lot.Fee >= held) return false;
        return _reserves[debt].Value(owed - lot.Covered, Rounding.Floor) < LeastLeftover
            || _reserves[collateral].Value(held - lot.Seized - lot.Fee, Rounding.Floor) < LeastLeftover;
    }

    // Without collateral left the rest of the debt is nobody's: it becomes the reserve's deficit.
    private PoolError BurnLiquidated(uint borrower, int debt, UInt256 owed, UInt256 covered, bool isAllCollateral)
    {
        var error = BurnDebt(borrower, debt, isAllCollateral ? owed : covered);
        if (error != PoolError.None) return error;
        ref var reserve = ref _reserves[debt];
        if (isAllCollateral) reserve.Deficit = (UInt128)(reserve.Deficit + (owed - covered));
        reserve.Rebalance(covered, UInt256.Zero);
        return PoolError.None;
    }

    private PoolError PayOut(uint borrower, int collateral, UInt256 amount)
    {
        ref var reserve = ref _reserves[collateral];
        reserve.Rebalance(UInt256.Zero, amount);
        return BurnSupply(borrower, collateral, ScaledUp(collateral, amount));
    }

    private void TakeFee(uint borrower, int collateral, UInt256 fee)
    {
        if (fee.IsZero) return;
        var scaled = UInt256.Min(ScaledUp(collateral, fee), PositionAt(borrower, collateral).ScaledSupply);
        MoveSupply(borrower, Treasury, collateral, scaled);
    }

    private UInt256 ScaledUp(int reserve, UInt256 amount) => WadRay.RayDiv(amount, _reserves[reserve].LiquidityIndex, Rounding.Ceiling);

    private PoolError WriteOffRest(uint borrower)
    {
        for (var left = _users[borrower].Borrowing; left != 0; left &= left - 1)
        {
            var debt = (int)UInt128.TrailingZeroCount(left);
            Accrued(debt);
            var error = BurnLiquidated(borrower, debt, OwedBy(borrower, debt), UInt256.Zero, true);
            if (error != PoolError.None) return error;
        }

        return PoolError.None;
    }

    /// <summary>What one liquidation moves: base units, and the value of collateral with the fee in the base currency.</summary>
    private readonly record struct Lot(UInt256 Seized, UInt256 Fee, UInt256 Covered, UInt256 SeizedValue);
}
