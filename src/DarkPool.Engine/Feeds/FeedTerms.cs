namespace DarkPool.Engine.Feeds;

/// <summary>
/// How governance lets a feed speak: from how many sources, how fresh, how far apart, within which bounds. A feed without terms has one
/// source and backs no loans.
/// </summary>
public sealed record FeedTerms
{
    /// <summary>Sources of one feed: their median is taken at every observation.</summary>
    public const int MaxSources = 16;

    /// <summary>Most decimals: with more, a token of an ordinary price no longer fits 64 bits.</summary>
    public const byte MaxDecimals = 18;

    /// <summary>The longest heartbeat: a week; what is older is no price.</summary>
    public const long MaxHeartbeatMicroseconds = 7L * 24 * 60 * 60 * 1_000_000;

    /// <summary>One whole token is worth price / 10^decimals of the base currency.</summary>
    public required byte Decimals { get; init; }

    /// <summary>Fresh sources that must agree; 1 to <see cref="MaxSources"/>.</summary>
    public required byte MinimumSources { get; init; }

    /// <summary>An observation, and a price, counts for this long.</summary>
    public required long HeartbeatMicroseconds { get; init; }

    /// <summary>Farthest that an observation that counts lies from the median, basis points of it; 1 to 10,000.</summary>
    public required uint MaxDeviation { get; init; }

    /// <summary>Lowest price that is believed; positive.</summary>
    public required long LowestPrice { get; init; }

    /// <summary>Highest price that is believed.</summary>
    public required long HighestPrice { get; init; }

    /// <summary>The feed to ask while this one is stale or out of bounds; null: none. Its own fallback is not asked.</summary>
    public uint? Fallback { get; init; }

    /// <summary>Governance stopped it: it takes nothing, and what depends on it pauses, whatever its fallback says.</summary>
    public bool Frozen { get; init; }

    /// <summary>Whether every field is within its range.</summary>
    internal bool IsSound(uint feed) =>
        Decimals <= MaxDecimals
        && MinimumSources is >= 1 and <= MaxSources
        && HeartbeatMicroseconds is > 0 and <= MaxHeartbeatMicroseconds
        && MaxDeviation is >= 1 and <= 10_000
        && LowestPrice > 0 && LowestPrice <= HighestPrice
        && Fallback != feed;
}
