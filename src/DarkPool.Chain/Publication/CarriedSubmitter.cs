using DarkPool.Chain.Rpc;
using DarkPool.Chain.Settlement;
using DarkPool.Chain.Transactions;

namespace DarkPool.Chain.Publication;

/// <summary>
/// Hands the next batches to a carrier, one transaction at a time. Nothing is known of its account, so what keeps a batch from being
/// recorded twice is the registry alone; what is known to be recorded is not sent again while a node that is late does not show it.
/// </summary>
internal sealed class CarriedSubmitter(
    RegistryClient registry, ISettlementCarrier carrier, ISettlementOutbox outbox, PublisherOptions options, PublisherMetrics metrics,
    TimeProvider time) : IBatchSubmitter
{
    private ulong _carried;
    private long _carriedAt;

    public Task<ulong> BeginAsync(CancellationToken cancellation) => Task.FromResult(0UL);

    /// <inheritdoc/>
    /// <exception cref="ContractRevertedException">The registry would refuse.</exception>
    /// <exception cref="SettlementNotCarriedException">The carrier failed, or the registry refused.</exception>
    public async Task<bool> SubmitAsync(ulong begun, IReadOnlyList<SignedBatch> next, CancellationToken cancellation)
    {
        if (next[0].Batch.Sequence <= _carried && time.GetElapsedTime(_carriedAt) < options.ReplaceAfter) return false;
        var batches = BatchBundle.Of(next);
        // The registry asks for the enclave's signature and not for the sender, so nobody's estimate is as good as the carrier's.
        var request = new TransactionRequest(registry.Address, RegistryCalls.For(batches));
        var gas = TransactionSender.WithMargin(await registry.Node.EstimateGasAsync(default, request, cancellation));
        await carrier.CarryAsync(batches, gas, cancellation);
        (_carried, _carriedAt) = (batches[^1].Batch.Sequence, time.GetTimestamp());
        metrics.Sent();
        // Only now: which transaction it is shows when the registry's event is found, so an attempt alone would tell nothing.
        var now = Clock.Microseconds(time);
        await outbox.RecordSubmittedAsync([.. batches.Select(b => new BatchSubmitted(b.Batch.Sequence, default, 0, now))], cancellation);
        return true;
    }
}
