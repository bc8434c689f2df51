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
}
