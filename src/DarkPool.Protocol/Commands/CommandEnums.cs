namespace DarkPool.Protocol.Commands;

/// <summary>What a command asks for. Append-only: a number never changes its meaning.</summary>
public enum CommandType : ushort
{
    /// <summary>Does nothing; looks like all others.</summary>
    Cover = 0,

    /// <summary>Places an order: <see cref="Commands.PlaceOrder"/>.</summary>
    PlaceOrder = 1,

    /// <summary>Cancels an open order: <see cref="Commands.CancelOrder"/>.</summary>
    CancelOrder = 2,

    /// <summary>Changes price or remaining quantity of an open order: <see cref="Commands.ReplaceOrder"/>.</summary>
    ReplaceOrder = 3,

    /// <summary>Asks for one Balance report per asset with a balance.</summary>
    QueryBalances = 4,

    /// <summary>Ends the session.</summary>
    CloseSession = 5,

    /// <summary>Cancels all open orders, or those of a market or side: <see cref="Commands.CancelAll"/>.</summary>
    CancelAll = 6,

    /// <summary>Sets the account's own trading rules: <see cref="Commands.ConfigureAccount"/>.</summary>
    ConfigureAccount = 7,

    /// <summary>Denies a counterparty or takes the denial back: <see cref="Commands.SetCounterparty"/>.</summary>
    SetCounterparty = 8,

    /// <summary>The operator gives an account its tier: <see cref="Commands.SetTier"/>.</summary>
    SetTier = 9,

    /// <summary><see cref="Commands.FirmUp"/>.</summary>
    FirmUp = 24,

    /// <summary>Available money becomes supply of a pool: <see cref="Lending.PoolOperation"/>.</summary>
    PoolSupply = 32,

    /// <summary>Supply of a pool becomes available money: <see cref="Lending.PoolOperation"/>.</summary>
    PoolWithdraw = 33,

    /// <summary>Takes a loan of a pool: <see cref="Lending.PoolOperation"/>.</summary>
    PoolBorrow = 34,

    /// <summary>Pays a loan of a pool back: <see cref="Lending.PoolOperation"/>.</summary>
    PoolRepay = 35,

    /// <summary>Pays a loan back out of supply of the same asset: <see cref="Lending.PoolOperation"/>.</summary>
    PoolRepayWithSupply = 36,

    /// <summary>Moves supply of a pool to another account: <see cref="Lending.PoolOperation"/>.</summary>
    PoolTransfer = 37,

    /// <summary>Says whether supply is collateral: <see cref="Lending.PoolOperation"/>.</summary>
    PoolUseAsCollateral = 38,

    /// <summary>Enters an e-mode, or leaves it: <see cref="Lending.PoolOperation"/>.</summary>
    PoolSetEMode = 39,

    /// <summary>Burns own supply against a reserve's deficit: <see cref="Lending.PoolOperation"/>.</summary>
    PoolCoverDeficit = 40,

    /// <summary>Mints what the treasury has earned: <see cref="Lending.PoolOperation"/>.</summary>
    PoolMintToTreasury = 41,

    /// <summary>Asks for one's own position in a pool: <see cref="Lending.LendingQuery"/>.</summary>
    QueryPool = 42,

    /// <summary>Asks for the position that one would have: <see cref="Lending.PoolWhatIf"/>.</summary>
    PoolWhatIf = 43,

    /// <summary>Supplies the loan asset of an isolated market: <see cref="Lending.IsolatedOperation"/>.</summary>
    IsolatedSupply = 48,

    /// <summary>Takes such supply back: <see cref="Lending.IsolatedOperation"/>.</summary>
    IsolatedWithdraw = 49,

    /// <summary>Adds collateral to an isolated market: <see cref="Lending.IsolatedOperation"/>.</summary>
    IsolatedSupplyCollateral = 50,

    /// <summary>Takes such collateral back: <see cref="Lending.IsolatedOperation"/>.</summary>
    IsolatedWithdrawCollateral = 51,

    /// <summary>Takes a loan of an isolated market: <see cref="Lending.IsolatedOperation"/>.</summary>
    IsolatedBorrow = 52,

    /// <summary>Pays such a loan back: <see cref="Lending.IsolatedOperation"/>.</summary>
    IsolatedRepay = 53,

    /// <summary>Asks for one's own position in an isolated market: <see cref="Lending.LendingQuery"/>.</summary>
    QueryIsolated = 54,

    /// <summary>Asks for the position that one would have: <see cref="Lending.IsolatedWhatIf"/>.</summary>
    IsolatedWhatIf = 55,

    /// <summary><see cref="Lending.PlaceLiquidationBid"/>.</summary>
    PlaceLiquidationBid = 56,

    /// <summary><see cref="Lending.CancelLiquidationBid"/>.</summary>
    CancelLiquidationBid = 57,

    /// <summary><see cref="Lending.SetStop"/>.</summary>
    SetStop = 58,

    /// <summary><see cref="Lending.SetPreLiquidation"/>.</summary>
    SetPreLiquidation = 59,

    /// <summary><see cref="Lending.PlaceIsolatedBid"/>.</summary>
    PlaceIsolatedBid = 60,

    /// <summary><see cref="Lending.CancelIsolatedBid"/>.</summary>
    CancelIsolatedBid = 61,
}

/// <summary>The side of an order or a fill. Append-only.</summary>
public enum Side : byte
{
    /// <summary>No side: never valid on the wire.</summary>
    None = 0,

    /// <summary>Buys the base asset.</summary>
    Buy = 1,

    /// <summary>Sells the base asset.</summary>
    Sell = 2,
}

/// <summary>How an order is priced. Append-only.</summary>
public enum OrderType : byte
{
    /// <summary>No type: never valid on the wire.</summary>
    None = 0,

    /// <summary>At the stated price or better.</summary>
    Limit = 1,

    /// <summary>At any price inside the market's collar; at its own price or better if one is stated.</summary>
    Market = 2,

    /// <summary>Follows the middle of the reference's bid and ask; the stated price, if any, is its limit.</summary>
    PegMidpoint = 3,

    /// <summary>Follows the reference's price of its own side; the stated price, if any, is its limit.</summary>
    PegPrimary = 4,

    /// <summary>Follows the reference's price of the other side; the stated price, if any, is its limit.</summary>
    PegMarket = 5,
}

/// <summary>How long an order stays. Append-only.</summary>
public enum TimeInForce : byte
{
    /// <summary>No time in force: never valid on the wire.</summary>
    None = 0,

    /// <summary>Until it is filled or cancelled.</summary>
    GoodTillCancelled = 1,

    /// <summary>What does not trade at once is cancelled.</summary>
    ImmediateOrCancel = 2,

    /// <summary>Until its expiry, by block time.</summary>
    GoodTillTime = 3,

    /// <summary>All of it trades at once, or nothing does.</summary>
    FillOrKill = 4,

    /// <summary>Until the market's session ends, by block time.</summary>
    Day = 5,
}

/// <summary>What else an order asks for. Append-only; a bit that is not here is refused.</summary>
[Flags]
public enum OrderFlags : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It must not trade when it arrives: it is refused if it would.</summary>
    PostOnly = 1,

    /// <summary>An interest only: it commits to nothing before it is firmed up.</summary>
    Conditional = 2,

    /// <summary>It is cancelled when the session that placed it ends.</summary>
    CancelOnDisconnect = 4,
}

/// <summary>What becomes of two orders of one owner that would trade with each other. Append-only.</summary>
public enum SelfTradePrevention : byte
{
    /// <summary>What the account has set as its default; they trade if it has set none.</summary>
    Default = 0,

    /// <summary>The arriving order is cancelled.</summary>
    CancelNewest = 1,

    /// <summary>The resting order is cancelled.</summary>
    CancelOldest = 2,

    /// <summary>Both are cancelled.</summary>
    CancelBoth = 3,

    /// <summary>Both shrink by the smaller open quantity; what is then empty is cancelled.</summary>
    Decrement = 4,
}
