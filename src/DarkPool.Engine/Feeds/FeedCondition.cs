namespace DarkPool.Engine.Feeds;

/// <summary>What a feed's latest observation came to. Append-only: snapshots hold it.</summary>
public enum FeedCondition : byte
{
    /// <summary>Nothing was accepted yet.</summary>
    Silent = 0,

    /// <summary>The price was accepted.</summary>
    Good = 1,

    /// <summary>Too few sources are fresh.</summary>
    TooFewSources = 2,

    /// <summary>Too few fresh sources lie near their median.</summary>
    SourcesDisagree = 3,

    /// <summary>The sources agree on a price beyond the feed's bounds.</summary>
    OutOfBounds = 4,
}
