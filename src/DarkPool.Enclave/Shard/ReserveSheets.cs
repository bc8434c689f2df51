using DarkPool.Engine;
using DarkPool.Engine.Lending;
using DarkPool.Protocol.Lending;

namespace DarkPool.Enclave.Shard;

/// <summary>What is public of the venue's loans, as the protocol writes it. Totals only.</summary>
internal static class ReserveSheets
{
    public static ReserveSheet Of(Venue venue) => new(
        venue.Block, venue.Time.Microseconds, [.. venue.Reserves.Select(Row)], [.. venue.IsolatedMarkets.Select(Row)]);

    private static ReserveRow Row(ReserveTotals totals) => new(
        totals.Pool,
        totals.Asset,
        totals.Parameters.Decimals,
        totals.Parameters.Frozen,
        totals.Parameters.Paused,
        totals.HasPrice,
        totals.Price,
        totals.Supplied,
        totals.Borrowed,
        totals.Available,
        totals.Deficit,
        totals.Utilisation,
        totals.LiquidityRate,
        totals.BorrowRate,
        totals.LiquidityIndex,
        totals.BorrowIndex,
        ParametersOf(totals.Parameters));

    private static IsolatedRow Row(IsolatedTotals totals) => new(
        totals.Market,
        totals.HasPrice,
        totals.State.SupplyAssets,
        totals.State.SupplyShares,
        totals.State.BorrowAssets,
        totals.State.BorrowShares,
        totals.State.Fee,
        totals.State.RateAtTarget,
        totals.Lltv,
        new UInt256(totals.Price.High, totals.Price.Low));

    private static ReserveParameters ParametersOf(in Engine.Lending.Aave.ReserveParameters parameters) => new(
        parameters.LoanToValue,
        parameters.LiquidationThreshold,
        parameters.LiquidationBonus,
        parameters.ReserveFactor,
        parameters.LiquidationProtocolFee,
        parameters.BorrowingEnabled,
        parameters.BorrowCap,
        parameters.SupplyCap,
        parameters.Curve.OptimalUsage,
        parameters.Curve.Base,
        parameters.Curve.Slope1,
        parameters.Curve.Slope2);
}
