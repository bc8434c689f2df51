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
}
