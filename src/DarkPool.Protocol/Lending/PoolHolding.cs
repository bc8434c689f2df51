namespace DarkPool.Protocol.Lending;

/// <summary>
/// A part of a position: one reserve, with interest to the time of the block. Amounts in base units of the asset, prices of a whole token
/// in the base currency (USD, 8 decimals).
/// </summary>
/// <param name="Pool">Number of the pool.</param>
/// <param name="Asset">Number of the asset.</param>
/// <param name="IsCollateral">Whether the supply is collateral.</param>
/// <param name="Supply">Supply.</param>
/// <param name="Debt">Debt.</param>
/// <param name="Price">The price.</param>
/// <param name="LiquidationPrice">Lowest price, all others as they are, at which it is not liquidatable; 0: at none it is.</param>
/// <param name="MaxWithdrawal">Most that a withdrawal would pay now.</param>
/// <param name="BorrowCapacity">Most that could be borrowed of it now.</param>
public readonly record struct PoolHolding(
    uint Pool, uint Asset, bool IsCollateral, UInt128 Supply, UInt128 Debt, UInt128 Price, UInt128 LiquidationPrice,
    UInt128 MaxWithdrawal, UInt128 BorrowCapacity)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 112;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="report">The report.</param>
    /// <returns>False if the length, a flag or a reserved byte is wrong.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out PoolHolding report)
    {
        report = default;
        if (body.Length != Size) return false;
        var reader = new BodyReader(body);
        var pool = reader.UInt32();
        var asset = reader.UInt32();
        var isCollateral = reader.Flag();
        reader.Zeros(7);
        var supply = reader.UInt128();
        var debt = reader.UInt128();
        var price = reader.UInt128();
        var liquidationPrice = reader.UInt128();
        var maxWithdrawal = reader.UInt128();
        var borrowCapacity = reader.UInt128();
        report = new PoolHolding(pool, asset, isCollateral, supply, debt, price, liquidationPrice, maxWithdrawal, borrowCapacity);
        return reader.IsSound;
    }

    /// <summary>Writes the body.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        var writer = new BodyWriter(destination);
        writer.UInt32(Pool);
        writer.UInt32(Asset);
        writer.Flag(IsCollateral);
        writer.Zeros(7);
        writer.UInt128(Supply);
        writer.UInt128(Debt);
        writer.UInt128(Price);
        writer.UInt128(LiquidationPrice);
        writer.UInt128(MaxWithdrawal);
        writer.UInt128(BorrowCapacity);
    }

    /// <summary>A constant: a report must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(PoolHolding);
}
