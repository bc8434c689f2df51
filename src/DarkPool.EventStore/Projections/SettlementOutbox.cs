using Marten;

namespace DarkPool.EventStore.Projections;

/// <summary>
/// The publication outbox, for reading. It follows the log with a short delay: a publisher asks the registry contract for the last
/// sequence before it sends, and waits for the projection where it must see its own facts.
/// </summary>
public sealed class SettlementOutbox
{
    private readonly IDocumentStore _store;

    internal SettlementOutbox(IDocumentStore store) => _store = store;

    /// <summary>The batches that are not confirmed, in the order of their sequences.</summary>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<IReadOnlyList<OutboxBatch>> ReadUnconfirmedAsync(int limit, CancellationToken cancellation = default)
    {
        await using var session = _store.QuerySession();
        return await session.Query<OutboxBatch>()
            .Where(batch => batch.State != PublicationState.Confirmed)
            .OrderBy(batch => batch.Id)
            .Take(limit)
            .ToListAsync(cancellation);
    }

    /// <summary>The latest confirmed batches, newest first: what a publisher watches for reorganisations.</summary>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<IReadOnlyList<OutboxBatch>> ReadLatestConfirmedAsync(int limit, CancellationToken cancellation = default)
    {
        await using var session = _store.QuerySession();
        return await session.Query<OutboxBatch>()
            .Where(batch => batch.State == PublicationState.Confirmed)
            .OrderByDescending(batch => batch.Id)
            .Take(limit)
            .ToListAsync(cancellation);
    }

    /// <summary>One batch; null if it did not close yet.</summary>
    public async Task<OutboxBatch?> ReadAsync(ulong sequence, CancellationToken cancellation = default)
    {
        await using var session = _store.QuerySession();
        return await session.LoadAsync<OutboxBatch>(checked((long)sequence), cancellation);
    }
}
