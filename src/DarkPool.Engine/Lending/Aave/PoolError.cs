namespace DarkPool.Engine.Lending.Aave;

/// <summary>Why an operation of the pool is refused: the names are the contract's (Errors.sol of Aave v3.6, v3.7). Append-only.</summary>
public enum PoolError : ushort
{
    /// <summary>It was done.</summary>
    None = 0,

    /// <summary>The amount is zero, or rounds to nothing, or the reserve does not hold it.</summary>
    InvalidAmount = 1,

    /// <summary>The reserve is not active.</summary>
    ReserveInactive = 2,

    /// <summary>The reserve takes no new supply and no new debt.</summary>
    ReserveFrozen = 3,

    /// <summary>The reserve is stopped.</summary>
    ReservePaused = 4,

    /// <summary>The reserve cannot be borrowed.</summary>
    BorrowingNotEnabled = 5,

    /// <summary>More than the user has.</summary>
    NotEnoughAvailableUserBalance = 6,

    /// <summary>The position would be liquidatable.</summary>
    HealthFactorLowerThanLiquidationThreshold = 7,

    /// <summary>Collateral times loan-to-value is less than the debt would be.</summary>
    CollateralCannotCoverNewBorrow = 8,

    /// <summary>There is no debt in this asset.</summary>
    NoDebtOfSelectedType = 9,

    /// <summary>All of another account's debt: the amount must be given.</summary>
    NoExplicitAmountToRepayOnBehalf = 10,

    /// <summary>Nothing is supplied that could be collateral.</summary>
    UnderlyingBalanceZero = 11,

    /// <summary>The position is healthy.</summary>
    HealthFactorNotBelowThreshold = 12,

    /// <summary>This collateral cannot be seized.</summary>
    CollateralCannotBeLiquidated = 13,

    /// <summary>The borrower owes nothing in this asset.</summary>
    SpecifiedCurrencyNotBorrowedByUser = 14,

    /// <summary>The supply cap is reached.</summary>
    SupplyCapExceeded = 15,

    /// <summary>The borrow cap is reached.</summary>
    BorrowCapExceeded = 16,

    /// <summary>The e-mode has no threshold.</summary>
    InconsistentEModeCategory = 17,

    /// <summary>Collateral may not back new debt: its loan-to-value is zero, or all of it counts for nothing.</summary>
    LtvValidationFailed = 18,

    /// <summary>The asset cannot be collateral for this user.</summary>
    UserInIsolationModeOrLtvZero = 19,

    /// <summary>The asset cannot be borrowed in the user's e-mode.</summary>
    NotBorrowableInEMode = 20,

    /// <summary>The user owes an asset that the e-mode does not let borrow.</summary>
    InvalidDebtInEmode = 21,

    /// <summary>The user has collateral that the e-mode does not take.</summary>
    InvalidCollateralInEmode = 22,

    /// <summary>The liquidation would leave a remainder too small to be liquidated.</summary>
    MustNotLeaveDust = 23,

    /// <summary>Nobody liquidates themselves.</summary>
    SelfLiquidation = 24,

    /// <summary>The reserve is in its grace period after a pause.</summary>
    LiquidationGraceSentinelCheckFailed = 25,

    /// <summary>Tokens to burn round to nothing.</summary>
    InvalidBurnAmount = 26,

    /// <summary>Tokens to mint round to nothing.</summary>
    InvalidMintAmount = 27,

    /// <summary>A result does not fit its type: the contract's <c>Panic(17)</c>.</summary>
    ArithmeticOverflow = 28,

    /// <summary>The reserve has no deficit to cover.</summary>
    ReserveNotInDeficit = 29,

    /// <summary>No such reserve, user or e-mode.</summary>
    AssetNotListed = 30,
}
