using DarkPool.Protocol.Lending;

namespace DarkPool.Host.Http;

/// <summary>Published liquidations.</summary>
/// <param name="Sheets">The sheets, in order.</param>
/// <param name="Next">What to ask for next as <c>after</c>: the number of the last liquidation told.</param>
internal sealed record LiquidationsDocument(IReadOnlyList<LiquidationSheetDocument> Sheets, ulong Next);

/// <summary>What was liquidated between two sheets.</summary>
/// <param name="Block">The block after which it was signed.</param>
/// <param name="Time">Its time, microseconds since 1970.</param>
/// <param name="First">Number of the first liquidation in it, from 1 without gaps.</param>
/// <param name="Liquidations">The liquidations, ascending by commitment.</param>
/// <param name="Sheet">Base64 of the sheet as the enclave signed it.</param>
internal sealed record LiquidationSheetDocument(
    ulong Block, long Time, ulong First, IReadOnlyList<LiquidationDocument> Liquidations, string Sheet);

/// <summary>A liquidation. Numbers of 128 bits are decimal strings, amounts in base units.</summary>
/// <param name="Kind"><c>pool</c> or <c>isolated</c>.</param>
/// <param name="Place">The pool, or the isolated market.</param>
/// <param name="Market">The liquidation market of the pool; 0 of an isolated market.</param>
/// <param name="Ticks">The clearing price; 0 from a backstop, who pays by the fixed bonus.</param>
/// <param name="Seized">Collateral that left the borrower for buyers.</param>
/// <param name="Repaid">Debt that was repaid.</param>
/// <param name="Penalty">What the borrower lost.</param>
/// <param name="Commitment">In the borrower's place.</param>
internal sealed record LiquidationDocument(
    string Kind, uint Place, uint Market, long Ticks, string Seized, string Repaid, string Penalty, string Commitment)
{
    public static LiquidationDocument Of(LiquidationRow row) => new(
        row.Kind == LoanKind.Pool ? "pool" : "isolated", row.Place, row.Market, row.Ticks, $"{row.Seized}", $"{row.Repaid}",
        $"{row.Penalty}", row.Commitment.ToString());
}
