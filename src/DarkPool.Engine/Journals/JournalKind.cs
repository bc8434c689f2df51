namespace DarkPool.Engine.Journals;

/// <summary>What a journal record says. The numbers enter the state root: append-only.</summary>
internal enum JournalKind : byte
{
    /// <summary>The first record of a block that changed anything: its number and time.</summary>
    Block = 1,
    AccountOpened = 2,
    AssetListed = 3,
    MarketListed = 4,
    PriceSourceSet = 5,
    PriceObserved = 6,
    SettlementIntervalSet = 7,
    Deposited = 8,
    OrderAccepted = 9,

    /// <summary>Follows the acceptance of an order that expires.</summary>
    OrderExpires = 10,

    /// <summary>The maker's end of a trade; the taker is the order accepted or replaced last.</summary>
    Traded = 11,
    OrderCancelled = 12,
    OrderReplaced = 13,

    /// <summary>A settlement batch closed with this block.</summary>
    BatchClosed = 14,

    /// <summary>At the end of a block: what a cell that moved has come to. All postings of the block, netted.</summary>
    Balance = 15,

    /// <summary>A market's parameters, at its listing if it has any and at every change.</summary>
    MarketConfigured = 16,
    MarketHalted = 17,
    MarketResumed = 18,

    /// <summary>Follows the acceptance of an order that is more than a limit and a time in force.</summary>
    OrderAttributes = 19,

    /// <summary>Self-trade prevention shrank an order that goes on.</summary>
    OrderReduced = 20,
    AccountConfigured = 21,
    CounterpartySet = 22,
    TierSet = 23,
    OperatorSet = 24,

    /// <summary>
    /// One side of a trade where both orders are named: the buyer's record, then the seller's, or the maker's, then the taker's.
    /// </summary>
    Crossed = 40,

    /// <summary>An auction was held: its number, price and volume.</summary>
    AuctionHeld = 41,

    /// <summary>A two-sided quote: feed, round, time; then bid and ask.</summary>
    QuoteObserved = 42,

    /// <summary>The owner of a conditional order was asked: the order, the round, the deadline.</summary>
    FirmUpInvited = 43,

    /// <summary>A conditional order is firm: the order, the lots, the limit.</summary>
    OrderFirmed = 44,

    /// <summary>A feed has terms.</summary>
    FeedConfigured = 64,

    /// <summary>A source of a feed with terms observed something; an accepted price follows as <see cref="PriceObserved"/>.</summary>
    SourceObserved = 65,
    PoolListed = 66,
    ReserveListed = 67,
    ReserveConfigured = 68,
    ReserveStateSet = 69,
    EModeDefined = 70,

    /// <summary>An operation on a pool, with what the users that it touched came to.</summary>
    PoolOperation = 71,

    /// <summary>At the end of a block: what a reserve that moved has come to.</summary>
    ReserveMoved = 72,
    IsolatedMarketListed = 73,
    IsolatedFeeSet = 74,

    /// <summary>An operation on an isolated market, with what the user that it touched came to.</summary>
    IsolatedOperation = 75,

    /// <summary>At the end of a block: what an isolated market that moved has come to.</summary>
    IsolatedMoved = 76,
    LiquidationConfigured = 77,
    BackstopSet = 78,
    LiquidationBidPlaced = 79,
    LiquidationBidCancelled = 80,

    /// <summary>A borrower's collateral was sold.</summary>
    CollateralSold = 81,

    /// <summary>A bid or a backstop bought collateral.</summary>
    CollateralBought = 82,

    /// <summary>Sales of borrowers were published: the number of the first, how many.</summary>
    LiquidationsPublished = 83,

    /// <summary>A resting order bought collateral: the market, the order, the price, the lots.</summary>
    CollateralFilled = 84,

    /// <summary>A borrower set or withdrew a stop.</summary>
    StopSet = 85,

    /// <summary>A borrower chose, or no longer wants, to be relieved before a health of 1.</summary>
    PreLiquidationSet = 86,
    IsolatedLiquidationConfigured = 87,
    IsolatedBackstopSet = 88,
    IsolatedBidPlaced = 89,
    IsolatedBidCancelled = 90,

    /// <summary>Collateral of an isolated market's borrower was sold.</summary>
    IsolatedCollateralSold = 91,

    /// <summary>A bid or a backstop bought collateral of an isolated market.</summary>
    IsolatedCollateralBought = 92,
}
