namespace DarkPool.Engine;

/// <summary>
/// Why a command changed nothing. The numbers are those of docs/PROTOCOL.md section 5.1; append-only. The engine itself gives only the
/// ones that depend on its state; codes 1 to 6 belong to who opens envelopes.
/// </summary>
public enum RejectionCode : ushort
{
    /// <summary>Not rejected.</summary>
    None = 0,

    /// <summary>No market of that number is listed.</summary>
    UnknownMarket = 7,

    /// <summary>Neither buy nor sell.</summary>
    InvalidSide = 8,

    /// <summary>The price is not positive.</summary>
    InvalidPrice = 9,

    /// <summary>The quantity is zero.</summary>
    InvalidQuantity = 10,

    /// <summary>The market does not take orders of that type.</summary>
    InvalidOrderType = 11,

    /// <summary>The market does not take that time in force.</summary>
    InvalidTimeInForce = 12,

    /// <summary>An expiry that is not after the block's time, is missing where one is needed, or is given where there is none.</summary>
    InvalidExpiry = 13,

    /// <summary>The account has less available than the order would hold.</summary>
    InsufficientFunds = 14,

    /// <summary>An open order of the account has that client order id.</summary>
    DuplicateClientOrderId = 15,

    /// <summary>The account has no open order of that client order id.</summary>
    UnknownOrder = 16,

    /// <summary>The account is at its limit of open orders.</summary>
    TooManyOpenOrders = 17,

    /// <summary>The market is halted.</summary>
    MarketHalted = 18,

    /// <summary>One leg of the order is worth more base units than 128 bits can say.</summary>
    NotionalOverflow = 19,

    /// <summary>The venue is at its limit of open orders, or the lots at that price at theirs.</summary>
    BookFull = 20,

    /// <summary>A flag that the market or the other terms do not allow.</summary>
    InvalidFlags = 21,

    /// <summary>A minimum that is larger than the order, or that the market does not take.</summary>
    InvalidMinimum = 22,

    /// <summary>No such self-trade prevention.</summary>
    InvalidSelfTradePrevention = 23,

    /// <summary>Post only, and it would trade at once.</summary>
    WouldTrade = 24,

    /// <summary>More lots than an order of the market may have.</summary>
    QuantityTooLarge = 25,

    /// <summary>Fewer lots than an order that is not to rest must have in this market.</summary>
    ImmediateTooSmall = 26,

    /// <summary>The account sent as many orders that are not to rest as it may in this time.</summary>
    ImmediateTooOften = 27,

    /// <summary>The price is too far from the market's reference.</summary>
    OutsideCollar = 28,

    /// <summary>The market has no price to measure the order by.</summary>
    NoReference = 29,

    /// <summary>The order was filled before.</summary>
    AlreadyFilled = 30,

    /// <summary>The order ended unfilled before.</summary>
    AlreadyCancelled = 31,

    /// <summary>The account keeps as many denials as it may.</summary>
    TooManyDenials = 32,

    /// <summary>Only the venue's operator may ask for this.</summary>
    NotPermitted = 33,

    /// <summary>A setting of an account that has no meaning.</summary>
    InvalidSetting = 34,

    /// <summary>The account firms up too few of its invitations, and is not asked for a while.</summary>
    FirmUpRateTooLow = 40,

    /// <summary>The order is not conditional, or its owner is not invited to firm it up.</summary>
    NotInvited = 41,

    /// <summary>No pool of that number is listed.</summary>
    UnknownPool = 64,

    /// <summary>No isolated market of that number is listed.</summary>
    UnknownIsolatedMarket = 65,

    /// <summary>The other account that the command names does not exist.</summary>
    UnknownCounterparty = 66,

    /// <summary>A feed that the operation depends on is stale, frozen or out of bounds.</summary>
    PriceUnavailable = 67,

    /// <summary>The operation is not one of that profile, or its argument has no meaning.</summary>
    InvalidLendingOperation = 68,

    /// <summary>No such liquidation market of the pool.</summary>
    UnknownLiquidationMarket = 69,

    /// <summary>A liquidation bid's price, discount or lots are out of range.</summary>
    InvalidLiquidationBid = 70,

    /// <summary>The liquidation market, or the account in it, is at its limit of bids.</summary>
    TooManyLiquidationBids = 71,

    /// <summary>A stop's or a pre-liquidation's terms are out of range, there is none to withdraw, or the account has no part in the pool.
    /// </summary>
    InvalidLiquidationOption = 72,

    /// <summary>The liquidation market is at its limit of stops.</summary>
    TooManyStops = 73,

    /// <summary>Pool: the amount is zero, or rounds to nothing, or the reserve does not hold it.</summary>
    InvalidAmount = 101,

    /// <summary>Pool: the reserve is not active.</summary>
    ReserveInactive = 102,

    /// <summary>Pool: the reserve takes no new supply and no new debt.</summary>
    ReserveFrozen = 103,

    /// <summary>Pool: the reserve is stopped.</summary>
    ReservePaused = 104,

    /// <summary>Pool: the reserve cannot be borrowed.</summary>
    BorrowingNotEnabled = 105,

    /// <summary>Pool: more than the user has.</summary>
    NotEnoughAvailableUserBalance = 106,

    /// <summary>Pool: the position would be liquidatable.</summary>
    HealthFactorLowerThanLiquidationThreshold = 107,

    /// <summary>Pool: collateral times loan-to-value is less than the debt would be.</summary>
    CollateralCannotCoverNewBorrow = 108,

    /// <summary>Pool: there is no debt in this asset.</summary>
    NoDebtOfSelectedType = 109,

    /// <summary>Pool: all of another account's debt: the amount must be given.</summary>
    NoExplicitAmountToRepayOnBehalf = 110,

    /// <summary>Pool: nothing is supplied that could be collateral.</summary>
    UnderlyingBalanceZero = 111,

    /// <summary>Pool: the position is healthy.</summary>
    HealthFactorNotBelowThreshold = 112,

    /// <summary>Pool: this collateral cannot be seized.</summary>
    CollateralCannotBeLiquidated = 113,

    /// <summary>Pool: the borrower owes nothing in this asset.</summary>
    SpecifiedCurrencyNotBorrowedByUser = 114,

    /// <summary>Pool: the supply cap is reached.</summary>
    SupplyCapExceeded = 115,

    /// <summary>Pool: the borrow cap is reached.</summary>
    BorrowCapExceeded = 116,

    /// <summary>Pool: the e-mode has no threshold.</summary>
    InconsistentEModeCategory = 117,

    /// <summary>Pool: collateral may not back new debt: its loan-to-value is zero, or all of it counts for nothing.</summary>
    LtvValidationFailed = 118,

    /// <summary>Pool: the asset cannot be collateral for this user.</summary>
    UserInIsolationModeOrLtvZero = 119,

    /// <summary>Pool: the asset cannot be borrowed in the user's e-mode.</summary>
    NotBorrowableInEMode = 120,

    /// <summary>Pool: the user owes an asset that the e-mode does not let borrow.</summary>
    InvalidDebtInEmode = 121,

    /// <summary>Pool: the user has collateral that the e-mode does not take.</summary>
    InvalidCollateralInEmode = 122,

    /// <summary>Pool: the liquidation would leave a remainder too small to be liquidated.</summary>
    MustNotLeaveDust = 123,

    /// <summary>Pool: nobody liquidates themselves.</summary>
    SelfLiquidation = 124,

    /// <summary>Pool: the reserve is in its grace period after a pause.</summary>
    LiquidationGraceSentinelCheckFailed = 125,

    /// <summary>Pool: tokens to burn round to nothing.</summary>
    InvalidBurnAmount = 126,

    /// <summary>Pool: tokens to mint round to nothing.</summary>
    InvalidMintAmount = 127,

    /// <summary>Pool: a result does not fit its type: the contract's <c>Panic(17)</c>.</summary>
    ArithmeticOverflow = 128,

    /// <summary>Pool: the reserve has no deficit to cover.</summary>
    ReserveNotInDeficit = 129,

    /// <summary>Pool: no such reserve, user or e-mode.</summary>
    AssetNotListed = 130,

    /// <summary>Isolated market: exactly one of assets and shares must be given.</summary>
    InconsistentInput = 201,

    /// <summary>Isolated market: no assets.</summary>
    ZeroAssets = 202,

    /// <summary>Isolated market: the position would not be healthy.</summary>
    InsufficientCollateral = 203,

    /// <summary>Isolated market: more would be owed than is supplied.</summary>
    InsufficientLiquidity = 204,

    /// <summary>Isolated market: a healthy position is not liquidated.</summary>
    PositionIsHealthy = 205,

    /// <summary>Isolated market: a result does not fit its type, or more is taken than there is: the contract's <c>Panic(17)</c>.</summary>
    IsolatedArithmeticOverflow = 206,

    /// <summary>Isolated market: the fee is that already.</summary>
    AlreadySet = 207,
}
