using DarkPool.Chain.Rpc;

namespace DarkPool.Chain.Publication;

/// <summary>
/// Notices that confirmed batches are no longer where they were. Blocks are linked by hash: as long as the block of the last confirmation
/// is
/// the same, so are all before it, and one look is enough.
/// </summary>
internal sealed class ReorgWatch(
    EvmNode node, ISettlementOutbox outbox, PublisherOptions options, PublisherMetrics metrics, TimeProvider time)
{
    /// <summary>How many confirmations are looked at together when the last one is gone.</summary>
    private const int Step = 64;

    private long? _shorterSince;

    /// <summary>Records what was reorganised away.</summary>
    public async Task CheckAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var confirmed = await outbox.ReadConfirmedAsync(Step, cancellation);
            if (confirmed.Count > 0) metrics.ConfirmedAt(confirmed[0].Sequence);
            var lost = new List<BatchReorganized>();
            foreach (var confirmation in confirmed)
            {
                if (!await IsLostAsync(confirmation, cancellation)) break;
                lost.Add(new BatchReorganized(
                    confirmation.Sequence, confirmation.Transaction, confirmation.EvmBlock, Clock.Microseconds(time)));
            }

            if (lost.Count == 0) return;
            await outbox.RecordReorganizedAsync(lost, cancellation);
            metrics.BatchesReorganized(lost);
            if (lost.Count < Step) return;
        }
    }

    private async Task<bool> IsLostAsync(BatchConfirmed confirmation, CancellationToken cancellation)
    {
        if (await node.BlockAsync(confirmation.EvmBlock, cancellation) is { } block)
        {
            _shorterSince = null;
            return block.Hash != confirmation.EvmBlockHash;
        }

        // The chain is shorter than it was. One of several nodes behind an address may just be late.
        _shorterSince ??= time.GetTimestamp();
        return time.GetElapsedTime(_shorterSince.Value) >= options.LagTolerance;
    }
}
