namespace DarkPool.Protocol.Reports;

/// <summary>What a report tells. Append-only.</summary>
public enum ReportType : ushort
{
    /// <summary>No type: never valid on the wire.</summary>
    None = 0,

    /// <summary><see cref="Reports.SessionOpened"/>.</summary>
    SessionOpened = 1,

    /// <summary><see cref="Reports.OrderAccepted"/>.</summary>
    OrderAccepted = 2,

    /// <summary><see cref="Reports.Fill"/>.</summary>
    Fill = 3,

    /// <summary><see cref="Reports.OrderCancelled"/>.</summary>
    OrderCancelled = 4,

    /// <summary><see cref="Reports.OrderReplaced"/>.</summary>
    OrderReplaced = 5,

    /// <summary><see cref="Reports.Rejected"/>.</summary>
    Rejected = 6,

    /// <summary><see cref="Reports.Deposited"/>.</summary>
    Deposited = 7,

    /// <summary><see cref="Reports.Balance"/>.</summary>
    Balance = 8,

    /// <summary>The session is closed; no body.</summary>
    SessionClosed = 9,

    /// <summary><see cref="Reports.CommandDone"/>.</summary>
    CommandDone = 10,

    /// <summary><see cref="Reports.OrderReduced"/>.</summary>
    OrderReduced = 11,

    /// <summary><see cref="Reports.OrdersCancelled"/>.</summary>
    OrdersCancelled = 12,

    /// <summary><see cref="Reports.FirmUpInvited"/>.</summary>
    FirmUpInvited = 24,

    /// <summary><see cref="Lending.PoolChanged"/>.</summary>
    PoolChanged = 32,

    /// <summary><see cref="Lending.PoolPosition"/>.</summary>
    PoolPosition = 33,

    /// <summary><see cref="Lending.PoolHolding"/>.</summary>
    PoolHolding = 34,

    /// <summary><see cref="Lending.IsolatedChanged"/>.</summary>
    IsolatedChanged = 35,

    /// <summary><see cref="Lending.IsolatedPosition"/>.</summary>
    IsolatedPosition = 36,

    /// <summary><see cref="Lending.CollateralSold"/>.</summary>
    CollateralSold = 37,

    /// <summary><see cref="Lending.CollateralBought"/>.</summary>
    CollateralBought = 38,

    /// <summary><see cref="Lending.CollateralSold"/> of an isolated market, whose number stands as the pool's.</summary>
    IsolatedCollateralSold = 39,

    /// <summary><see cref="Lending.CollateralBought"/> of an isolated market, whose number stands as the pool's.</summary>
    IsolatedCollateralBought = 40,
}

/// <summary>Why an order ended without being filled. Append-only.</summary>
public enum CancelReason : byte
{
    /// <summary>No reason: never valid on the wire.</summary>
    None = 0,

    /// <summary>Its owner cancelled it.</summary>
    Requested = 1,

    /// <summary>Immediate or cancel: what did not trade at once.</summary>
    ImmediateOrCancel = 2,

    /// <summary>Its expiry came.</summary>
    Expired = 3,

    /// <summary>Fill or kill: it could not trade whole.</summary>
    FillOrKill = 4,

    /// <summary>It would have traded with an order of its own owner.</summary>
    SelfTrade = 5,

    /// <summary>The session that placed it ended.</summary>
    Disconnected = 6,

    /// <summary>The market's collar does not let it stay.</summary>
    Collar = 7,

    /// <summary>A conditional order whose owner did not firm it up in time.</summary>
    NotFirmedUp = 8,
}

/// <summary>Which part of a trade an order was. Append-only.</summary>
public enum Liquidity : byte
{
    /// <summary>Neither: never valid on the wire.</summary>
    None = 0,

    /// <summary>It rested in the book.</summary>
    Maker = 1,

    /// <summary>It came to the book.</summary>
    Taker = 2,

    /// <summary>Neither: many orders met at one price.</summary>
    Cross = 3,
}
