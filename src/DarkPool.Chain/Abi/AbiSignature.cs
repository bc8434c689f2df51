using DarkPool.Chain.Hashing;
using DarkPool.Protocol.Identity;

namespace DarkPool.Chain.Abi;

/// <summary>
/// A function, an event or an error of a contract by its canonical signature, for example <c>transfer(address,uint256)</c>.
/// </summary>
internal sealed class AbiSignature
{
    /// <summary>Bytes that choose a function or an error.</summary>
    public const int SelectorSize = 4;

    private readonly Bytes32 _hash;

    public AbiSignature(string canonical)
    {
        Canonical = canonical;
        _hash = Keccak256.Hash(canonical);
    }

    public string Canonical { get; }

    /// <summary>The hash of the signature: the first topic of an event.</summary>
    public Bytes32 Topic => _hash;

    /// <summary>The first four bytes of the hash.</summary>
    public ReadOnlySpan<byte> Selector => _hash.Span[..SelectorSize];

    /// <summary>The input of a call with these arguments.</summary>
    public byte[] Call(params AbiValue[] arguments)
    {
        var tuple = AbiValue.Tuple(arguments);
        var data = new byte[SelectorSize + tuple.Size];
        Selector.CopyTo(data);
        tuple.Write(data.AsSpan(SelectorSize));
        return data;
    }
}
