namespace DarkPool.Engine.Trading;

/// <summary>Which way an order goes. The numbers are those of docs/PROTOCOL.md section 4.</summary>
public enum Side : byte
{
    /// <summary>Gives quote, takes base.</summary>
    Buy = 1,

    /// <summary>Gives base, takes quote.</summary>
    Sell = 2,
}

/// <summary>How an order's price is set. The numbers are those of docs/PROTOCOL.md section 4; append-only.</summary>
public enum OrderType : byte
{
    /// <summary>A fixed limit in ticks.</summary>
    Limit = 1,

    /// <summary>Any price inside the market's collar; a price, if there is one, limits it further.</summary>
    Market = 2,

    /// <summary>The middle of the reference's bid and ask; a price, if there is one, limits it.</summary>
    PegMidpoint = 3,

    /// <summary>The reference's price of the order's own side; a price, if there is one, limits it.</summary>
    PegPrimary = 4,

    /// <summary>The reference's price of the other side; a price, if there is one, limits it.</summary>
    PegMarket = 5,
}

/// <summary>How long an order lives. The numbers are those of docs/PROTOCOL.md section 4; append-only.</summary>
public enum TimeInForce : byte
{
    /// <summary>Rests until filled or cancelled.</summary>
    GoodTillCancelled = 1,

    /// <summary>Trades at once what it can; the rest is cancelled.</summary>
    ImmediateOrCancel = 2,

    /// <summary>Rests until filled, cancelled, or the first block whose time is at or after its expiry.</summary>
    GoodTillTime = 3,

    /// <summary>Trades whole at once, or not at all.</summary>
    FillOrKill = 4,

    /// <summary>Rests until filled, cancelled, or the first block at or after the end of the market's session.</summary>
    Day = 5,
}

/// <summary>Who was there first in a trade. The numbers are those of docs/PROTOCOL.md section 5.</summary>
public enum Liquidity : byte
{
    /// <summary>The order that rested; it sets the price.</summary>
    Maker = 1,

    /// <summary>The order that arrived.</summary>
    Taker = 2,

    /// <summary>Neither: many orders met at one price.</summary>
    Cross = 3,
}

/// <summary>Why an order ended with lots unfilled. The numbers are those of docs/PROTOCOL.md section 5; append-only.</summary>
public enum CancelReason : byte
{
    /// <summary>Its owner asked for it.</summary>
    Requested = 1,

    /// <summary>What was left of an immediate order.</summary>
    ImmediateOrCancel = 2,

    /// <summary>Its time was over.</summary>
    Expired = 3,

    /// <summary>An order that had to trade whole at once and could not.</summary>
    FillOrKill = 4,

    /// <summary>It would have traded with an order of its own owner.</summary>
    SelfTrade = 5,

    /// <summary>The session that placed it ended.</summary>
    Disconnected = 6,

    /// <summary>The market's collar does not let it stay. No continuous market gives it.</summary>
    Collar = 7,

    /// <summary>A conditional order whose owner did not firm it up in time.</summary>
    NotFirmedUp = 8,
}

/// <summary>What else an order asks for. The numbers are those of docs/PROTOCOL.md section 4; append-only.</summary>
[Flags]
public enum OrderFlags : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It is refused if it would trade when it arrives.</summary>
    PostOnly = 1,

    /// <summary>An interest that commits to nothing before it is firmed up.</summary>
    Conditional = 2,

    /// <summary>It is cancelled when the session that placed it ends.</summary>
    CancelOnDisconnect = 4,
}

/// <summary>
/// What becomes of two orders of one owner that would trade with each other. The numbers are those of docs/PROTOCOL.md section 4;
/// append-only.
/// </summary>
public enum SelfTradePrevention : byte
{
    /// <summary>The account's default; they trade if it has none.</summary>
    Default = 0,

    /// <summary>The arriving order is cancelled.</summary>
    CancelNewest = 1,

    /// <summary>The resting order is cancelled.</summary>
    CancelOldest = 2,

    /// <summary>Both are cancelled.</summary>
    CancelBoth = 3,

    /// <summary>Both shrink by the smaller open quantity; what is then empty is cancelled.</summary>
    Decrement = 4,
    /// <summary>A conditional order whose owner did not firm it up in time.</summary>
    NotFirmedUp = 8,
}
