namespace DarkPool.Engine.Lending.Liquidation;

/// <summary>Why collateral was sold. Append-only.</summary>
public enum SaleReason : byte
{
    /// <summary>The health factor is below 1; sold through the auction.</summary>
    Liquidation = 1,

    /// <summary>The health factor is below what the borrower chose.</summary>
    PreLiquidation = 2,

    /// <summary>The price is below the borrower's stop.</summary>
    Stop = 3,

    /// <summary>Nobody bought at the full bonus: a backstop took it.</summary>
    Backstop = 4,
}

/// <summary>One borrower's sale. Amounts in base units, values in the base currency (8 decimals).</summary>
public readonly record struct LiquidationRecord
{
    /// <summary>The liquidation market.</summary>
    public required uint Market { get; init; }

    /// <summary>The borrower, as the pool numbers its users.</summary>
    public required uint Borrower { get; init; }

    /// <summary>Why.</summary>
    public required SaleReason Reason { get; init; }

    /// <summary>Collateral that was sold, without <see cref="Fee"/>.</summary>
    public required UInt128 Seized { get; init; }

    /// <summary>Debt that was repaid.</summary>
    public required UInt128 Repaid { get; init; }

    /// <summary>What buyers paid beyond the debt: the borrower's.</summary>
    public required UInt128 Excess { get; init; }

    /// <summary>Collateral that went to the treasury: the profile's fee from a backstop's bonus, or less than a lot of a position that
    /// ends.
    /// </summary>
    public required UInt128 Fee { get; init; }

    /// <summary>Debt in the market's debt asset that became the reserve's deficit.</summary>
    public required UInt128 WrittenOff { get; init; }

    /// <summary>The clearing price in ticks; 0 from a backstop, who pays by the fixed bonus.</summary>
    public required long Ticks { get; init; }

    /// <summary>What the borrower lost: value of the collateral gone less value of what was paid for it; 0 if that is not
    /// positive.</summary>
    public required UInt128 Penalty { get; init; }

    /// <summary>The backstop's account, if there was one.</summary>
    public uint Backstop { get; init; }
}
