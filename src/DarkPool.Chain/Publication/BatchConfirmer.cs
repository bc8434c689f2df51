using DarkPool.Chain.Settlement;

namespace DarkPool.Chain.Publication;

/// <summary>Finds pending batches that the registry has recorded, and confirms those that are deep enough.</summary>
internal sealed class BatchConfirmer(
    RegistryClient registry, ISettlementOutbox outbox, PublisherOptions options, PublisherMetrics metrics, TimeProvider time)
{
    /// <summary>Confirms what can be confirmed.</summary>
    /// <param name="recorded">Pending batches that the registry has recorded, ascending.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>How many were confirmed: the first ones.</returns>
    /// <exception cref="SettlementConflictException">The registry has another batch under one of the numbers.</exception>
    public async Task<int> ConfirmAsync(IReadOnlyList<SignedBatch> recorded, CancellationToken cancellation)
    {
        if (recorded.Count == 0) return 0;
        var from = await outbox.ReadConfirmedAsync(1, cancellation) is [var last, ..] ? last.EvmBlock : options.StartBlock;
        var latest = (await registry.Node.LatestBlockAsync(cancellation)).Number;
        var settled = new Dictionary<ulong, SettledBatch>();
        // A reorganisation between two steps of the search may show an event twice: the later look counts.
        foreach (var found in await registry.ReadBatchesAsync(from, latest, cancellation)) settled[found.Sequence] = found;
        var facts = new List<BatchConfirmed>();
        foreach (var batch in recorded.Select(r => r.Batch))
        {
            // Its event may be gone again, or not be shown yet: the next round sees.
            if (!settled.TryGetValue(batch.Sequence, out var found)) break;
            if (found.StateRoot != batch.StateRoot || found.LogHead != batch.LogHead) throw new SettlementConflictException(batch.Sequence);
            if (latest - found.EvmBlock + 1 < (ulong)options.Confirmations) break;
            facts.Add(new BatchConfirmed(batch.Sequence, found.Transaction, found.EvmBlock, found.EvmBlockHash, Clock.Microseconds(time)));
        }

        if (facts.Count == 0) return 0;
        await outbox.RecordConfirmedAsync(facts, cancellation);
        metrics.BatchesConfirmed(facts);
        return facts.Count;
    }
}
