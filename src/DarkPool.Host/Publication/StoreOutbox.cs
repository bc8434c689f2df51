using DarkPool.Chain.Publication;
using DarkPool.Chain.Settlement;
using DarkPool.EventStore;
using DarkPool.EventStore.Facts;
using DarkPool.EventStore.Projections;
using DarkPool.EventStore.Shards;
using DarkPool.Host.Store;
using DarkPool.Host.Venue;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Settlement;

namespace DarkPool.Host.Publication;

/// <summary>
/// The event store as the publisher's outbox. Facts go to the chain's publication stream under the sequencer's fence; batches come from the
/// projection, which follows a moment later, so what this process has recorded since is laid over it. Used by one publisher.
/// </summary>
internal sealed class StoreOutbox(VenueStore store, ShardLog log, VenueFacts venue, ulong chainId, TimeProvider time) : ISettlementOutbox
{
    private readonly string _stream = StreamKeys.Publication(chainId);

    /// <summary>Confirmations that the projection may not show yet; null: one that it may still show.</summary>
    private readonly SortedDictionary<ulong, BatchConfirmed?> _ahead = [];

    public Task<IReadOnlyList<SignedBatch>> ReadPendingAsync(int limit, CancellationToken cancellation) =>
        StoreFault.OutlastAsync(() => PendingAsync(limit, cancellation), time, cancellation);

    public Task<IReadOnlyList<BatchConfirmed>> ReadConfirmedAsync(int limit, CancellationToken cancellation) =>
        StoreFault.OutlastAsync(() => ConfirmedAsync(limit, cancellation), time, cancellation);

    public Task RecordSubmittedAsync(IReadOnlyList<BatchSubmitted> facts, CancellationToken cancellation) => AppendAsync(
        facts.Select(fact => new SettlementSubmitted(fact.Sequence, fact.Transaction.ToArray(), fact.Nonce, fact.Time)), cancellation);

    public async Task RecordConfirmedAsync(IReadOnlyList<BatchConfirmed> facts, CancellationToken cancellation)
    {
        await AppendAsync(
            facts.Select(fact => new SettlementConfirmed(
                fact.Sequence, fact.Transaction.ToArray(), fact.EvmBlock, fact.EvmBlockHash.ToArray(), fact.Time)),
            cancellation);
        foreach (var fact in facts) _ahead[fact.Sequence] = fact;
    }

    public async Task RecordReorganizedAsync(IReadOnlyList<BatchReorganized> facts, CancellationToken cancellation)
    {
        await AppendAsync(
            facts.Select(fact => new SettlementReorged(fact.Sequence, fact.Transaction.ToArray(), fact.EvmBlock, fact.Time)), cancellation);
        foreach (var fact in facts) _ahead[fact.Sequence] = null;
    }

    private async Task<IReadOnlyList<SignedBatch>> PendingAsync(int limit, CancellationToken cancellation)
    {
        var pending = new SortedDictionary<long, OutboxBatch>();
        foreach (var batch in await store.Outbox.ReadUnconfirmedAsync(limit + _ahead.Count, cancellation)) pending[batch.Id] = batch;
        foreach (var (sequence, confirmed) in _ahead)
        {
            if (confirmed is not null) pending.Remove((long)sequence);
            else if (!pending.ContainsKey((long)sequence) && await store.Outbox.ReadAsync(sequence, cancellation) is { } again)
                pending[(long)sequence] = again;
        }

        return [.. pending.Values.Take(limit).Select(batch => new SignedBatch(Read(batch.Batch), batch.Signature))];
    }

    private async Task<IReadOnlyList<BatchConfirmed>> ConfirmedAsync(int limit, CancellationToken cancellation)
    {
        var confirmed = new SortedDictionary<ulong, BatchConfirmed>();
        foreach (var batch in await store.Outbox.ReadLatestConfirmedAsync(limit + _ahead.Count, cancellation))
        {
            var shown = Shown(batch);
            confirmed[shown.Sequence] = shown;
            if (_ahead.TryGetValue(shown.Sequence, out var own) && own?.Transaction == shown.Transaction) _ahead.Remove(shown.Sequence);
        }

        foreach (var (sequence, own) in _ahead)
        {
            if (own is null) confirmed.Remove(sequence);
            else confirmed[sequence] = own;
        }

        return [.. confirmed.Values.Reverse().Take(limit)];
    }

    private async Task AppendAsync(IEnumerable<object> facts, CancellationToken cancellation)
    {
        object[] all = [.. facts];
        await log.AppendFactsAsync(_stream, all, cancellation);
        foreach (var fact in all) venue.Happened(fact);
    }

    private static BatchConfirmed Shown(OutboxBatch batch) => new(
        (ulong)batch.Id,
        new Bytes32(batch.Transaction),
        batch.EvmBlock ?? throw Unreadable(batch.Id),
        new Bytes32(batch.EvmBlockHash),
        Time: 0);

    private static SettlementBatch Read(byte[] bytes) =>
        SettlementBatch.TryRead(bytes, out var batch) ? batch : throw new InvalidDataException("A settlement batch is not readable.");

    private static InvalidDataException Unreadable(long sequence) => new($"Settlement batch {sequence} is confirmed in no block.");
}
