namespace DarkPool.Protocol.Lending;

/// <summary>Cancels a sealed bid for collateral and releases what it holds.</summary>
/// <param name="Pool">Number of the pool.</param>
/// <param name="Market">Number of the liquidation market of the pool.</param>
/// <param name="Id">The account's number for the bid.</param>
public readonly record struct CancelLiquidationBid(uint Pool, uint Market, ulong Id)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 16;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="command">The command.</param>
    /// <returns>False if the length is not <see cref="Size"/>.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out CancelLiquidationBid command)
    {
        command = default;
        if (body.Length != Size) return false;
        var reader = new BodyReader(body);
        command = new CancelLiquidationBid(reader.UInt32(), reader.UInt32(), reader.UInt64());
        return reader.IsSound;
    }

    /// <summary>Writes the body.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        var writer = new BodyWriter(destination);
        writer.UInt32(Pool);
        writer.UInt32(Market);
        writer.UInt64(Id);
    }

    /// <summary>A constant: a command must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(CancelLiquidationBid);
}
