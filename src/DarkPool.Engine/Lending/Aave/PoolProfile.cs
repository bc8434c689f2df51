using DarkPool.Engine.Arithmetic;

namespace DarkPool.Engine.Lending.Aave;

/// <summary>
/// What differs between released versions of the pool. Everything else is common:
/// <list type="table">
/// <listheader><term>step of a liquidation</term><description>v3.6 / v3.7</description></listheader>
/// <item><term>collateral for the debt covered</term><description>half up / down</description></item>
/// <item><term>seized collateral without its bonus</term><description>half up / down</description></item>
/// <item><term>protocol fee</term><description>half up / up</description></item>
/// <item><term>treasury share when both assets are the same</term><description>accrued twice / once</description></item>
/// </list>
/// </summary>
/// <param name="SeizedRounding">Collateral for the debt covered, with the bonus.</param>
/// <param name="BonusBaseRounding">Seized collateral without its bonus.</param>
/// <param name="ProtocolFeeRounding">The protocol's part of the bonus.</param>
/// <param name="AccruesTreasuryTwiceOnSameAsset">v3.6 keeps a stale copy of the reserve there.</param>
public sealed record PoolProfile(
    Rounding SeizedRounding,
    Rounding BonusBaseRounding,
    Rounding ProtocolFeeRounding,
    bool AccruesTreasuryTwiceOnSameAsset)
{
    /// <summary>Aave v3.7.</summary>
    public static PoolProfile V37 { get; } = new(Rounding.Floor, Rounding.Floor, Rounding.Ceiling, false);

    /// <summary>Aave v3.6.</summary>
    public static PoolProfile V36 { get; } = new(Rounding.HalfUp, Rounding.HalfUp, Rounding.HalfUp, true);
}
