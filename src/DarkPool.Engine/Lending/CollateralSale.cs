using DarkPool.Engine.Lending.Liquidation;

namespace DarkPool.Engine.Lending;

/// <summary>A liquidation as its borrower is told of it. Amounts in base units.</summary>
public readonly record struct CollateralSold
{
    /// <summary>The sale's number in the venue, from 1.</summary>
    public required ulong Sale { get; init; }

    /// <summary>What kind of loan it was.</summary>
    public required LoanKind Kind { get; init; }

    /// <summary>The pool, or the isolated market.</summary>
    public required uint Pool { get; init; }

    /// <summary>Asset that was sold.</summary>
    public required uint Collateral { get; init; }

    /// <summary>Asset that was repaid.</summary>
    public required uint Debt { get; init; }

    /// <summary>What was sold, repaid, written off, and at which price.</summary>
    public required LiquidationRecord Record { get; init; }

    /// <summary>The health factor after it, wad; the greatest number without debt.</summary>
    public required UInt128 HealthFactor { get; init; }

    /// <summary>The salt of its commitment: see <see cref="LoanCommitment"/>.</summary>
    public required Digest Salt { get; init; }
}

/// <summary>What a bid or a backstop bought. Amounts in base units.</summary>
/// <param name="Kind">What kind of loan it was.</param>
/// <param name="Pool">The pool, or the isolated market.</param>
/// <param name="Market">The liquidation market of the pool; 0 of an isolated market.</param>
/// <param name="Bid">The account's number for the bid; 0 of a backstop.</param>
/// <param name="Collateral">The asset bought.</param>
/// <param name="Debt">The asset paid.</param>
/// <param name="Bought">How much came.</param>
/// <param name="Paid">How much went.</param>
/// <param name="Ticks">The clearing price; 0 of a backstop, who pays by the fixed bonus.</param>
/// <param name="LotsLeft">What is left of the bid.</param>
public readonly record struct CollateralBought(
    LoanKind Kind, uint Pool, uint Market, ulong Bid, uint Collateral, uint Debt, UInt128 Bought, UInt128 Paid, long Ticks, ulong LotsLeft);
