using DarkPool.Chain.Abi;
using DarkPool.Chain.Rpc;
using DarkPool.Protocol.Identity;

namespace DarkPool.Chain.Deposits;

/// <summary>A deposit that the vault took.</summary>
/// <param name="Id">Its number at the vault, from 1 without gaps.</param>
/// <param name="Token">The token.</param>
/// <param name="From">Who paid it.</param>
/// <param name="Amount">What the vault received, in base units.</param>
/// <param name="Tag">The sealed account, as the depositor gave it: foreign bytes.</param>
/// <param name="EvmBlock">Number of the block.</param>
/// <param name="EvmBlockHash">Hash of the block.</param>
/// <param name="Transaction">Hash of the transaction.</param>
/// <param name="LogIndex">Index of the event in the block.</param>
public sealed record VaultDeposit(
    ulong Id,
    EvmAddress Token,
    EvmAddress From,
    UInt128 Amount,
    ReadOnlyMemory<byte> Tag,
    ulong EvmBlock,
    Bytes32 EvmBlockHash,
    Bytes32 Transaction,
    uint LogIndex)
{
    internal static readonly AbiSignature Deposited = new("Deposited(uint64,address,address,uint128,bytes)");

    /// <summary>Reads an event of the vault.</summary>
    /// <exception cref="FormatException">It is not a deposit.</exception>
    internal static VaultDeposit Read(EvmLog log)
    {
        if (log.Topics.Count != 4 || log.Topics[0] != Deposited.Topic) throw new FormatException("Not a deposit's event");
        var data = new AbiReader(log.Data);
        return new VaultDeposit(
            new AbiReader(log.Topics[1].Span).ReadUInt64(),
            new AbiReader(log.Topics[2].Span).ReadAddress(),
            new AbiReader(log.Topics[3].Span).ReadAddress(),
            data.ReadUInt128(),
            data.ReadBytes(),
            log.Block,
            log.BlockHash,
            log.Transaction,
            log.Index);
    }
}
