using DarkPool.Engine.Settlement;

namespace DarkPool.Engine;

/// <summary>What a block came to.</summary>
/// <param name="Number">The block's number.</param>
/// <param name="StateRoot">The state root after it; the one before if it changed nothing.</param>
/// <param name="Batch">The settlement batch that closed with it, if one did.</param>
public readonly record struct BlockOutcome(ulong Number, Digest StateRoot, ClosedBatch? Batch);
