using DarkPool.Chain.Hashing;
using DarkPool.Protocol.Identity;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;

namespace DarkPool.Chain.Signing;

/// <summary>The curve secp256k1 (SEC 2 version 2, section 2.4.1) and what Ethereum derives from its points.</summary>
internal static class Secp256k1
{
    private static readonly X9ECParameters Curve = CustomNamedCurves.GetByName("secp256k1");

    public static ECDomainParameters Domain { get; } = new(Curve);

    /// <summary>The order of the group.</summary>
    public static BigInteger Order => Domain.N;

    /// <summary>
    /// A signature counts only with s at most half the order (EIP-2): the other half would be a second signature of the same.
    /// </summary>
    public static BigInteger HalfOrder { get; } = Curve.N.ShiftRight(1);

    /// <summary>The last 20 bytes of the hash of a public key's coordinates (yellow paper, appendix F).</summary>
    public static EvmAddress AddressOf(ECPoint publicKey)
    {
        // An uncompressed point is 0x04 and both coordinates.
        var hash = Keccak256.Hash(publicKey.GetEncoded(compressed: false).AsSpan(1));
        return new EvmAddress(hash.Span[(Bytes32.Size - EvmAddress.Size)..]);
    }

    /// <summary>
    /// The public key under which (r, s) is a signature of the digest (SEC 1 version 2, section 4.1.6); null if there is none.
    /// </summary>
    /// <param name="digest">The signed hash.</param>
    /// <param name="r">1 to order - 1.</param>
    /// <param name="s">1 to order - 1.</param>
    /// <param name="isOdd">The parity of the nonce point's y.</param>
    public static ECPoint? Recover(in Bytes32 digest, BigInteger r, BigInteger s, bool isOdd)
    {
        // A nonce point whose x exceeds the order exists for one in 2^128 signatures, and Ethereum has no form for it.
        byte[] compressed = [(byte)(isOdd ? 3 : 2), .. Fixed32(r)];
        ECPoint nonce;
        try
        {
            nonce = Curve.Curve.DecodePoint(compressed);
        }
        catch (ArgumentException)
        {
            return null; // No point has this x.
        }

        var e = new BigInteger(1, digest.ToArray());
        var inverse = r.ModInverse(Order);
        var u1 = e.Negate().Multiply(inverse).Mod(Order);
        var u2 = s.Multiply(inverse).Mod(Order);
        var key = ECAlgorithms.SumOfTwoMultiplies(Domain.G, u1, nonce, u2).Normalize();
        return key.IsInfinity ? null : key;
    }

    /// <summary>A number below 2^256 as 32 bytes, big-endian.</summary>
    public static byte[] Fixed32(BigInteger value)
    {
        var digits = value.ToByteArrayUnsigned();
        var bytes = new byte[Bytes32.Size];
        digits.CopyTo(bytes, bytes.Length - digits.Length);
        return bytes;
    }
}
