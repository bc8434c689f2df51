using System.Text.Json;
using DarkPool.Protocol.Identity;

namespace DarkPool.Chain.Rpc;

/// <summary>The header of a block of the chain, as far as it is used here.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Parent">The hash of its predecessor.</param>
/// <param name="Time">Seconds since 1970.</param>
/// <param name="BaseFee">Wei per unit of gas; null on a chain without a base fee.</param>
public sealed record EvmBlock(ulong Number, Bytes32 Hash, Bytes32 Parent, ulong Time, UInt128? BaseFee)
{
    internal static EvmBlock Read(JsonElement block) => new(
        block.Member("number").Quantity(),
        block.Member("hash").Hash(),
        block.Member("parentHash").Hash(),
        block.Member("timestamp").Quantity(),
        block.TryGetProperty("baseFeePerGas", out var fee) && !fee.IsNull() ? fee.BigQuantity() : null);
}
