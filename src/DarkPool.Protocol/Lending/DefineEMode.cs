namespace DarkPool.Protocol.Lending;

/// <summary>
/// Governance: an e-mode of a pool. Factors in basis points; sets are bit masks, bit n being the reserve that was listed n-th, from 0.
/// </summary>
/// <param name="Pool">Number of the pool.</param>
/// <param name="Category">Number of the e-mode, from 1.</param>
/// <param name="LoanToValue">Loan to value.</param>
/// <param name="LiquidationThreshold">Liquidation threshold.</param>
/// <param name="LiquidationBonus">Liquidation bonus; 10,100 is 1 %.</param>
/// <param name="Collateral">Reserves to which these factors apply.</param>
/// <param name="Borrowable">Reserves that may be borrowed in it.</param>
/// <param name="LtvZero">Reserves of the first set that back no new debt.</param>
public readonly record struct DefineEMode(
    uint Pool, byte Category, uint LoanToValue, uint LiquidationThreshold, uint LiquidationBonus, UInt128 Collateral,
    UInt128 Borrowable, UInt128 LtvZero)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 72;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="change">The change.</param>
    /// <returns>False if the length, a flag or a reserved byte is wrong.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out DefineEMode change)
    {
        change = default;
        if (body.Length != Size) return false;
        var reader = new BodyReader(body);
        var pool = reader.UInt32();
        var category = reader.Byte();
        reader.Zeros(3);
        var loanToValue = reader.UInt32();
        var liquidationThreshold = reader.UInt32();
        var liquidationBonus = reader.UInt32();
        reader.Zeros(4);
        var collateral = reader.UInt128();
        var borrowable = reader.UInt128();
        var ltvZero = reader.UInt128();
        change = new DefineEMode(
            pool, category, loanToValue, liquidationThreshold, liquidationBonus, collateral, borrowable, ltvZero);
        return reader.IsSound;
    }

    /// <summary>The body in bytes.</summary>
    /// <returns>A new array.</returns>
    public byte[] ToBytes()
    {
        var body = new byte[Size];
        var writer = new BodyWriter(body);
        writer.UInt32(Pool);
        writer.Byte(Category);
        writer.Zeros(3);
        writer.UInt32(LoanToValue);
        writer.UInt32(LiquidationThreshold);
        writer.UInt32(LiquidationBonus);
        writer.Zeros(4);
        writer.UInt128(Collateral);
        writer.UInt128(Borrowable);
        writer.UInt128(LtvZero);
        return body;
    }
}
