namespace DarkPool.Protocol.Lending;

/// <summary>The account's bid or backstop bought collateral. Amounts in base units.</summary>
/// <param name="Pool">Number of the pool.</param>
/// <param name="Market">Number of the liquidation market of the pool.</param>
/// <param name="Bid">The account's number for the bid; 0 of a backstop.</param>
/// <param name="Collateral">The asset bought.</param>
/// <param name="Debt">The asset paid.</param>
/// <param name="Bought">How much came.</param>
/// <param name="Paid">How much went.</param>
/// <param name="Ticks">The clearing price; 0 of a backstop, who pays by the fixed bonus.</param>
/// <param name="LotsLeft">What is left of the bid.</param>
public readonly record struct CollateralBought(
    uint Pool, uint Market, ulong Bid, uint Collateral, uint Debt, UInt128 Bought, UInt128 Paid, long Ticks, ulong LotsLeft)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 72;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="report">The report.</param>
    /// <returns>False if the length is not <see cref="Size"/>.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out CollateralBought report)
    {
        report = default;
        if (body.Length != Size) return false;
        var reader = new BodyReader(body);
        report = new CollateralBought(
            reader.UInt32(), reader.UInt32(), reader.UInt64(), reader.UInt32(), reader.UInt32(), reader.UInt128(), reader.UInt128(),
            reader.Int64(), reader.UInt64());
        return reader.IsSound;
    }

    /// <summary>Writes the body.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        var writer = new BodyWriter(destination);
        writer.UInt32(Pool);
        writer.UInt32(Market);
        writer.UInt64(Bid);
        writer.UInt32(Collateral);
        writer.UInt32(Debt);
        writer.UInt128(Bought);
        writer.UInt128(Paid);
        writer.Int64(Ticks);
        writer.UInt64(LotsLeft);
    }

    /// <summary>A constant: a report must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(CollateralBought);
}
