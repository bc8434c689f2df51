namespace DarkPool.Engine.Lending.Aave;

/// <content>What the search for unhealthy positions reads.</content>
public sealed partial class LendingPool
{
    /// <summary>The present second.</summary>
    internal ulong Clock => _now;

    /// <summary>The liquidation threshold that a reserve has as collateral in an e-mode, basis points.</summary>
    internal uint ThresholdOf(byte eMode, int reserve) => FactorsOf(eMode, reserve).Threshold;

    /// <summary>Its liquidation bonus there, basis points; 10,500 is 5 %.</summary>
    internal uint BonusOf(byte eMode, int reserve) => FactorsOf(eMode, reserve).Bonus;

    /// <summary>Whether a liquidation may cover all of a debt now: the close factor of this position is not one half.</summary>
    internal bool MayCoverAll(uint user, int collateral, int debt)
    {
        var owed = DebtOf(user, debt);
        return MostCoverable(collateral, debt, Account(user), owed, SupplyOf(user, collateral)) >= owed;
    }
}
