using DarkPool.Chain.Rpc;
using DarkPool.Chain.Settlement;
using DarkPool.Chain.Signing;
using DarkPool.Chain.Transactions;

namespace DarkPool.Chain.Publication;

/// <summary>
/// Sends the next batches in one transaction, of which at most one is under way. Its nonce is always the account's first free one, read
/// before the registry was: whatever an earlier transaction, a restart or a reorganisation did, at most one transaction of a nonce comes
/// into the chain, and the registry takes a sequence once.
/// </summary>
internal sealed class BatchSubmitter(
    RegistryClient registry, EvmKey key, ISettlementOutbox outbox, PublisherOptions options, PublisherMetrics metrics, TimeProvider time)
    : IBatchSubmitter
{
    private EvmNode Node => registry.Node;

    private UnderWay? _underWay;

    /// <summary>
    /// The account's first free nonce: if a transaction of ours comes into a block between this and the look at the registry, the nonce is
    /// used up and nothing is sent twice.
    /// </summary>
    public Task<ulong> BeginAsync(CancellationToken cancellation) => Node.NonceAsync(key.Address, afterWaiting: false, cancellation);

    /// <inheritdoc/>
    /// <exception cref="ContractRevertedException">The registry would refuse.</exception>
    /// <exception cref="JsonRpcException">The node does not take the transaction.</exception>
    public async Task<bool> SubmitAsync(ulong nonce, IReadOnlyList<SignedBatch> next, CancellationToken cancellation)
    {
        await RequireNoRevertAsync(nonce, cancellation);
        var sequence = next[0].Batch.Sequence;
        if (_underWay is null && await IsWaitingAsync(nonce, cancellation))
        {
            _underWay = UnderWay.Unknown(nonce, sequence, time.GetTimestamp());
        }

        if (_underWay is { } under && IsStillRight(under, nonce, sequence))
        {
            await KeepAsync(under, cancellation);
            return false;
        }

        // If a transaction of ours came into a block while the registry was read, the nonce is used up: the next round reads both anew.
        if (await Node.NonceAsync(key.Address, afterWaiting: false, cancellation) != nonce) return false;

        var batches = BatchBundle.Of(next);
        var request = new TransactionRequest(registry.Address, RegistryCalls.For(batches));
        var gas = await Node.EstimateGasAsync(key.Address, request, cancellation);
        var fees = await FeesAsync(nonce, cancellation);
        var chainId = await Node.ChainIdAsync(cancellation);
        var signed = TransactionSigner.Sign(request, chainId, nonce, TransactionSender.WithMargin(gas), fees, key);
        var now = Clock.Microseconds(time);
        await outbox.RecordSubmittedAsync(
            [.. batches.Select(b => new BatchSubmitted(b.Batch.Sequence, signed.Hash, nonce, now))], cancellation);
        _underWay = new UnderWay(nonce, sequence, signed, fees, time.GetTimestamp());
        await OfferAsync(signed, nonce, cancellation);
        metrics.Sent();
        return true;
    }

    private bool IsStillRight(UnderWay under, ulong nonce, ulong sequence) =>
        under.Nonce == nonce && under.FirstSequence == sequence && time.GetElapsedTime(under.SentAt) < options.ReplaceAfter;

    // The estimate passed and the block reverted all the same: another relayer was faster, or something is wrong. Sending again at once,
    // over and over, would burn the account's ether.
    private async Task RequireNoRevertAsync(ulong nonce, CancellationToken cancellation)
    {
        if (_underWay is not { } under || under.Nonce >= nonce) return;
        _underWay = null;
        if (under.Transaction is not { Hash: var hash }) return;
        if (await Node.ReceiptAsync(hash, cancellation) is not { Succeeded: false }) return;
        throw new ContractRevertedException("", $"Settlement transaction {hash.Hex()} was reverted", ReadOnlyMemory<byte>.Empty);
    }

    private async Task<TransactionFees> FeesAsync(ulong nonce, CancellationToken cancellation)
    {
        var suggested = await FeeOracle.SuggestAsync(Node, cancellation);
        if (_underWay is not { } under || under.Nonce != nonce) return suggested;
        return (under.Fees ?? suggested).Bumped().AtLeast(suggested);
    }

    private async Task OfferAsync(SignedTransaction transaction, ulong nonce, CancellationToken cancellation)
    {
        try
        {
            await Node.SendAsync(transaction, cancellation);
        }
        catch (JsonRpcException)
        {
            // Refusals differ in their words from node to node. If a transaction of ours with this nonce waits or has come into a block,
            // it was this one or one sent before, and all is well; else the refusal is real.
            if (!await IsWaitingAsync(nonce, cancellation)) throw;
        }
    }

    // Nodes forget transactions when they restart, and reorganisations drop them; the same bytes again are harmless.
    private async Task KeepAsync(UnderWay under, CancellationToken cancellation)
    {
        if (under.Transaction is not { } transaction || await Node.KnowsAsync(transaction.Hash, cancellation)) return;
        await OfferAsync(transaction, under.Nonce, cancellation);
    }

    private async Task<bool> IsWaitingAsync(ulong nonce, CancellationToken cancellation) =>
        await Node.NonceAsync(key.Address, afterWaiting: true, cancellation) > nonce;

    /// <summary>The transaction under way; without its bytes and fees if it was sent before this publisher started.</summary>
    private sealed record UnderWay(ulong Nonce, ulong FirstSequence, SignedTransaction? Transaction, TransactionFees? Fees, long SentAt)
    {
        public static UnderWay Unknown(ulong nonce, ulong sequence, long now) => new(nonce, sequence, null, null, now);
    }
}
