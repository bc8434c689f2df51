namespace DarkPool.Engine;

/// <summary>A feed of signed prices: who may sign, and the latest price.</summary>
internal sealed class PriceFeed
{
    /// <summary>The key of the source.</summary>
    public required Digest SourceKey { get; set; }

    /// <summary>Whether prices of that source are taken.</summary>
    public required bool Enabled { get; set; }

    /// <summary>The latest round; 0 before the first price.</summary>
    public ulong Round { get; set; }

    /// <summary>When the latest price was observed.</summary>
    public BlockTime Time { get; set; }

    /// <summary>The latest price, in the feed's unit; 0 before the first.</summary>
    public long Price { get; set; }
}
