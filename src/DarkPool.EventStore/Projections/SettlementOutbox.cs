using DarkPool.EventStore.Configuration;
using JasperFx.Events.Projections;
using Marten;
using Npgsql;

namespace DarkPool.EventStore.Projections;

/// <summary>
/// The publication outbox, for reading. Where the projections run in this process, a reader first waits until they contain every settlement
/// fact that is in the store: a publisher sees what it has recorded itself. Elsewhere it reads what there is.
/// </summary>
public sealed class SettlementOutbox
{
    private const string Events = $"{MartenConfiguration.Schema}.mt_events";

    /// <summary>The last event that concerns the outbox: one look at an index for each of its types.</summary>
    private const string LastEvent = $"""
        select greatest((select max(seq_id) from {Events} where type = '{EventNames.SettlementBatchClosed}'),
                        (select max(seq_id) from {Events} where type = '{EventNames.SettlementSubmitted}'),
                        (select max(seq_id) from {Events} where type = '{EventNames.SettlementConfirmed}'),
                        (select max(seq_id) from {Events} where type = '{EventNames.SettlementReorged}'), 0)
        """;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(10);

    private readonly IDocumentStore _store;
    private readonly NpgsqlDataSource _source;
    private readonly ProjectionSignal _signal;

    internal SettlementOutbox(IDocumentStore store, NpgsqlDataSource source, ProjectionSignal signal)
    {
        _store = store;
        _source = source;
        _signal = signal;
    }

    /// <summary>The batches that are not confirmed, in the order of their sequences.</summary>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<IReadOnlyList<OutboxBatch>> ReadUnconfirmedAsync(int limit, CancellationToken cancellation = default)
    {
        await CatchUpAsync(cancellation);
        await using var session = _store.QuerySession();
        return await session.Query<OutboxBatch>()
            .Where(batch => batch.State == PublicationState.Pending || batch.State == PublicationState.Submitted)
            .OrderBy(batch => batch.Id)
            .Take(limit)
            .ToListAsync(cancellation);
    }

    /// <summary>The latest confirmed batches, newest first: what a publisher watches for reorganisations.</summary>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<IReadOnlyList<OutboxBatch>> ReadLatestConfirmedAsync(int limit, CancellationToken cancellation = default)
    {
        await CatchUpAsync(cancellation);
        await using var session = _store.QuerySession();
        return await session.Query<OutboxBatch>()
            .Where(batch => batch.State == PublicationState.Confirmed)
            .OrderByDescending(batch => batch.Id)
            .Take(limit)
            .ToListAsync(cancellation);
    }

    /// <summary>One batch; null if it did not close yet.</summary>
    /// <param name="sequence">Its sequence.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<OutboxBatch?> ReadAsync(ulong sequence, CancellationToken cancellation = default)
    {
        await CatchUpAsync(cancellation);
        await using var session = _store.QuerySession();
        return await session.LoadAsync<OutboxBatch>(checked((long)sequence), cancellation);
    }

    private async Task CatchUpAsync(CancellationToken cancellation)
    {
        if (!_signal.Running) return;
        await using var command = _source.CreateCommand(LastEvent);
        var last = (long)(await command.ExecuteScalarAsync(cancellation))!;
        using var timer = new PeriodicTimer(Poll);
        var outbox = new ShardName(OutboxProjection.ProjectionName);
        while (_signal.Running && await _store.Storage.Database.ProjectionProgressFor(outbox, cancellation) < last)
        {
            _signal.Raise();
            await timer.WaitForNextTickAsync(cancellation);
        }
    }
}
