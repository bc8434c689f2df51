namespace DarkPool.Protocol.Lending;

/// <summary>
/// A borrower's own stop: "sell this much below that". It takes the place of the one that the account has in the liquidation market.
/// </summary>
/// <param name="Pool">Number of the pool.</param>
/// <param name="Market">Number of the liquidation market of the pool.</param>
/// <param name="Price">Price of the collateral at or below which it is offered: USD with 8 decimals for a whole token; positive.</param>
/// <param name="Lots">How much; 0 withdraws the stop.</param>
/// <param name="MaxDiscount">Most that buyers are offered above the price of the feeds, basis points; at most 1,500.</param>
public readonly record struct SetStop(uint Pool, uint Market, UInt128 Price, ulong Lots, uint MaxDiscount)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 40;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="command">The command.</param>
    /// <returns>False if the length or a reserved byte is wrong.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out SetStop command)
    {
        command = default;
        if (body.Length != Size) return false;
        var reader = new BodyReader(body);
        command = new SetStop(reader.UInt32(), reader.UInt32(), reader.UInt128(), reader.UInt64(), reader.UInt32());
        reader.Zeros(4);
        return reader.IsSound;
    }

    /// <summary>Writes the body.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        var writer = new BodyWriter(destination);
        writer.UInt32(Pool);
        writer.UInt32(Market);
        writer.UInt128(Price);
        writer.UInt64(Lots);
        writer.UInt32(MaxDiscount);
        writer.Zeros(4);
    }

    /// <summary>A constant: a command must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(SetStop);
}
