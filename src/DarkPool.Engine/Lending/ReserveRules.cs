using DarkPool.Engine.Lending.Aave;

namespace DarkPool.Engine.Lending;

/// <summary>Which parameters a reserve and an e-mode may have: the checks of Aave's PoolConfigurator (v3.6, v3.7).</summary>
internal static class ReserveRules
{
    private const uint Whole = 10_000;

    /// <summary>Whether parameters may be given to a reserve.</summary>
    public static bool IsSound(in ReserveParameters parameters) =>
        parameters.Decimals <= LendingLimits.MaxAssetDecimals
        && AreSound(parameters.LoanToValue, parameters.LiquidationThreshold, parameters.LiquidationBonus, mayBeNone: true)
        && parameters.ReserveFactor <= Whole
        && parameters.LiquidationProtocolFee <= Whole
        && parameters.SupplyCap <= LendingLimits.MaxCap
        && parameters.BorrowCap <= LendingLimits.MaxCap
        && parameters.Curve.IsValid;

    /// <summary>Whether an e-mode may be defined so, in a pool of that many reserves.</summary>
    public static bool IsSound(in EMode eMode, int reserves) =>
        AreSound(eMode.LoanToValue, eMode.LiquidationThreshold, eMode.LiquidationBonus, mayBeNone: false)
        && ((eMode.Collateral | eMode.Borrowable | eMode.LtvZero) & ~AllOf(reserves)) == 0;

    // The threshold with the bonus on top stays within the collateral: what is liquidated in time leaves no debt.
    private static bool AreSound(uint loanToValue, uint threshold, uint bonus, bool mayBeNone)
    {
        if (threshold == 0) return mayBeNone && loanToValue == 0 && bonus == 0;
        return loanToValue <= threshold && threshold <= Whole && bonus is > Whole and <= 2 * Whole
            && ((ulong)threshold * bonus) + (Whole / 2) < (Whole + 1UL) * Whole;
    }

    private static UInt128 AllOf(int reserves) => reserves == LendingPool.MaxReserves ? UInt128.MaxValue : (UInt128.One << reserves) - 1;
}
