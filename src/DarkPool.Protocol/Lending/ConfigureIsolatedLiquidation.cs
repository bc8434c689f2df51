namespace DarkPool.Protocol.Lending;

/// <summary>Has an isolated market liquidated, or gives it another target and ramp: its lot and tick stay.</summary>
/// <param name="Market">Number of the isolated market.</param>
/// <param name="LotSize">Base units of the collateral in one lot; positive.</param>
/// <param name="TickValue">Base units of the loan asset for one tick and one lot; positive.</param>
/// <param name="TargetHealth">Health factor that a sale restores, basis points; above 10,000, at most 20,000.</param>
/// <param name="RampSeconds">Seconds in which the bonus grows from nothing to the market's incentive; 1 to 86,400.</param>
/// <param name="FullBonusHealth">Health at and below which the bonus is the incentive at once, basis points; below 10,000.</param>
public readonly record struct ConfigureIsolatedLiquidation(
    uint Market, UInt128 LotSize, UInt128 TickValue, uint TargetHealth, uint RampSeconds, uint FullBonusHealth)
{
    private const int Size = 48;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="change">The change.</param>
    /// <returns>False if the length is wrong.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out ConfigureIsolatedLiquidation change)
    {
        change = default;
        if (body.Length != Size) return false;
        var reader = new BodyReader(body);
        var market = reader.UInt32();
        var (target, ramp, full) = (reader.UInt32(), reader.UInt32(), reader.UInt32());
        change = new ConfigureIsolatedLiquidation(market, reader.UInt128(), reader.UInt128(), target, ramp, full);
        return true;
    }

    /// <summary>Encodes the body.</summary>
    /// <returns>The bytes.</returns>
    public byte[] ToBytes()
    {
        var body = new byte[Size];
        var writer = new BodyWriter(body);
        writer.UInt32(Market);
        writer.UInt32(TargetHealth);
        writer.UInt32(RampSeconds);
        writer.UInt32(FullBonusHealth);
        writer.UInt128(LotSize);
        writer.UInt128(TickValue);
        return body;
    }
}
