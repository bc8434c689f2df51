using DarkPool.Engine.Trading.Auctions;

namespace DarkPool.Engine.Markets;

/// <summary>
/// What governance may change of a market while it trades. Zero everywhere means no fees, no limits, no collar and no reference.
/// </summary>
public sealed record MarketParameters
{
    /// <summary>No fees, no limits, no collar, no reference; day orders end at midnight UTC.</summary>
    public static MarketParameters None { get; } = new();

    /// <summary>What trades cost.</summary>
    public FeeTerms Fees { get; init; } = new();

    /// <summary>What orders are taken.</summary>
    public OrderLimits Orders { get; init; } = new();

    /// <summary>What prices are measured by.</summary>
    public ReferenceTerms Reference { get; init; } = new();

    /// <summary>For a market of auctions.</summary>
    public AuctionTerms Auction { get; init; } = new();

    /// <summary>For markets that take conditional orders.</summary>
    public ConditionalTerms Conditional { get; init; } = new();

    /// <summary>When day orders expire: microseconds after midnight UTC, below one day.</summary>
    public long SessionEndMicroseconds { get; init; }
}

/// <summary>What trades of a market cost. Fees are paid in the quote asset, each rounded down to a whole base unit per fill.</summary>
public sealed record FeeTerms
{
    /// <summary>Of the resting order, in millionths of the quote amount; to <see cref="VenueLimits.MaxFeeMillionths"/>.</summary>
    public uint MakerMillionths { get; init; }

    /// <summary>Of the arriving order, in millionths of the quote amount; to <see cref="VenueLimits.MaxFeeMillionths"/>.</summary>
    public uint TakerMillionths { get; init; }

    /// <summary>The key of the account that fees go to; zeros where there are none.</summary>
    public Digest Account { get; init; }
}

/// <summary>What orders a market takes. Zero: no limit.</summary>
public sealed record OrderLimits
{
    /// <summary>The most lots of one order.</summary>
    public ulong MaximumQuantity { get; init; }

    /// <summary>The least lots of an order that is not to rest: small ones are for finding out what rests.</summary>
    public ulong MinimumImmediateQuantity { get; init; }

    /// <summary>How many orders that are not to rest an account may send in a window.</summary>
    public uint ImmediateOrders { get; init; }

    /// <summary>The length of that window in microseconds; positive where orders are counted.</summary>
    public long ImmediateWindowMicroseconds { get; init; }

    /// <summary>The most open orders of one account in this market.</summary>
    public uint MaximumOpenOrders { get; init; }

    /// <summary>How far from the reference an order's price may be, in basis points.</summary>
    public uint CollarBasisPoints { get; init; }
}

/// <summary>What prices of a market are measured by.</summary>
public sealed record ReferenceTerms
{
    /// <summary>The feed whose prices, in ticks of the market, are its reference; 0: none.</summary>
    public uint Feed { get; init; }

    /// <summary>How old the feed's price may be, in microseconds; 0: of any age.</summary>
    public long StalenessMicroseconds { get; init; }

    /// <summary>How far a quote's middle may be from that of the quote before to be traded at, in basis points; 0: no collar.</summary>
    public uint MidpointCollarBasisPoints { get; init; }
}

/// <summary>How a market of auctions runs.</summary>
public sealed record AuctionTerms
{
    /// <summary>From one close to the next, in microseconds.</summary>
    public long IntervalMicroseconds { get; init; }

    /// <summary>The window at the end of the interval within which the close falls, in microseconds.</summary>
    public long CloseWindowMicroseconds { get; init; }

    /// <summary>How marginal orders share.</summary>
    public AuctionAllocation Allocation { get; init; }
}

/// <summary>What conditional orders a market takes and whom it invites.</summary>
public sealed record ConditionalTerms
{
    /// <summary>How long an invitation stands, in microseconds; 0: the market takes no conditional orders.</summary>
    public long FirmUpMicroseconds { get; init; }

    /// <summary>The least share of its invitations that an account must have firmed up, in basis points.</summary>
    public uint FirmUpRateFloorBasisPoints { get; init; }

    /// <summary>The least lots of a conditional order.</summary>
    public ulong MinimumQuantity { get; init; }
}
