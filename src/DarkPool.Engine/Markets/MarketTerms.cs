namespace DarkPool.Engine.Markets;

/// <summary>How a market matches. The numbers are those of docs/PROTOCOL.md section 7; append-only.</summary>
public enum MatchingRule : byte
{
    /// <summary>Price-time priority, as orders come.</summary>
    Continuous = 1,

    /// <summary>One uniform price per interval.</summary>
    Auction = 2,

    /// <summary>Crosses at the middle of the reference's bid and ask.</summary>
    Midpoint = 3,
}

/// <summary>What governance lists a market with. Only its parameters change afterwards.</summary>
public sealed record MarketTerms
{
    /// <summary>The market's number, below <see cref="VenueLimits.MaxMarkets"/>.</summary>
    public required uint Number { get; init; }

    /// <summary>The asset traded.</summary>
    public required uint BaseAsset { get; init; }

    /// <summary>The asset it is paid with.</summary>
    public required uint QuoteAsset { get; init; }

    /// <summary>How it matches.</summary>
    public required MatchingRule Rule { get; init; }

    /// <summary>Base units of the base asset in one lot; positive.</summary>
    public required UInt128 LotSize { get; init; }

    /// <summary>Base units of the quote asset for one tick and one lot; positive.</summary>
    public required UInt128 TickValue { get; init; }

    /// <summary>
    /// How long after its block a trade may enter a settlement batch, in microseconds; 0 to <see
    /// cref="VenueLimits.MaxPublicationDelayMicroseconds"/>.
    /// </summary>
    public required long PublicationDelayMicroseconds { get; init; }

    /// <summary>Fees, limits and what else may change while the market trades.</summary>
    public MarketParameters Parameters { get; init; } = MarketParameters.None;
}
