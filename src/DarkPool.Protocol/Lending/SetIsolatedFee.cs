namespace DarkPool.Protocol.Lending;

/// <summary>Governance: an isolated market's share of interest.</summary>
/// <param name="Market">Number of the isolated market.</param>
/// <param name="Fee">Wad; at most 25 %.</param>
public readonly record struct SetIsolatedFee(uint Market, UInt128 Fee)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 24;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="change">The change.</param>
    /// <returns>False if the length, a flag or a reserved byte is wrong.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out SetIsolatedFee change)
    {
        change = default;
        if (body.Length != Size) return false;
        var reader = new BodyReader(body);
        var market = reader.UInt32();
        reader.Zeros(4);
        var fee = reader.UInt128();
        change = new SetIsolatedFee(market, fee);
        return reader.IsSound;
    }

    /// <summary>The body in bytes.</summary>
    /// <returns>A new array.</returns>
    public byte[] ToBytes()
    {
        var body = new byte[Size];
        var writer = new BodyWriter(body);
        writer.UInt32(Market);
        writer.Zeros(4);
        writer.UInt128(Fee);
        return body;
    }
}
