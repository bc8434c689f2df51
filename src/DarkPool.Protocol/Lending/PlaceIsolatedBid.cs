namespace DarkPool.Protocol.Lending;

/// <summary>A sealed bid for collateral of an isolated market. It holds its lots at its highest price in the loan asset.</summary>
/// <param name="Market">Number of the isolated market.</param>
/// <param name="Id">The account's number for it, unique among its open bids of the market.</param>
/// <param name="MaxTicks">The highest price, in ticks; positive.</param>
/// <param name="Discount">How far below the price of the feeds it buys at most, basis points below 10,000.</param>
/// <param name="Lots">How much; positive.</param>
public readonly record struct PlaceIsolatedBid(uint Market, ulong Id, long MaxTicks, uint Discount, ulong Lots)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 32;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="command">The command.</param>
    /// <returns>False if the length is wrong.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out PlaceIsolatedBid command)
    {
        command = default;
        if (body.Length != Size) return false;
        var reader = new BodyReader(body);
        var (market, discount) = (reader.UInt32(), reader.UInt32());
        command = new PlaceIsolatedBid(market, reader.UInt64(), reader.Int64(), discount, reader.UInt64());
        return true;
    }

    /// <summary>Writes the body.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        var writer = new BodyWriter(destination);
        writer.UInt32(Market);
        writer.UInt32(Discount);
        writer.UInt64(Id);
        writer.Int64(MaxTicks);
        writer.UInt64(Lots);
    }

    /// <summary>A constant: a command must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(PlaceIsolatedBid);
}
