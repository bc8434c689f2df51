using System.Text.Json;
using DarkPool.Protocol.Identity;

namespace DarkPool.Chain.Rpc;

/// <summary>What became of a transaction that is in a block.</summary>
/// <param name="Transaction">Hash of the transaction.</param>
/// <param name="Block">Number of the block.</param>
/// <param name="BlockHash">Hash of the block.</param>
/// <param name="Succeeded">False if it was reverted.</param>
/// <param name="GasUsed">Units of gas that it used.</param>
/// <param name="Created">The contract that it created, if any.</param>
public sealed record TransactionReceipt(
    Bytes32 Transaction, ulong Block, Bytes32 BlockHash, bool Succeeded, ulong GasUsed, EvmAddress? Created)
{
    internal static TransactionReceipt Read(JsonElement receipt) => new(
        receipt.Member("transactionHash").Hash(),
        receipt.Member("blockNumber").Quantity(),
        receipt.Member("blockHash").Hash(),
        receipt.Member("status").Quantity() == 1,
        receipt.Member("gasUsed").Quantity(),
        receipt.TryGetProperty("contractAddress", out var created) && !created.IsNull() ? created.Address() : null);
}
