namespace DarkPool.EventStore.Shards;

/// <summary>A stored block is not what was appended: the log was altered, truncated or reordered.</summary>
public sealed class LogCorruptException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="number">Number of the first wrong block.</param>
    /// <param name="reason">What is wrong with it.</param>
    public LogCorruptException(uint shard, ulong number, string reason)
        : base($"Block {number} of shard {shard} is not what was appended: {reason}.")
    {
        Shard = shard;
        Number = number;
    }

    /// <summary>The shard.</summary>
    public uint Shard { get; }

    /// <summary>Number of the first wrong block.</summary>
    public ulong Number { get; }
}
