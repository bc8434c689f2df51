using DarkPool.Protocol.Identity;

namespace DarkPool.Protocol.Lending;

/// <summary>Collateral of the account was liquidated. Amounts in base units, values in the base currency (8 decimals).</summary>
/// <param name="Sale">The sale's number in the venue, from 1.</param>
/// <param name="Pool">Number of the pool.</param>
/// <param name="Market">Number of the liquidation market of the pool.</param>
/// <param name="Collateral">Asset that was sold.</param>
/// <param name="Debt">Asset that was repaid.</param>
/// <param name="Reason">1: below a health of 1, sold to bids; 4: taken by a backstop.</param>
/// <param name="Ticks">The clearing price; 0 from a backstop.</param>
/// <param name="Seized">Collateral that was sold.</param>
/// <param name="Repaid">Debt that was repaid.</param>
/// <param name="Excess">What buyers paid beyond the debt; it is available.</param>
/// <param name="Fee">Collateral that went to the treasury.</param>
/// <param name="WrittenOff">Debt that became the reserve's deficit.</param>
/// <param name="Penalty">What was lost: value of the collateral gone less value of what was paid for it.</param>
/// <param name="HealthFactor">The health factor afterwards, wad; the greatest number without debt.</param>
/// <param name="Salt">The salt of the sale's commitment.</param>
public readonly record struct CollateralSold(
    ulong Sale, uint Pool, uint Market, uint Collateral, uint Debt, byte Reason, long Ticks, UInt128 Seized, UInt128 Repaid,
    UInt128 Excess, UInt128 Fee, UInt128 WrittenOff, UInt128 Penalty, UInt128 HealthFactor, Bytes32 Salt)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 184;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="report">The report.</param>
    /// <returns>False if the length or a reserved byte is wrong.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out CollateralSold report)
    {
        report = default;
        if (body.Length != Size) return false;
        var reader = new BodyReader(body);
        var (sale, pool, market) = (reader.UInt64(), reader.UInt32(), reader.UInt32());
        var (collateral, debt, reason) = (reader.UInt32(), reader.UInt32(), reader.Byte());
        reader.Zeros(7);
        report = new CollateralSold(
            sale, pool, market, collateral, debt, reason, reader.Int64(), reader.UInt128(), reader.UInt128(), reader.UInt128(),
            reader.UInt128(), reader.UInt128(), reader.UInt128(), reader.UInt128(), reader.Bytes32());
        return reader.IsSound;
    }

    /// <summary>Writes the body.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        var writer = new BodyWriter(destination);
        writer.UInt64(Sale);
        writer.UInt32(Pool);
        writer.UInt32(Market);
        writer.UInt32(Collateral);
        writer.UInt32(Debt);
        writer.Byte(Reason);
        writer.Zeros(7);
        writer.Int64(Ticks);
        foreach (var number in (ReadOnlySpan<UInt128>)[Seized, Repaid, Excess, Fee, WrittenOff, Penalty, HealthFactor])
        {
            writer.UInt128(number);
        }

        writer.Bytes32(Salt);
    }

    /// <summary>A constant: a report must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(CollateralSold);
}
