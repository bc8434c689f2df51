using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Link;

namespace DarkPool.Enclave.Shard;

/// <summary>
/// What a replayed log must hold before anything new is executed on it. A host could restart the enclave on an old or forked log and
/// probe the hidden book; the head that is anchored on chain says how far the log has come for certain.
/// </summary>
internal static class AnchorGate
{
    /// <summary>Checks the replayed log against the anchor and the clock.</summary>
    /// <param name="anchoredBlock">The last settled block by the chain's registry; 0: none.</param>
    /// <param name="anchoredHead">Its head.</param>
    /// <param name="last">The end of the replayed log.</param>
    /// <param name="anchors">Blocks of the replayed log that closed a settlement batch.</param>
    /// <param name="now">The enclave's clock in microseconds.</param>
    /// <exception cref="LinkException">The log is truncated, forked, or ends in the future.</exception>
    public static void Check(ulong anchoredBlock, in Bytes32 anchoredHead, in LogPosition last, BatchAnchors anchors, long now)
    {
        if (anchoredBlock > last.Block)
        {
            throw new LinkException(
                LinkErrorCode.ForkOrTruncated,
                    $"The log ends at block {last.Block}, but the chain knows block {anchoredBlock}: it is truncated.");
        }

        if (anchoredBlock != 0 && !anchors.Contains(anchoredBlock, anchoredHead))
        {
            throw new LinkException(
                LinkErrorCode.ForkOrTruncated, $"The log is a fork: its block {anchoredBlock} is not the one that the chain knows.");
        }

        if (last.Block != 0 && last.Time > now + ShardLimits.MaxClockDistance)
            throw new LinkException(LinkErrorCode.TimeOutOfBounds, $"Block {last.Block} is from the future of the enclave's clock.");
    }
}
