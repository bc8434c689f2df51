using DarkPool.Chain.Abi;
using DarkPool.Chain.Hashing;
using DarkPool.Protocol.Identity;

namespace DarkPool.Chain.Signing;

/// <summary>Hashing of typed structured data (EIP-712).</summary>
internal static class TypedData
{
    private const string DomainType = "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)";
    private static readonly Bytes32 DomainTypeHash = Keccak256.Hash(DomainType);
    private static readonly byte[] Prefix = [0x19, 0x01];

    /// <summary>hashStruct: the hash of the type's hash and the members' words.</summary>
    /// <param name="typeHash">The hash of encodeType.</param>
    /// <param name="members">Each member as a word; strings, bytes, arrays and structs by their hash.</param>
    public static Bytes32 HashStruct(in Bytes32 typeHash, params AbiValue[] members) =>
        Keccak256.Hash(typeHash.ToArray(), AbiValue.Tuple(members).Encode());

    /// <summary>The word of an array of structs.</summary>
    public static Bytes32 HashArray(IEnumerable<Bytes32> items) => Keccak256.Hash(items.SelectMany(item => item.ToArray()).ToArray());

    /// <summary>The domain separator of a contract.</summary>
    public static Bytes32 Domain(string name, string version, ulong chainId, in EvmAddress contract) => HashStruct(
        DomainTypeHash,
        AbiValue.Word(Keccak256.Hash(name)),
        AbiValue.Word(Keccak256.Hash(version)),
        AbiValue.UInt(chainId),
        AbiValue.Address(contract));

    /// <summary>The digest that is signed.</summary>
    public static Bytes32 Digest(in Bytes32 domain, in Bytes32 structHash) =>
        Keccak256.Hash(Prefix, domain.ToArray(), structHash.ToArray());
}
