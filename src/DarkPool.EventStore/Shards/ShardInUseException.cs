namespace DarkPool.EventStore.Shards;

/// <summary>A live sequencer holds the shard. Nothing was written.</summary>
public sealed class ShardInUseException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="holder">Who holds it, as far as it is known.</param>
    public ShardInUseException(uint shard, string holder)
        : base($"Shard {shard} is in use by {holder}. Two hosts cannot run on one store: stop the other one first.") => Shard = shard;

    /// <summary>The shard.</summary>
    public uint Shard { get; }
}
