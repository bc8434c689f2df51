using DarkPool.Chain.Publication;
using DarkPool.Chain.Settlement;
using DarkPool.Host.Enclaves;
using DarkPool.Protocol.Link;

namespace DarkPool.Host.Publication;

/// <summary>
/// Has the enclave's platform send batches. The host could not do it itself: the socket on which ROFL signs transactions also gives out
/// the application's keys, so the enclave alone may reach it.
/// </summary>
internal sealed class EnclaveCarrier(EnclaveSlot enclave) : ISettlementCarrier
{
    public async Task CarryAsync(IReadOnlyList<SignedBatch> batches, ulong gasLimit, CancellationToken cancellation)
    {
        if (enclave.Current is not { } link) throw new SettlementNotCarriedException("no enclave is live that could publish");
        var request = new PublishRequest(
            gasLimit, [.. batches.Select(batch => new BatchToPublish(batch.Batch.Encode(), batch.Signature.ToArray()))]);
        try
        {
            var answer = await link.PublishAsync(request, cancellation);
            if (answer.Outcome != PublishOutcome.Recorded)
                throw new SettlementNotCarriedException($"the enclave did not publish ({answer.Outcome}): {answer.Reason}");
        }
        catch (LinkException e)
        {
            throw new SettlementNotCarriedException($"the enclave went away while it published: {e.Message}");
        }
    }
}
