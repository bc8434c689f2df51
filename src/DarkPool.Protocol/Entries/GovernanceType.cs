namespace DarkPool.Protocol.Entries;

/// <summary>What a governance command changes. Append-only.</summary>
public enum GovernanceType : ushort
{
    /// <summary>No type: never valid on the wire.</summary>
    None = 0,

    /// <summary><see cref="Entries.ListAsset"/>.</summary>
    ListAsset = 1,

    /// <summary><see cref="Entries.ListMarket"/>.</summary>
    ListMarket = 2,

    /// <summary><see cref="Entries.SetPriceSource"/>.</summary>
    SetPriceSource = 3,

    /// <summary><see cref="Entries.SetSettlementInterval"/>.</summary>
    SetSettlementInterval = 4,

    /// <summary><see cref="Entries.HaltMarket"/>.</summary>
    HaltMarket = 5,

    /// <summary><see cref="Entries.ResumeMarket"/>.</summary>
    ResumeMarket = 6,

    /// <summary><see cref="Entries.ConfigureMarket"/>.</summary>
    ConfigureMarket = 7,

    /// <summary><see cref="Entries.SetOperator"/>.</summary>
    SetOperator = 8,

    /// <summary><see cref="Lending.ConfigureFeed"/>.</summary>
    ConfigureFeed = 16,

    /// <summary><see cref="Lending.ListPool"/>.</summary>
    ListPool = 17,

    /// <summary><see cref="Lending.ListReserve"/>.</summary>
    ListReserve = 18,

    /// <summary><see cref="Lending.ConfigureReserve"/>.</summary>
    ConfigureReserve = 19,

    /// <summary><see cref="Lending.SetReserveState"/>.</summary>
    SetReserveState = 20,

    /// <summary><see cref="Lending.DefineEMode"/>.</summary>
    DefineEMode = 21,

    /// <summary><see cref="Lending.ListIsolatedMarket"/>.</summary>
    ListIsolatedMarket = 22,

    /// <summary><see cref="Lending.SetIsolatedFee"/>.</summary>
    SetIsolatedFee = 23,

    /// <summary><see cref="Lending.ConfigureLiquidation"/>.</summary>
    ConfigureLiquidation = 24,

    /// <summary><see cref="Lending.SetBackstop"/>.</summary>
    SetBackstop = 25,

    /// <summary><see cref="Lending.ConfigureIsolatedLiquidation"/>.</summary>
    ConfigureIsolatedLiquidation = 26,

    /// <summary><see cref="Lending.SetIsolatedBackstop"/>.</summary>
    SetIsolatedBackstop = 27,
}

/// <summary>How a market matches. Append-only.</summary>
public enum MatchingRule : byte
{
    /// <summary>No rule: never valid on the wire.</summary>
    None = 0,

    /// <summary>Price-time priority.</summary>
    Continuous = 1,

    /// <summary>One uniform price per interval.</summary>
    Auction = 2,

    /// <summary>Crosses at the middle of the reference's bid and ask.</summary>
    Midpoint = 3,
}
