using DarkPool.Chain.Abi;
using DarkPool.Protocol.Settlement;

namespace DarkPool.Chain.Settlement;

/// <summary>The inputs of the registry's functions.</summary>
public static class RegistryCalls
{
    private const string MarketTuple = "(uint32,uint32,int64,uint128,uint128)";
    private const string BatchTuple = "(uint32,uint64,uint64,uint64,int64,bytes32,bytes32,bytes32,bytes32," + MarketTuple + "[])";

    internal static readonly AbiSignature Settle = new($"settle({BatchTuple},bytes)");
    internal static readonly AbiSignature SettleMany = new($"settleMany({BatchTuple}[],bytes[])");
    internal static readonly AbiSignature BatchDigest = new($"batchDigest({BatchTuple})");
    internal static readonly AbiSignature RegisterEnclave = new("registerEnclave(address)");
    internal static readonly AbiSignature Enclave = new("enclave()");
    internal static readonly AbiSignature Shard = new("shard()");
    internal static readonly AbiSignature Last = new("last()");

    /// <summary>The input that records these batches, in their order.</summary>
    /// <param name="batches">At least one.</param>
    public static byte[] For(IReadOnlyList<SignedBatch> batches) => batches is [var only]
        ? Settle.Call(Tuple(only.Batch), AbiValue.Bytes(only.Signature))
        : SettleMany.Call(
            AbiValue.Array(batches.Select(b => Tuple(b.Batch))), AbiValue.Array(batches.Select(b => AbiValue.Bytes(b.Signature))));

    /// <summary>A batch as a struct of the contract.</summary>
    internal static AbiValue Tuple(SettlementBatch batch) => AbiValue.Tuple(
        AbiValue.UInt(batch.Shard),
        AbiValue.UInt(batch.Sequence),
        AbiValue.UInt(batch.FirstBlock),
        AbiValue.UInt(batch.LastBlock),
        AbiValue.Int(batch.Time),
        AbiValue.Word(batch.PreviousRoot),
        AbiValue.Word(batch.StateRoot),
        AbiValue.Word(batch.EntitlementRoot),
        AbiValue.Word(batch.LogHead),
        AbiValue.Array(batch.Markets.Select(Tuple)));

    private static AbiValue Tuple(MarketSettlement market) => AbiValue.Tuple(
        AbiValue.UInt(market.Market),
        AbiValue.UInt(market.Trades),
        AbiValue.Int(market.Price),
        AbiValue.UInt(market.Quantity),
        AbiValue.UInt(market.Notional));
}
