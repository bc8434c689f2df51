using DarkPool.Engine.Arithmetic;

namespace DarkPool.Engine.Lending;

/// <summary>What an operation on an isolated market moved.</summary>
public readonly record struct IsolatedChange
{
    /// <summary>What was done.</summary>
    public required LendingOperation Operation { get; init; }

    /// <summary>The isolated market's number.</summary>
    public required uint Market { get; init; }

    /// <summary>Base units of the loan asset, or of the collateral.</summary>
    public required UInt128 Assets { get; init; }

    /// <summary>Shares; 0 for collateral.</summary>
    public required UInt128 Shares { get; init; }

    /// <summary>What the account then has available of that asset in the ledger.</summary>
    public required UInt128 Available { get; init; }
}

/// <summary>
/// An account's position in an isolated market, with interest to the block's time; as it is, or as it would be. Amounts in base units; a
/// number that does not fit is told as the greatest.
/// </summary>
public readonly record struct IsolatedStanding
{
    /// <summary>The isolated market's number.</summary>
    public required uint Market { get; init; }

    /// <summary>It is as it would be after a change that was asked about.</summary>
    public required bool IsHypothetical { get; init; }

    /// <summary>Why that change would be refused; then the position is told as it is. Else <see cref="RejectionCode.None"/>.</summary>
    public required RejectionCode Refusal { get; init; }

    /// <summary>A feed that it depends on is stale, frozen or out of bounds: values are at the last accepted price.</summary>
    public required bool HasStalePrice { get; init; }

    /// <summary>Supply of the loan asset.</summary>
    public required UInt128 SupplyAssets { get; init; }

    /// <summary>Shares of the supply.</summary>
    public required UInt128 SupplyShares { get; init; }

    /// <summary>Debt.</summary>
    public required UInt128 BorrowAssets { get; init; }

    /// <summary>Shares of the debt.</summary>
    public required UInt128 BorrowShares { get; init; }

    /// <summary>Collateral.</summary>
    public required UInt128 Collateral { get; init; }

    /// <summary>Debt over the value of the collateral, wad, rounded up; 0 without debt.</summary>
    public required UInt128 LoanToValue { get; init; }

    /// <summary>Most debt that the collateral allows over the debt, wad; below 1e18 it may be liquidated.</summary>
    public required UInt128 HealthFactor { get; init; }

    /// <summary>Most that could be borrowed now.</summary>
    public required UInt128 MaxBorrowableAssets { get; init; }

    /// <summary>Most collateral that could be taken now.</summary>
    public required UInt128 WithdrawableCollateral { get; init; }

    /// <summary>Most supply that could be taken now.</summary>
    public required UInt128 MaxWithdrawal { get; init; }

    /// <summary>Loan base units per collateral base unit, scaled by 1e36.</summary>
    public required UInt256 Price { get; init; }

    /// <summary>The lowest such price at which the position is not liquidatable; 0 without debt.</summary>
    public required UInt256 LiquidationPrice { get; init; }
}
