namespace DarkPool.Engine.Lending.Aave;

/// <content>What the search for unhealthy positions reads.</content>
public sealed partial class LendingPool
{
    /// <summary>The present second.</summary>
    internal ulong Clock => _now;

    /// <summary>The liquidation threshold that a reserve has as collateral in an e-mode, basis points.</summary>
    internal uint ThresholdOf(byte eMode, int reserve) => FactorsOf(eMode, reserve).Threshold;
}
