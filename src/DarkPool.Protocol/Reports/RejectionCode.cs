namespace DarkPool.Protocol.Reports;

/// <summary>Why a command was rejected (docs/PROTOCOL.md section 5.1). Append-only.</summary>
public enum RejectionCode : ushort
{
    /// <summary>Not rejected: never valid on the wire.</summary>
    None = 0,

    /// <summary>The seal does not open under the session's key.</summary>
    BadSeal = 1,

    /// <summary>The sequence is not the last accepted one plus one.</summary>
    OutOfSequence = 2,

    /// <summary>The key epoch is not the session's.</summary>
    UnknownKeyEpoch = 3,

    /// <summary>The plaintext does not have the form of its type.</summary>
    MalformedCommand = 4,

    /// <summary>No such command type.</summary>
    UnknownCommand = 5,

    /// <summary>Too many reports wait unacknowledged.</summary>
    OutboxFull = 6,

    /// <summary>No such market.</summary>
    UnknownMarket = 7,

    /// <summary>Neither buy nor sell.</summary>
    InvalidSide = 8,

    /// <summary>The price is zero, negative or out of the market's range.</summary>
    InvalidPrice = 9,

    /// <summary>The quantity is zero or out of the market's range.</summary>
    InvalidQuantity = 10,

    /// <summary>No such order type.</summary>
    InvalidOrderType = 11,

    /// <summary>No such time in force.</summary>
    InvalidTimeInForce = 12,

    /// <summary>The expiry is missing, in the past, or given where none is allowed.</summary>
    InvalidExpiry = 13,

    /// <summary>The account does not have free what the order would hold.</summary>
    InsufficientFunds = 14,

    /// <summary>An open order of the account has this client order id.</summary>
    DuplicateClientOrderId = 15,

    /// <summary>The account has no open order of this client order id.</summary>
    UnknownOrder = 16,

    /// <summary>The account has as many open orders as it may.</summary>
    TooManyOpenOrders = 17,

    /// <summary>The market is halted.</summary>
    MarketHalted = 18,

    /// <summary>Price times quantity leaves the range of amounts.</summary>
    NotionalOverflow = 19,

    /// <summary>The book has no room for another order.</summary>
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

    /// <summary>The order was filled before; the rejection names where.</summary>
    AlreadyFilled = 30,

    /// <summary>The order ended unfilled before; the rejection names where.</summary>
    AlreadyCancelled = 31,

    /// <summary>The account keeps as many denials as it may.</summary>
    TooManyDenials = 32,

    /// <summary>Only the venue's operator may ask for this.</summary>
    NotPermitted = 33,

    /// <summary>A setting of an account that has no meaning.</summary>
    InvalidSetting = 34,
}
