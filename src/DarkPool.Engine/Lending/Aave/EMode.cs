namespace DarkPool.Engine.Lending.Aave;

/// <summary>
/// A category of assets that move together (fully decoupled since v3.6): its own factors in basis points, and sets of reserves as bit
/// masks by reserve index.
/// </summary>
/// <param name="LoanToValue">Loan to value of collateral in the category.</param>
/// <param name="LiquidationThreshold">Its liquidation threshold; 0: no such category.</param>
/// <param name="LiquidationBonus">Its liquidation bonus; 10,100 is 1 %.</param>
/// <param name="Collateral">Reserves to which these factors apply.</param>
/// <param name="Borrowable">Reserves that may be borrowed in it.</param>
/// <param name="LtvZero">Reserves of the first set that back no new debt.</param>
public readonly record struct EMode(
    uint LoanToValue, uint LiquidationThreshold, uint LiquidationBonus, UInt128 Collateral, UInt128 Borrowable, UInt128 LtvZero)
{
    /// <summary>Whether the category's factors apply to a reserve.</summary>
    public bool TakesAsCollateral(int reserve) => Contains(Collateral, reserve);

    /// <summary>Whether a reserve may be borrowed in the category.</summary>
    public bool LetsBorrow(int reserve) => Contains(Borrowable, reserve);

    /// <summary>Whether a reserve backs no new debt in the category.</summary>
    public bool HasZeroLtv(int reserve) => Contains(LtvZero, reserve);

    private static bool Contains(UInt128 set, int reserve) => ((set >> reserve) & 1) != 0;
}
