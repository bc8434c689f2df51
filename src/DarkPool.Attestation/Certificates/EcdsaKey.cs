using System.Security.Cryptography;

namespace DarkPool.Attestation.Certificates;

/// <summary>
/// ECDSA verification over the NIST curves (FIPS 186-5) with raw points and fixed-width signatures <c>r || s</c>, big-endian: the one
/// call through which quotes, reports and certificates are checked.
/// </summary>
internal static class EcdsaKey
{
    public const int P256Length = 32;
    public const int P384Length = 48;

    /// <summary>Whether the signature verifies. False also for a point off the curve and for a signature of wrong length.</summary>
    /// <param name="point">The public key: X and Y, without the leading 4.</param>
    /// <param name="data">What was signed; hashed with SHA-256 for P-256 and SHA-384 for P-384.</param>
    /// <param name="signature">r and s, each as long as a coordinate.</param>
    public static bool Verify(ReadOnlySpan<byte> point, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        var width = point.Length / 2;
        if (point.Length != width * 2 || width is not (P256Length or P384Length) || signature.Length != point.Length) return false;
        var parameters = new ECParameters
        {
            Curve = width == P256Length ? ECCurve.NamedCurves.nistP256 : ECCurve.NamedCurves.nistP384,
            Q = new ECPoint { X = point[..width].ToArray(), Y = point[width..].ToArray() },
        };
        var hash = width == P256Length ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA384;
        try
        {
            using var key = ECDsa.Create(parameters);
            return key.VerifyData(data, signature, hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        catch (CryptographicException)
        {
            // The point is not on the curve.
            return false;
        }
    }
}
