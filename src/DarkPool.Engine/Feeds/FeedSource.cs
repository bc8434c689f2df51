namespace DarkPool.Engine.Feeds;

/// <summary>One source of a feed with terms, and its latest observation.</summary>
internal struct FeedSource
{
    /// <summary>Its Ed25519 public key.</summary>
    public Digest Key;

    /// <summary>Its latest round; 0 before the first.</summary>
    public ulong Round;

    /// <summary>When that was observed.</summary>
    public BlockTime Time;

    /// <summary>What was observed, in the feed's unit; 0 before the first.</summary>
    public long Price;
}
