namespace DarkPool.EventStore.Shards;

/// <summary>Whether a shard's log takes blocks.</summary>
public enum ShardLogState
{
    /// <summary>It does.</summary>
    Open,

    /// <summary>The store cannot be reached; appends wait, and go on by themselves once it can.</summary>
    StoreUnavailable,

    /// <summary>Another sequencer took the shard. Final.</summary>
    FenceLost,

    /// <summary>An append was abandoned while nobody could know whether it had happened. Final: open the log again.</summary>
    OutcomeUnknown,

    /// <summary>Closed by its owner. Final.</summary>
    Closed,
}
