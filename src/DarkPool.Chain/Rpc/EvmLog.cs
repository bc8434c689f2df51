using System.Text.Json;
using DarkPool.Protocol.Identity;

namespace DarkPool.Chain.Rpc;

/// <summary>An event that a contract emitted.</summary>
/// <param name="Topics">The event's hash and its indexed parameters.</param>
/// <param name="Data">The other parameters.</param>
/// <param name="Block">Number of the block.</param>
/// <param name="BlockHash">Hash of the block.</param>
/// <param name="Transaction">Hash of the transaction.</param>
/// <param name="Index">Index of the event in the block.</param>
internal sealed record EvmLog(
    IReadOnlyList<Bytes32> Topics, byte[] Data, ulong Block, Bytes32 BlockHash, Bytes32 Transaction, uint Index)
{
    public static EvmLog Read(JsonElement log) => new(
        [.. log.Member("topics").EnumerateArray().Select(topic => topic.Hash())],
        log.Member("data").Data(),
        log.Member("blockNumber").Quantity(),
        log.Member("blockHash").Hash(),
        log.Member("transactionHash").Hash(),
        checked((uint)log.Member("logIndex").Quantity()));
}
