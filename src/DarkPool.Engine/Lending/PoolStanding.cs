namespace DarkPool.Engine.Lending;

/// <summary>
/// An account's position in a pool as a whole, with interest to the block's time; as it is, or as it would be. Values in the base currency
/// (USD, 8 decimals). A number that does not fit 128 bits is told as their greatest.
/// </summary>
public readonly record struct PoolStanding
{
    /// <summary>The pool's number.</summary>
    public required uint Pool { get; init; }

    /// <summary>The e-mode; 0 for none.</summary>
    public required byte EMode { get; init; }

    /// <summary>It is as it would be after a change that was asked about.</summary>
    public required bool IsHypothetical { get; init; }

    /// <summary>Why that change would be refused; then the position is told as it is. Else <see cref="RejectionCode.None"/>.</summary>
    public required RejectionCode Refusal { get; init; }

    /// <summary>A feed that it depends on is stale, frozen or out of bounds: values are at the last accepted price.</summary>
    public required bool HasStalePrice { get; init; }

    /// <summary>Value of all collateral.</summary>
    public required UInt128 Collateral { get; init; }

    /// <summary>Value of all debt.</summary>
    public required UInt128 Debt { get; init; }

    /// <summary>Loan to value: debt over collateral, basis points, rounded up; 0 without debt.</summary>
    public required UInt128 LoanToValue { get; init; }

    /// <summary>Loan to value up to which new debt is given, weighted by collateral, basis points.</summary>
    public required uint MaxLoanToValue { get; init; }

    /// <summary>Loan to value from which the position may be liquidated, weighted by collateral, basis points.</summary>
    public required uint LiquidationThreshold { get; init; }

    /// <summary>Wad; below 1e18 the position may be liquidated; the greatest number without debt.</summary>
    public required UInt128 HealthFactor { get; init; }

    /// <summary>What could still be borrowed, in the base currency.</summary>
    public required UInt128 AvailableBorrows { get; init; }

    /// <summary>How many <see cref="PoolHolding"/> follow.</summary>
    public required uint Holdings { get; init; }
}

/// <summary>An account's part in one reserve, with interest to the block's time. Amounts in base units of the asset.</summary>
public readonly record struct PoolHolding
{
    /// <summary>The pool's number.</summary>
    public required uint Pool { get; init; }

    /// <summary>The asset.</summary>
    public required uint Asset { get; init; }

    /// <summary>Whether the supply is collateral.</summary>
    public required bool IsCollateral { get; init; }

    /// <summary>Supply.</summary>
    public required UInt128 Supply { get; init; }

    /// <summary>Debt.</summary>
    public required UInt128 Debt { get; init; }

    /// <summary>Price of a whole token in the base currency (USD, 8 decimals).</summary>
    public required UInt128 Price { get; init; }

    /// <summary>
    /// The lowest such price at which the position, with all other prices as they are, is not liquidatable; 0: at none it is.
    /// </summary>
    public required UInt128 LiquidationPrice { get; init; }

    /// <summary>Most that a withdrawal would pay now: more is refused.</summary>
    public required UInt128 MaxWithdrawal { get; init; }

    /// <summary>Most that could be borrowed of this asset now: more is refused.</summary>
    public required UInt128 BorrowCapacity { get; init; }
}
