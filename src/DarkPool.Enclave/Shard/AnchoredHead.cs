using DarkPool.Protocol.Identity;

namespace DarkPool.Enclave.Shard;

/// <summary>The last block of the log that the chain's registry knows.</summary>
/// <param name="Block">Number of the block; 0: none.</param>
/// <param name="Head">Its head; the genesis head if none.</param>
internal sealed record AnchoredHead(ulong Block, Bytes32 Head);
