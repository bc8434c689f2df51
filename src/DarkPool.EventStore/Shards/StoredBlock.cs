using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Identity;

namespace DarkPool.EventStore.Shards;

/// <summary>A block as it came out of the store, checked.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Head">Hash of the header.</param>
/// <param name="Bytes">Header and body.</param>
public sealed record StoredBlock(BlockHeader Header, Bytes32 Head, byte[] Bytes);
