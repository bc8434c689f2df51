using DarkPool.Protocol.Lending;

namespace DarkPool.Host.Http;

/// <summary>The latest reserve sheet. Before the first: block 0 and nothing else.</summary>
/// <param name="Block">The block after which it holds.</param>
/// <param name="Time">Its time, microseconds since 1970.</param>
/// <param name="Reserves">Reserves of lending pools.</param>
/// <param name="IsolatedMarkets">Isolated markets.</param>
/// <param name="Sheet">Base64 of the sheet as the enclave signed it; null if there is none.</param>
internal sealed record ReservesDocument(
    ulong Block,
    long Time,
    IReadOnlyList<ReserveDocument> Reserves,
    IReadOnlyList<IsolatedMarketDocument> IsolatedMarkets,
    string? Sheet)
{
    public static ReservesDocument Of(byte[]? sheet) =>
        sheet is not null && ReserveSheet.TryRead(sheet, out var read)
            ? new ReservesDocument(
                read.Block, read.Time, [.. read.Reserves.Select(ReserveDocument.Of)], [.. read.Markets.Select(IsolatedMarketDocument.Of)],
                Convert.ToBase64String(sheet))
            : new ReservesDocument(0, 0, [], [], null);
}

/// <summary>A reserve. Numbers of 128 bits are decimal strings: amounts in base units, rates, indices and utilisation in rays.</summary>
internal sealed record ReserveDocument(
    uint Pool,
    uint Asset,
    byte Decimals,
    bool Frozen,
    bool Paused,
    bool HasPrice,
    string Price,
    string Supplied,
    string Borrowed,
    string Available,
    string Deficit,
    string Utilisation,
    string LiquidityRate,
    string BorrowRate,
    string LiquidityIndex,
    string BorrowIndex,
    ReserveParametersDocument Parameters)
{
    public static ReserveDocument Of(ReserveRow row) => new(
        row.Pool, row.Asset, row.Decimals, row.IsFrozen, row.IsPaused, row.HasPrice, $"{row.Price}", $"{row.Supplied}",
        $"{row.Borrowed}", $"{row.Available}", $"{row.Deficit}", $"{row.Utilisation}", $"{row.LiquidityRate}", $"{row.BorrowRate}",
        $"{row.LiquidityIndex}", $"{row.BorrowIndex}", ReserveParametersDocument.Of(row.Parameters));
}

/// <summary>What governance set: factors and rates in basis points, caps in whole tokens (0: none).</summary>
internal sealed record ReserveParametersDocument(
    uint LoanToValue,
    uint LiquidationThreshold,
    uint LiquidationBonus,
    uint ReserveFactor,
    uint LiquidationProtocolFee,
    bool BorrowingEnabled,
    ulong BorrowCap,
    ulong SupplyCap,
    uint OptimalUsage,
    uint BaseRate,
    uint Slope1,
    uint Slope2)
{
    public static ReserveParametersDocument Of(ReserveParameters parameters) => new(
        parameters.LoanToValue, parameters.LiquidationThreshold, parameters.LiquidationBonus, parameters.ReserveFactor,
        parameters.LiquidationProtocolFee, parameters.BorrowingEnabled, parameters.BorrowCap, parameters.SupplyCap,
        parameters.OptimalUsage, parameters.BaseRate, parameters.Slope1, parameters.Slope2);
}

/// <summary>An isolated market: totals as its last accrual left them, as decimal strings.</summary>
internal sealed record IsolatedMarketDocument(
    uint Market,
    bool HasPrice,
    string SupplyAssets,
    string SupplyShares,
    string BorrowAssets,
    string BorrowShares,
    string Fee,
    string RateAtTarget,
    string Lltv,
    string Price)
{
    public static IsolatedMarketDocument Of(IsolatedRow row) => new(
        row.Market, row.HasPrice, $"{row.SupplyAssets}", $"{row.SupplyShares}", $"{row.BorrowAssets}", $"{row.BorrowShares}",
        $"{row.Fee}", $"{row.RateAtTarget}", $"{row.Lltv}", $"{row.Price}");
}
