namespace DarkPool.Protocol.Lending;

/// <summary>Cancels a sealed bid for collateral of an isolated market.</summary>
/// <param name="Market">Number of the isolated market.</param>
/// <param name="Id">The account's number for it.</param>
public readonly record struct CancelIsolatedBid(uint Market, ulong Id)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 16;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="command">The command.</param>
    /// <returns>False if the length or a reserved byte is wrong.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out CancelIsolatedBid command)
    {
        command = default;
        if (body.Length != Size) return false;
        var reader = new BodyReader(body);
        var market = reader.UInt32();
        reader.Zeros(4);
        command = new CancelIsolatedBid(market, reader.UInt64());
        return reader.IsSound;
    }

    /// <summary>Writes the body.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        var writer = new BodyWriter(destination);
        writer.UInt32(Market);
        writer.Zeros(4);
        writer.UInt64(Id);
    }

    /// <summary>A constant: a command must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(CancelIsolatedBid);
}
