using DarkPool.Protocol.Settlement;

namespace DarkPool.Chain.Settlement;

/// <summary>A settlement batch with the enclave's signature.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Signature">r ‖ s ‖ v over its digest, 65 bytes.</param>
public sealed record SignedBatch(SettlementBatch Batch, ReadOnlyMemory<byte> Signature);
