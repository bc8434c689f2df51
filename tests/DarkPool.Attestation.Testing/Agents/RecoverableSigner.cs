using DarkPool.Attestation.Dstack;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;

namespace DarkPool.Attestation.Testing.Agents;

/// <summary>Signs as dstack's key management service does: secp256k1 over Keccak-256, deterministic (RFC 6979), low s.</summary>
internal static class RecoverableSigner
{
    public static byte[] Sign(byte[] privateKey, ReadOnlySpan<byte> message)
    {
        var curve = CustomNamedCurves.GetByName("secp256k1");
        var domain = new ECDomainParameters(curve.Curve, curve.G, curve.N, curve.H);
        var signer = new ECDsaSigner(new HMacDsaKCalculator(new Sha256Digest()));
        signer.Init(true, new ECPrivateKeyParameters(new BigInteger(1, privateKey), domain));
        var hash = RecoverableSignature.Keccak256(message);
        var pair = signer.GenerateSignature(hash);
        var s = pair[1].CompareTo(curve.N.ShiftRight(1)) > 0 ? curve.N.Subtract(pair[1]) : pair[1];
        byte[] signature = [.. Scalar(pair[0]), .. Scalar(s), 0];
        var publicKey = RecoverableSignature.TryPublicKey(privateKey)!;
        if (RecoverableSignature.TryRecover(hash, signature)?.AsSpan().SequenceEqual(publicKey) != true) signature[64] = 1;
        return signature;
    }

    private static byte[] Scalar(BigInteger value) => Org.BouncyCastle.Utilities.BigIntegers.AsUnsignedByteArray(32, value);
}
