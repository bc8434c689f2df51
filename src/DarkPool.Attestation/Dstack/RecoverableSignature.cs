using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;
using Org.BouncyCastle.Math.EC.Multiplier;

namespace DarkPool.Attestation.Dstack;

/// <summary>
/// ECDSA over secp256k1 with public key recovery (SEC 1 section 4.1.6), as Ethereum uses it: 65 bytes <c>r || s || v</c>. Bit 0 of v is
/// the parity of the point's y, bit 1 tells that its x is r plus the order (27 may be added to both); s is in the lower half of the
/// order (EIP-2). Messages are hashed with Keccak-256.
/// </summary>
internal static class RecoverableSignature
{
    public const int Length = 65;
    public const int CompressedKeyLength = 33;

    private const int ScalarLength = 32;
    private const int EthereumOffset = 27;

    private static readonly Org.BouncyCastle.Asn1.X9.X9ECParameters Curve = CustomNamedCurves.GetByName("secp256k1");
    private static readonly BigInteger HalfOrder = Curve.N.ShiftRight(1);

    public static byte[] Keccak256(ReadOnlySpan<byte> message)
    {
        var digest = new KeccakDigest(256);
        digest.BlockUpdate(message);
        var hash = new byte[ScalarLength];
        digest.DoFinal(hash);
        return hash;
    }

    /// <summary>The key that signed <paramref name="hash"/>, compressed; null if the signature is not of the form above.</summary>
    public static byte[]? TryRecover(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != Length || hash.Length != ScalarLength) return null;
        var v = signature[2 * ScalarLength];
        if (v >= EthereumOffset) v -= EthereumOffset;
        var r = new BigInteger(1, signature[..ScalarLength]);
        var s = new BigInteger(1, signature.Slice(ScalarLength, ScalarLength));
        if (v > 3 || r.SignValue == 0 || s.SignValue == 0 || r.CompareTo(Curve.N) >= 0 || s.CompareTo(HalfOrder) > 0) return null;
        var x = v > 1 ? r.Add(Curve.N) : r;
        if (x.BitLength > 8 * ScalarLength || TryDecodePoint(x, odd: (v & 1) != 0) is not { } point) return null;
        return Recover(point, r, s, new BigInteger(1, hash));
    }

    /// <summary>The public key of a private key, compressed; null if it is not in the range of the order.</summary>
    public static byte[]? TryPublicKey(ReadOnlySpan<byte> privateKey)
    {
        var scalar = new BigInteger(1, privateKey);
        return scalar.SignValue == 0 || scalar.CompareTo(Curve.N) >= 0
            ? null
            : new FixedPointCombMultiplier().Multiply(Curve.G, scalar).Normalize().GetEncoded(compressed: true);
    }

    /// <summary>Q = (s R - e G) / r.</summary>
    private static byte[]? Recover(ECPoint point, BigInteger r, BigInteger s, BigInteger e)
    {
        var inverse = r.ModInverse(Curve.N);
        var key = ECAlgorithms.SumOfTwoMultiplies(
            Curve.G, inverse.Multiply(e.Negate()).Mod(Curve.N), point, inverse.Multiply(s).Mod(Curve.N)).Normalize();
        return key.IsInfinity ? null : key.GetEncoded(compressed: true);
    }

    private static ECPoint? TryDecodePoint(BigInteger x, bool odd)
    {
        byte[] encoded = [(byte)(odd ? 3 : 2), .. Org.BouncyCastle.Utilities.BigIntegers.AsUnsignedByteArray(ScalarLength, x)];
        try
        {
            return Curve.Curve.DecodePoint(encoded);
        }
        catch (ArgumentException)
        {
            // No point of the curve has this x.
            return null;
        }
    }
}
