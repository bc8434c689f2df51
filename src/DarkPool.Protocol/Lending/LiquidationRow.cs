using DarkPool.Protocol.Identity;

namespace DarkPool.Protocol.Lending;

/// <summary>Of what kind a liquidated loan was. Append-only.</summary>
public enum LoanKind : byte
{
    /// <summary>A loan of a lending pool.</summary>
    Pool = 1,

    /// <summary>A loan of an isolated market.</summary>
    Isolated = 2,
}

/// <summary>All that is published of a borrower's sale. Amounts in base units.</summary>
/// <param name="Kind">What kind of loan it was.</param>
/// <param name="Place">Number of the pool, or of the isolated market.</param>
/// <param name="Market">The liquidation market of the pool; 0 of an isolated market.</param>
/// <param name="Ticks">The clearing price; 0 from a backstop, who pays by the fixed bonus.</param>
/// <param name="Seized">Collateral that left the borrower for buyers.</param>
/// <param name="Repaid">Debt that was repaid.</param>
/// <param name="Penalty">
/// What the borrower lost: USD with 8 decimals in a pool, base units of the loan asset in an isolated market.
/// </param>
/// <param name="Commitment">In the borrower's place: see <see cref="LoanCommitment"/>.</param>
public readonly record struct LiquidationRow(
    LoanKind Kind, uint Place, uint Market, long Ticks, UInt128 Seized, UInt128 Repaid, UInt128 Penalty, Bytes32 Commitment)
{
    /// <summary>The size in bytes.</summary>
    public const int Size = 1 + 3 + 4 + 4 + 4 + 8 + (3 * 16) + Bytes32.Size;

    internal static bool TryRead(ReadOnlySpan<byte> bytes, out LiquidationRow row)
    {
        var reader = new BodyReader(bytes);
        var kind = (LoanKind)reader.Byte();
        reader.Zeros(3);
        var (place, market) = (reader.UInt32(), reader.UInt32());
        reader.Zeros(4);
        row = new LiquidationRow(
            kind, place, market, reader.Int64(), reader.UInt128(), reader.UInt128(), reader.UInt128(), reader.Bytes32());
        return reader.IsSound && kind is (LoanKind.Pool or LoanKind.Isolated);
    }

    internal void Write(Span<byte> destination)
    {
        var writer = new BodyWriter(destination);
        writer.Byte((byte)Kind);
        writer.Zeros(3);
        writer.UInt32(Place);
        writer.UInt32(Market);
        writer.Zeros(4);
        writer.Int64(Ticks);
        writer.UInt128(Seized);
        writer.UInt128(Repaid);
        writer.UInt128(Penalty);
        writer.Bytes32(Commitment);
    }
}
