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
}

/// <summary>Who was there first in a trade. The numbers are those of docs/PROTOCOL.md section 5.</summary>
public enum Liquidity : byte
{
    /// <summary>The order that rested; it sets the price.</summary>
    Maker = 1,

    /// <summary>The order that arrived.</summary>
    Taker = 2,
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

    /// <summary>An order that had to trade whole at once and could not. Given by a book; no venue command asks for it yet.</summary>
    FillOrKill = 4,
}
