using DarkPool.Chain.Rlp;
using DarkPool.Protocol.Identity;

namespace DarkPool.Chain.Transactions;

/// <summary>What a transaction does, without what it pays.</summary>
/// <param name="To">The contract or account called; null creates a contract.</param>
/// <param name="Data">Input of the call, or code of the creation.</param>
/// <param name="Value">Ether sent along, in wei.</param>
internal sealed record TransactionRequest(EvmAddress? To, byte[] Data, UInt128 Value = default)
{
    /// <summary>The address as a transaction names it: empty when it creates a contract.</summary>
    public byte[] EncodedTo() => To is { } address ? RlpItem.Bytes(address.Span) : RlpItem.Bytes([]);
}
