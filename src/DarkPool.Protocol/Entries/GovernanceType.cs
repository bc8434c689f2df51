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
}

/// <summary>How a market matches. Append-only.</summary>
public enum MatchingRule : byte
{
    /// <summary>No rule: never valid on the wire.</summary>
    None = 0,

    /// <summary>Price-time priority.</summary>
    Continuous = 1,
}
