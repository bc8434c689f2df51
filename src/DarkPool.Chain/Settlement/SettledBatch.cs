using DarkPool.Chain.Abi;
using DarkPool.Chain.Rpc;
using DarkPool.Protocol.Identity;

namespace DarkPool.Chain.Settlement;

/// <summary>A batch as the chain recorded it.</summary>
/// <param name="Sequence">Its number.</param>
/// <param name="StateRoot">State root after its last block.</param>
/// <param name="EntitlementRoot">Merkle root over what every account is entitled to.</param>
/// <param name="LogHead">Head of the log after its last block.</param>
/// <param name="LastBlock">Its last block.</param>
/// <param name="EvmBlock">Number of the chain's block.</param>
/// <param name="EvmBlockHash">Hash of the chain's block.</param>
/// <param name="Transaction">Hash of the transaction.</param>
public sealed record SettledBatch(
    ulong Sequence,
    Bytes32 StateRoot,
    Bytes32 EntitlementRoot,
    Bytes32 LogHead,
    ulong LastBlock,
    ulong EvmBlock,
    Bytes32 EvmBlockHash,
    Bytes32 Transaction)
{
    internal static readonly AbiSignature BatchSettled = new("BatchSettled(uint64,bytes32,bytes32,bytes32,uint64)");

    /// <summary>Reads an event of the registry.</summary>
    /// <exception cref="FormatException">It is not a batch's.</exception>
    internal static SettledBatch Read(EvmLog log)
    {
        if (log.Topics.Count != 2 || log.Topics[0] != BatchSettled.Topic) throw new FormatException("Not a batch's event");
        var data = new AbiReader(log.Data);
        return new SettledBatch(
            new AbiReader(log.Topics[1].Span).ReadUInt64(),
            data.ReadBytes32(),
            data.ReadBytes32(),
            data.ReadBytes32(),
            data.ReadUInt64(),
            log.Block,
            log.BlockHash,
            log.Transaction);
    }
}
