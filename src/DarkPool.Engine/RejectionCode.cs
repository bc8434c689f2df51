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
}
