using DarkPool.Chain.Settlement;

namespace DarkPool.Chain.Publication;

/// <summary>Brings batches to the registry for a publisher that has no account: a platform that signs transactions itself.</summary>
public interface ISettlementCarrier
{
    /// <summary>Has the batches recorded in one transaction and waits until they are.</summary>
    /// <param name="batches">The next batches in their order, at most <see cref="BatchBundle.MaximumBatches"/>.</param>
    /// <param name="gasLimit">Most gas to use.</param>
    /// <param name="cancellation">Ends the wait; the transaction may still be taken.</param>
    /// <exception cref="SettlementNotCarriedException">It did not come to that, as far as is known.</exception>
    Task CarryAsync(IReadOnlyList<SignedBatch> batches, ulong gasLimit, CancellationToken cancellation);
}

/// <summary>A carrier did not bring batches to the registry, or does not know. The publisher looks, and tries again.</summary>
public sealed class SettlementNotCarriedException(string reason) : Exception(reason);
