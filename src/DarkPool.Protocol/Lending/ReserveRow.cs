namespace DarkPool.Protocol.Lending;

/// <summary>What is public of a reserve, with interest to the sheet's time. Amounts in base units, rates and indices in rays.</summary>
/// <param name="Pool">Number of the pool.</param>
/// <param name="Asset">Number of the asset.</param>
/// <param name="Decimals">Decimals of the asset.</param>
/// <param name="IsFrozen">No new supply and no new debt.</param>
/// <param name="IsPaused">Nothing moves.</param>
/// <param name="HasPrice">Whether the price may be relied on.</param>
/// <param name="Price">Price of a whole token in the base currency (USD, 8 decimals).</param>
/// <param name="Supplied">All supply.</param>
/// <param name="Borrowed">All debt.</param>
/// <param name="Available">What can be borrowed or withdrawn.</param>
/// <param name="Deficit">Debt that was written off and is not covered.</param>
/// <param name="Utilisation">Debt over what is supplied.</param>
/// <param name="LiquidityRate">What suppliers earn a year.</param>
/// <param name="BorrowRate">What borrowers owe a year.</param>
/// <param name="LiquidityIndex">What a scaled unit of supply is worth.</param>
/// <param name="BorrowIndex">What a scaled unit of debt is worth.</param>
/// <param name="Parameters">The parameters that governance set.</param>
public readonly record struct ReserveRow(
    uint Pool,
    uint Asset,
    byte Decimals,
    bool IsFrozen,
    bool IsPaused,
    bool HasPrice,
    UInt128 Price,
    UInt128 Supplied,
    UInt128 Borrowed,
    UInt128 Available,
    UInt128 Deficit,
    UInt128 Utilisation,
    UInt128 LiquidityRate,
    UInt128 BorrowRate,
    UInt128 LiquidityIndex,
    UInt128 BorrowIndex,
    ReserveParameters Parameters)
{
    /// <summary>The size in bytes.</summary>
    public const int Size = 12 + (10 * 16) + ReserveParameters.Size;

    internal static bool TryRead(ReadOnlySpan<byte> bytes, out ReserveRow row)
    {
        var reader = new BodyReader(bytes);
        row = new ReserveRow(
            reader.UInt32(), reader.UInt32(), reader.Byte(), reader.Flag(), reader.Flag(), reader.Flag(), reader.UInt128(),
            reader.UInt128(), reader.UInt128(), reader.UInt128(), reader.UInt128(), reader.UInt128(), reader.UInt128(),
            reader.UInt128(), reader.UInt128(), reader.UInt128(), default);
        if (!reader.IsSound || !ReserveParameters.TryRead(bytes[^ReserveParameters.Size..], out var parameters)) return false;
        row = row with { Parameters = parameters };
        return true;
    }

    internal void Write(Span<byte> destination)
    {
        var writer = new BodyWriter(destination);
        writer.UInt32(Pool);
        writer.UInt32(Asset);
        writer.Byte(Decimals);
        writer.Flag(IsFrozen);
        writer.Flag(IsPaused);
        writer.Flag(HasPrice);
        foreach (var number in (ReadOnlySpan<UInt128>)[
            Price, Supplied, Borrowed, Available, Deficit, Utilisation, LiquidityRate, BorrowRate, LiquidityIndex, BorrowIndex])
        {
            writer.UInt128(number);
        }

        Parameters.ToBytes().CopyTo(destination[^ReserveParameters.Size..]);
    }
}

/// <summary>What is public of an isolated market: totals as its last accrual left them. Amounts in base units.</summary>
/// <param name="Market">Number of the isolated market.</param>
/// <param name="HasPrice">Whether the price may be relied on.</param>
/// <param name="SupplyAssets">All supply.</param>
/// <param name="SupplyShares">Its shares.</param>
/// <param name="BorrowAssets">All debt.</param>
/// <param name="BorrowShares">Its shares.</param>
/// <param name="Fee">The market's share of interest, wad.</param>
/// <param name="RateAtTarget">Rate at the target utilisation, wad per second.</param>
/// <param name="Lltv">Loan to value at which positions are liquidated, wad.</param>
/// <param name="Price">Loan base units per collateral base unit, scaled by 1e36.</param>
public readonly record struct IsolatedRow(
    uint Market,
    bool HasPrice,
    UInt128 SupplyAssets,
    UInt128 SupplyShares,
    UInt128 BorrowAssets,
    UInt128 BorrowShares,
    UInt128 Fee,
    UInt128 RateAtTarget,
    UInt128 Lltv,
    UInt256 Price)
{
    /// <summary>The size in bytes.</summary>
    public const int Size = 8 + (7 * 16) + 32;

    internal static bool TryRead(ReadOnlySpan<byte> bytes, out IsolatedRow row)
    {
        var reader = new BodyReader(bytes);
        var (market, hasPrice) = (reader.UInt32(), reader.Flag());
        reader.Zeros(3);
        row = new IsolatedRow(
            market, hasPrice, reader.UInt128(), reader.UInt128(), reader.UInt128(), reader.UInt128(), reader.UInt128(),
            reader.UInt128(), reader.UInt128(), reader.UInt256());
        return reader.IsSound;
    }

    internal void Write(Span<byte> destination)
    {
        var writer = new BodyWriter(destination);
        writer.UInt32(Market);
        writer.Flag(HasPrice);
        writer.Zeros(3);
        foreach (var number in (ReadOnlySpan<UInt128>)[
            SupplyAssets, SupplyShares, BorrowAssets, BorrowShares, Fee, RateAtTarget, Lltv])
        {
            writer.UInt128(number);
        }

        writer.UInt256(Price);
    }
}
