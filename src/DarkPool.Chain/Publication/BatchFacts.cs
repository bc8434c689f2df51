using DarkPool.Protocol.Identity;

namespace DarkPool.Chain.Publication;

/// <summary>A transaction that carries a batch is being sent.</summary>
/// <param name="Sequence">Number of the batch.</param>
/// <param name="Transaction">Hash of the transaction; zeros if a carrier sent it, which does not tell.</param>
/// <param name="Nonce">
/// The transaction's nonce; a replacement has the same, so only one of them can ever be recorded. 0 if a carrier sent it.
/// </param>
/// <param name="Time">When, microseconds since 1970.</param>
public sealed record BatchSubmitted(ulong Sequence, Bytes32 Transaction, ulong Nonce, long Time);

/// <summary>A batch is on chain with enough blocks on it.</summary>
/// <param name="Sequence">Number of the batch.</param>
/// <param name="Transaction">Hash of the transaction that carried it.</param>
/// <param name="EvmBlock">Number of the chain's block.</param>
/// <param name="EvmBlockHash">Hash of the chain's block.</param>
/// <param name="Time">When it was found, microseconds since 1970.</param>
public sealed record BatchConfirmed(ulong Sequence, Bytes32 Transaction, ulong EvmBlock, Bytes32 EvmBlockHash, long Time);

/// <summary>A confirmed batch is no longer in the block where it was.</summary>
/// <param name="Sequence">Number of the batch.</param>
/// <param name="Transaction">Hash of the transaction that had carried it.</param>
/// <param name="EvmBlock">Number of the block that is another one now.</param>
/// <param name="Time">When it was noticed, microseconds since 1970.</param>
public sealed record BatchReorganized(ulong Sequence, Bytes32 Transaction, ulong EvmBlock, long Time);
