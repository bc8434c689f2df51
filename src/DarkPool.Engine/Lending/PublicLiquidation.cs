namespace DarkPool.Engine.Lending;

/// <summary>Of what kind the loan of a <see cref="PublicLiquidation"/> was. Append-only.</summary>
public enum LoanKind : byte
{
    /// <summary>A loan of a lending pool.</summary>
    Pool = 1,

    /// <summary>A loan of an isolated market.</summary>
    Isolated = 2,
}

/// <summary>All that the public learns of a borrower's sale. Amounts in base units.</summary>
/// <param name="Kind">What kind of loan it was.</param>
/// <param name="Place">The pool, or the isolated market.</param>
/// <param name="Market">The liquidation market of the pool; 0 of an isolated market, which is its own.</param>
/// <param name="Ticks">The clearing price; 0 from a backstop, who pays by the fixed bonus.</param>
/// <param name="Seized">Collateral that left the borrower for buyers.</param>
/// <param name="Repaid">Debt that was repaid.</param>
/// <param name="Penalty">
/// What the borrower lost, as a value: USD with 8 decimals in a pool, base units of the loan asset in an isolated market.
/// </param>
/// <param name="Commitment">In the borrower's place: see <see cref="Liquidation.LoanCommitment"/>.</param>
public readonly record struct PublicLiquidation(
    LoanKind Kind, uint Place, uint Market, long Ticks, UInt128 Seized, UInt128 Repaid, UInt128 Penalty, Digest Commitment);
