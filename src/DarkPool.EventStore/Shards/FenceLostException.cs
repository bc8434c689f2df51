namespace DarkPool.EventStore.Shards;

/// <summary>Another sequencer took the shard. This one has written nothing since, and never will: it must end.</summary>
public sealed class FenceLostException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="epoch">The epoch that this sequencer held.</param>
    /// <param name="reason">How it was noticed.</param>
    /// <param name="inner">What the store said, if it was that.</param>
    public FenceLostException(uint shard, ulong epoch, string reason, Exception? inner = null)
        : base($"Sequencer epoch {epoch} of shard {shard} is over: {reason}. Nothing was written.", inner)
    {
        Shard = shard;
        Epoch = epoch;
    }

    /// <summary>The shard.</summary>
    public uint Shard { get; }

    /// <summary>The epoch that was lost.</summary>
    public ulong Epoch { get; }
}
