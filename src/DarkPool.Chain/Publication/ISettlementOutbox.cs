using DarkPool.Chain.Settlement;

namespace DarkPool.Chain.Publication;

/// <summary>
/// The durable side of publication: which batches there are, and what is known to have become of them. A batch is pending until it is
/// confirmed, and pending again once its confirmation was reorganised away. Facts are on disk when a method's task completes.
/// </summary>
public interface ISettlementOutbox
{
    /// <summary>The pending batches, ascending by sequence without gaps, from the first.</summary>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<IReadOnlyList<SignedBatch>> ReadPendingAsync(int limit, CancellationToken cancellation);

    /// <summary>The confirmations that stand, descending by sequence, from the last.</summary>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<IReadOnlyList<BatchConfirmed>> ReadConfirmedAsync(int limit, CancellationToken cancellation);

    /// <summary>Records that batches are about to be sent in one transaction. Recorded first, so that no transaction is unknown.</summary>
    /// <param name="facts">One for each batch.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task RecordSubmittedAsync(IReadOnlyList<BatchSubmitted> facts, CancellationToken cancellation);

    /// <summary>Records that batches are on chain, deep enough.</summary>
    /// <param name="facts">Ascending by sequence.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task RecordConfirmedAsync(IReadOnlyList<BatchConfirmed> facts, CancellationToken cancellation);

    /// <summary>Records that confirmed batches are no longer on chain where they were: they are pending again.</summary>
    /// <param name="facts">Descending by sequence, from the last confirmed one.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task RecordReorganizedAsync(IReadOnlyList<BatchReorganized> facts, CancellationToken cancellation);
}
