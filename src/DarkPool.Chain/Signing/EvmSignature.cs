using System.Diagnostics.CodeAnalysis;
using DarkPool.Protocol.Identity;
using Org.BouncyCastle.Math;

namespace DarkPool.Chain.Signing;

/// <summary>A recoverable ECDSA signature over secp256k1, as Ethereum uses it, with s in the lower half (EIP-2).</summary>
public sealed class EvmSignature
{
    /// <summary>The size of the usual form: r (32), s (32), v (1: 27 or 28).</summary>
    public const int Size = 65;

    private const byte VBase = 27;

    private EvmSignature(in Bytes32 r, in Bytes32 s, bool isOdd)
    {
        R = r;
        S = s;
        IsOdd = isOdd;
    }

    /// <summary>r, big-endian.</summary>
    public Bytes32 R { get; }

    /// <summary>s, big-endian, at most half the group's order.</summary>
    public Bytes32 S { get; }

    /// <summary>The recovery id: whether the nonce point's y is odd.</summary>
    public bool IsOdd { get; }

    /// <summary>Reads r ‖ s ‖ v.</summary>
    /// <param name="bytes">65 bytes; v is 27 or 28.</param>
    /// <param name="signature">The signature, or null.</param>
    /// <returns>False for another length or v, r or s out of range, or s in the upper half.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out EvmSignature? signature)
    {
        signature = null;
        if (bytes.Length != Size || bytes[^1] is not (VBase or VBase + 1)) return false;
        var r = new BigInteger(1, bytes[..32].ToArray());
        var s = new BigInteger(1, bytes[32..64].ToArray());
        if (r.SignValue <= 0 || r.CompareTo(Secp256k1.Order) >= 0) return false;
        if (s.SignValue <= 0 || s.CompareTo(Secp256k1.HalfOrder) > 0) return false;
        signature = new EvmSignature(new Bytes32(bytes[..32]), new Bytes32(bytes[32..64]), bytes[^1] == VBase + 1);
        return true;
    }

    /// <summary>r ‖ s ‖ v.</summary>
    /// <returns>65 bytes.</returns>
    public byte[] ToArray() => [.. R.Span, .. S.Span, (byte)(VBase + (IsOdd ? 1 : 0))];

    /// <summary>Finds whose signature of a digest this is.</summary>
    /// <param name="digest">The signed hash.</param>
    /// <param name="signer">The address, or zeros.</param>
    /// <returns>False if it is nobody's.</returns>
    public bool TryRecover(in Bytes32 digest, out EvmAddress signer)
    {
        signer = default;
        var key = Secp256k1.Recover(digest, new BigInteger(1, R.ToArray()), new BigInteger(1, S.ToArray()), IsOdd);
        if (key is null) return false;
        signer = Secp256k1.AddressOf(key);
        return true;
    }

    internal static EvmSignature From(BigInteger r, BigInteger s, bool isOdd) =>
        new(new Bytes32(Secp256k1.Fixed32(r)), new Bytes32(Secp256k1.Fixed32(s)), isOdd);
}
