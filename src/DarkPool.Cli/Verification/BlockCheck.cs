using DarkPool.Chain.Settlement;
using DarkPool.Chain.Signing;
using DarkPool.EventStore.Facts;
using DarkPool.EventStore.Shards;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Link;
using DarkPool.Protocol.Receipts;
using DarkPool.Protocol.Settlement;

namespace DarkPool.Cli.Verification;

/// <summary>Holds a stored block, its recorded result and its replay against each other.</summary>
internal sealed class BlockCheck(Genesis genesis, EnclaveIdentity enclave)
{
    /// <returns>Null, or in words what does not match.</returns>
    public string? Find(StoredBlock block, BlockExecuted? recorded, BlockExecution replayed)
    {
        if (replayed.Number != block.Header.Number || !block.Head.Span.SequenceEqual(replayed.Head))
            return "the replay executed another block";
        if (recorded is null)
            return null;
        if (recorded.Number != block.Header.Number)
            return $"the recorded results go on with block {recorded.Number}";
        if (!block.Head.Span.SequenceEqual(recorded.Head))
            return "its head is not the recorded one";
        if (!replayed.StateRoot.AsSpan().SequenceEqual(recorded.StateRoot))
            return "the replay gives another state root than the recorded one";
        var statement = new BlockStatement(genesis.VenueId, block.Header.Number, block.Head, new Bytes32(recorded.StateRoot));
        return statement.Verify(enclave.SigningKey, recorded.Signature) ? null : "its statement is not signed by the enclave";
    }

    /// <summary>Holds a settlement batch of the replay against the recorded one.</summary>
    /// <returns>Null, or in words what does not match.</returns>
    public string? Find(byte[] replayed, SettlementBatchClosed? recorded)
    {
        if (recorded is null || !replayed.AsSpan().SequenceEqual(recorded.Batch))
            return "the replay closes another settlement batch than the recorded one";
        if (!SettlementBatch.TryRead(recorded.Batch, out SettlementBatch? batch))
            return "its settlement batch is not readable";
        Bytes32 digest = SettlementDigest.Compute(batch, genesis.ChainId, genesis.Registry);
        return EvmSignature.TryRead(recorded.Signature, out EvmSignature? signature)
            && signature.TryRecover(digest, out EvmAddress signer) && signer == enclave.EvmAddress
            ? null
            : "its settlement batch is not signed by the enclave";
    }
}
