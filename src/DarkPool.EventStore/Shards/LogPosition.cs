using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Identity;

namespace DarkPool.EventStore.Shards;

/// <summary>The end of a log: what the next block must link to.</summary>
/// <param name="Number">Number of the last block; 0 if there is none.</param>
/// <param name="Head">Hash of its header; the genesis head if there is none.</param>
/// <param name="Time">Its time, microseconds since 1970; 0 if there is none.</param>
public sealed record LogPosition(ulong Number, Bytes32 Head, long Time)
{
    /// <summary>The position before the first block.</summary>
    /// <param name="genesisHead">What block 1 names as its predecessor.</param>
    public static LogPosition Genesis(in Bytes32 genesisHead) => new(0, genesisHead, 0);

    /// <summary>The position after a block.</summary>
    /// <param name="header">Its header.</param>
    public static LogPosition After(in BlockHeader header) => new(header.Number, header.ComputeHead(), header.Time);
}
