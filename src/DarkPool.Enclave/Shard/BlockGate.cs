using DarkPool.Enclave.Opening;
using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Link;

namespace DarkPool.Enclave.Shard;

/// <summary>
/// What a block must be before anything of it is applied. A refusal ends the connection: the log is wrong, or the host is.
/// </summary>
internal static class BlockGate
{
    /// <summary>Checks form, place, link, time and entries root.</summary>
    /// <param name="block">The block; its chunks may still be under way.</param>
    /// <param name="shard">The shard of the genesis.</param>
    /// <param name="last">The log so far.</param>
    /// <param name="now">The enclave's clock, microseconds; null in a replay, which trusts the recorded time.</param>
    /// <exception cref="LinkException">The refusal.</exception>
    public static void Check(PreparedBlock block, uint shard, in LogPosition last, long? now)
    {
        var hasItsRoot = block.FinishAndCheckRoot();
        if (block.Fault != BlockFault.None)
            throw new LinkException(LinkErrorCode.InvalidBlock, $"The block after {last.Block} is not a block: {block.Fault}.");
        var header = block.Header;
        if (header.Shard != shard)
            throw new LinkException(LinkErrorCode.BrokenLink, $"Block {header.Number} is of shard {header.Shard}, not {shard}.");
        if (header.Number != last.Block + 1)
            throw new LinkException(LinkErrorCode.BrokenLink, $"Block {header.Number} does not follow block {last.Block}.");
        if (header.PreviousHead != last.Head)
            throw new LinkException(LinkErrorCode.BrokenLink, $"Block {header.Number} does not name the head of block {last.Block}.");
        if (header.Time < last.Time)
            throw new LinkException(LinkErrorCode.BrokenLink, $"The time of block {header.Number} goes back.");
        if (now is { } clock && Math.Abs(header.Time - clock) > ShardLimits.MaxClockDistance)
            throw new LinkException(LinkErrorCode.TimeOutOfBounds,
                $"The time of block {header.Number} is too far from the enclave's clock.");
        if (!hasItsRoot)
            throw new LinkException(LinkErrorCode.InvalidBlock,
                $"The entries of block {header.Number} do not have the root of its header.");
    }
}
