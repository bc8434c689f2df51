using Marten;

namespace DarkPool.EventStore.Projections;

/// <summary>The tape, for reading.</summary>
public sealed class Tape
{
    /// <summary>The most batches that one call gives.</summary>
    public const int MaxBatches = 1000;

    private readonly IDocumentStore _store;

    internal Tape(IDocumentStore store) => _store = store;

    /// <summary>Batches in the order of their sequences.</summary>
    /// <param name="after">The last sequence already known; 0 for the beginning.</param>
    /// <param name="limit">How many at most, 1 to <see cref="MaxBatches"/>.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<IReadOnlyList<TapeBatch>> ReadAsync(ulong after, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxBatches);
        if (after > long.MaxValue) return [];
        var known = (long)after;
        await using var session = _store.QuerySession();
        return await session.Query<TapeBatch>()
            .Where(batch => batch.Id > known)
            .OrderBy(batch => batch.Id)
            .Take(limit)
            .ToListAsync(cancellation);
    }
}
