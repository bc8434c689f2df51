namespace DarkPool.Protocol.Lending;

/// <summary>Governance: lists a liquidation market of a pool, or gives one another target and ramp. Health in basis points.</summary>
/// <param name="Pool">Number of the pool.</param>
/// <param name="Market">Number of the liquidation market of the pool.</param>
/// <param name="Collateral">Asset that is sold.</param>
/// <param name="Debt">Asset that is repaid.</param>
/// <param name="LotSize">Base units of the collateral in one lot.</param>
/// <param name="TickValue">Base units of the debt asset for one tick and one lot.</param>
/// <param name="TargetHealth">Health that a sale restores; above 10,000, at most 20,000.</param>
/// <param name="RampSeconds">Seconds in which the bonus grows to the reserve's; 1 to 86,400.</param>
/// <param name="FullBonusHealth">Health at and below which the bonus is the reserve's at once; below 10,000.</param>
public readonly record struct ConfigureLiquidation(
    uint Pool, uint Market, uint Collateral, uint Debt, UInt128 LotSize, UInt128 TickValue, uint TargetHealth, uint RampSeconds,
    uint FullBonusHealth)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 64;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="change">The change.</param>
    /// <returns>False if the length or a reserved byte is wrong.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out ConfigureLiquidation change)
    {
        change = default;
        if (body.Length != Size) return false;
        var reader = new BodyReader(body);
        change = new ConfigureLiquidation(
            reader.UInt32(), reader.UInt32(), reader.UInt32(), reader.UInt32(), reader.UInt128(), reader.UInt128(), reader.UInt32(),
            reader.UInt32(), reader.UInt32());
        reader.Zeros(4);
        return reader.IsSound;
    }

    /// <summary>The body in bytes.</summary>
    /// <returns>A new array.</returns>
    public byte[] ToBytes()
    {
        var body = new byte[Size];
        var writer = new BodyWriter(body);
        writer.UInt32(Pool);
        writer.UInt32(Market);
        writer.UInt32(Collateral);
        writer.UInt32(Debt);
        writer.UInt128(LotSize);
        writer.UInt128(TickValue);
        writer.UInt32(TargetHealth);
        writer.UInt32(RampSeconds);
        writer.UInt32(FullBonusHealth);
        writer.Zeros(4);
        return body;
    }
}
