using DarkPool.Attestation.Rofl;
using DarkPool.Chain.Publication;
using DarkPool.Chain.Settlement;
using DarkPool.Chain.Signing;
using DarkPool.Protocol.Link;
using DarkPool.Protocol.Settlement;

namespace DarkPool.Enclave.Server;

/// <summary>
/// Sends settlement batches through the enclave's platform, where it signs transactions (ROFL). The host says which batches and when, no
/// more: the call is to this venue's registry, without value, and of batches that this enclave has signed, so that the application's
/// account cannot be made to do anything else.
/// </summary>
internal static class BatchPublication
{
    /// <summary>A block's worth on most chains.</summary>
    private const ulong MaxGas = 30_000_000;

    /// <exception cref="LinkException">The request is malformed.</exception>
    public static async Task<PublishAnswer> AnswerAsync(
        EnclaveContext context, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var request = PublishRequest.Read(payload.Span);
        if (context.Provider is not RoflProvider platform)
            return new PublishAnswer(PublishOutcome.NotOffered, $"The provider '{context.Provider.Name}' sends no transactions.");
        if (request.GasLimit > MaxGas) return Refused($"More than {MaxGas} gas is not spent.");
        if (request.Batches.Count is 0 or > BatchBundle.MaximumBatches) return Refused("Too many batches for a transaction, or none.");
        var batches = new List<SignedBatch>();
        foreach (var (bytes, signature) in request.Batches)
        {
            if (!SettlementBatch.TryRead(bytes, out var batch) || !IsOwn(context, batch, signature))
                return Refused("A batch is none that this enclave has signed.");
            batches.Add(new SignedBatch(batch, signature));
        }

        try
        {
            var call = new RoflCall(context.Genesis.Registry.Span.ToArray(), 0, RegistryCalls.For(batches), request.GasLimit);
            var result = await platform.SubmitAsync(call, cancellationToken);
            return result.Succeeded ? new PublishAnswer(PublishOutcome.Recorded, "") : Refused(result.Failure!);
        }
        catch (IOException e)
        {
            return new PublishAnswer(PublishOutcome.Unavailable, e.Message);
        }
    }

    private static bool IsOwn(EnclaveContext context, SettlementBatch batch, byte[] signature) =>
        EvmSignature.TryRead(signature, out var read)
        && read.TryRecover(SettlementDigest.Compute(batch, context.Genesis.ChainId, context.Genesis.Registry), out var signer)
        && signer == context.Keys.EvmKey.Address;

    private static PublishAnswer Refused(string reason) => new(PublishOutcome.Refused, reason);
}
