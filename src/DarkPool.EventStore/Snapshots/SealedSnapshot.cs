using DarkPool.EventStore.Facts;

namespace DarkPool.EventStore.Snapshots;

/// <summary>A stored snapshot whose bytes are whole.</summary>
/// <param name="Fact">What was recorded about it.</param>
/// <param name="Bytes">The bytes, as the enclave sealed them.</param>
public sealed record SealedSnapshot(SnapshotSealed Fact, byte[] Bytes);
