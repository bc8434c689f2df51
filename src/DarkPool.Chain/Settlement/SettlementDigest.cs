using DarkPool.Chain.Abi;
using DarkPool.Chain.Hashing;
using DarkPool.Chain.Signing;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Settlement;

namespace DarkPool.Chain.Settlement;

/// <summary>
/// What the enclave signs of a settlement batch: its EIP-712 digest in the domain of the settlement registry (docs/PROTOCOL.md section 9).
/// </summary>
public static class SettlementDigest
{
    /// <summary>The name in the EIP-712 domain.</summary>
    public const string DomainName = "DarkPool";

    /// <summary>The version in the EIP-712 domain.</summary>
    public const string DomainVersion = "1";

    internal const string MarketType = "MarketSettlement(uint32 market,uint32 trades,int64 price,uint128 quantity,uint128 notional)";

    internal const string BatchType =
        "SettlementBatch(uint32 shard,uint64 sequence,uint64 firstBlock,uint64 lastBlock,int64 time,"
        + "bytes32 previousRoot,bytes32 stateRoot,bytes32 entitlementRoot,bytes32 logHead,MarketSettlement[] markets)" + MarketType;

    private static readonly Bytes32 MarketTypeHash = Keccak256.Hash(MarketType);
    private static readonly Bytes32 BatchTypeHash = Keccak256.Hash(BatchType);

    /// <summary>The digest of a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="chainId">EIP-155 id of the registry's chain.</param>
    /// <param name="registry">Address of the registry.</param>
    /// <returns>What is signed.</returns>
    public static Bytes32 Compute(SettlementBatch batch, ulong chainId, in EvmAddress registry)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return TypedData.Digest(TypedData.Domain(DomainName, DomainVersion, chainId, registry), Hash(batch));
    }

    private static Bytes32 Hash(SettlementBatch batch) => TypedData.HashStruct(
        BatchTypeHash,
        AbiValue.UInt(batch.Shard),
        AbiValue.UInt(batch.Sequence),
        AbiValue.UInt(batch.FirstBlock),
        AbiValue.UInt(batch.LastBlock),
        AbiValue.Int(batch.Time),
        AbiValue.Word(batch.PreviousRoot),
        AbiValue.Word(batch.StateRoot),
        AbiValue.Word(batch.EntitlementRoot),
        AbiValue.Word(batch.LogHead),
        AbiValue.Word(TypedData.HashArray(batch.Markets.Select(Hash))));

    private static Bytes32 Hash(MarketSettlement market) => TypedData.HashStruct(
        MarketTypeHash,
        AbiValue.UInt(market.Market),
        AbiValue.UInt(market.Trades),
        AbiValue.Int(market.Price),
        AbiValue.UInt(market.Quantity),
        AbiValue.UInt(market.Notional));
}
