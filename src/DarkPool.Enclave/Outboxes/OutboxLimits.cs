namespace DarkPool.Enclave.Outboxes;

/// <summary>Bounds of what waits for acknowledgement.</summary>
internal static class OutboxLimits
{
    /// <summary>
    /// With more reports than this unacknowledged a session's commands are rejected (OutboxFull): five minutes of the fastest stream's
    /// frames, far more than a client that reads can fall behind.
    /// </summary>
    public const int MaxUnacknowledged = 65_536;

    /// <summary>
    /// Fills of resting orders cannot be refused. A session that lets even twice as many pile up is closed and its reports are forgotten:
    /// memory for those who read comes first.
    /// </summary>
    public const int MostBeforeClosing = 2 * MaxUnacknowledged;

    /// <summary>Reports of all sessions together, about 700 MB; above it the limit of a session is <see cref="FairShare"/>.</summary>
    public const long MaxOfShard = 8_000_000;

    /// <summary>What every session may have unacknowledged however full the shard is.</summary>
    public const int FairShare = 1024;
}
