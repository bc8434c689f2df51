namespace DarkPool.Enclave.Shard;

/// <summary>Bounds of a shard that belong to no other part.</summary>
internal static class ShardLimits
{
    /// <summary>
    /// How far a live block's time may be from the enclave's clock, in microseconds: five seconds forgive a slow store and a clock
    /// without discipline, and are nothing against expiries and settlement intervals.
    /// </summary>
    public const long MaxClockDistance = 5_000_000;

    /// <summary>
    /// Heads of closed settlement batches that are remembered, to compare with the one anchored on chain after a restart. Publication may
    /// lag by that many.
    /// </summary>
    public const int MaxAnchors = 65_536;
}
