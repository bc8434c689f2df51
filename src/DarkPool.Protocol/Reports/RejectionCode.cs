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
}
