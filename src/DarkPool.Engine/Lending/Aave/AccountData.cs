using DarkPool.Engine.Arithmetic;

namespace DarkPool.Engine.Lending.Aave;

/// <summary>A user's position as a whole. Values in the base currency (USD, 8 decimals).</summary>
/// <param name="Collateral">Value of all collateral, each reserve rounded down.</param>
/// <param name="Debt">Value of all debt, each reserve rounded up.</param>
/// <param name="AverageLtv">Loan to value weighted by collateral, basis points.</param>
/// <param name="AverageThreshold">Liquidation threshold weighted by collateral, basis points.</param>
/// <param name="HealthFactor">Wad; below 1e18 the position may be liquidated; <see cref="UInt256.MaxValue"/> without debt.</param>
/// <param name="HasZeroLtvCollateral">Some of the collateral backs no new debt.</param>
public readonly record struct AccountData(
    UInt256 Collateral, UInt256 Debt, UInt256 AverageLtv, UInt256 AverageThreshold, UInt256 HealthFactor, bool HasZeroLtvCollateral)
{
    /// <summary>What could still be borrowed, in the base currency.</summary>
    public UInt256 AvailableBorrows
    {
        get
        {
            var capacity = WadRay.PercentMul(Collateral, AverageLtv, Rounding.Floor);
            return capacity > Debt ? capacity - Debt : UInt256.Zero;
        }
    }

    /// <summary>True if the position may not be liquidated.</summary>
    public bool IsHealthy => HealthFactor >= WadRay.Wad;
}
