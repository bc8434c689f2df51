using System.Formats.Asn1;
using System.Security.Cryptography;

namespace DarkPool.Attestation.Certificates;

/// <summary>The public key of a certificate: an EC point on P-256 or P-384, or an RSA key (RFC 5280 section 4.1.2.7).</summary>
internal sealed class SubjectKey
{
    private const string EcPublicKey = "1.2.840.10045.2.1";
    private const string Prime256 = "1.2.840.10045.3.1.7";
    private const string Secp384 = "1.3.132.0.34";
    private const string RsaEncryption = "1.2.840.113549.1.1.1";
    private const byte Uncompressed = 4;

    /// <summary>AMD's keys have 4096 bits. An unbounded modulus would let hostile bytes buy much work.</summary>
    private const int MinRsaModulusLength = 256;
    private const int MaxRsaModulusLength = 512;

    private readonly ReadOnlyMemory<byte> _encoded;

    private readonly bool _isRsa;

    private SubjectKey(ReadOnlyMemory<byte> encoded, ReadOnlyMemory<byte> point, bool isRsa) =>
        (_encoded, Point, _isRsa) = (encoded, point, isRsa);

    /// <summary>X and Y of a key on P-256 or P-384; empty for every other key.</summary>
    public ReadOnlyMemory<byte> Point { get; }

    /// <summary>Reads a key; one of a kind that the platforms do not use verifies nothing.</summary>
    /// <exception cref="AsnContentException">Not DER.</exception>
    public static SubjectKey Read(ReadOnlyMemory<byte> encoded)
    {
        var info = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence();
        var algorithm = info.ReadSequence();
        var key = Certificate.WholeBytes(info);
        info.ThrowIfNotEmpty();
        return algorithm.ReadObjectIdentifier() switch
        {
            RsaEncryption => new SubjectKey(encoded, default, HasBoundedSize(key)),
            EcPublicKey => new SubjectKey(encoded, PointOf(algorithm.ReadObjectIdentifier(), key), isRsa: false),
            _ => new SubjectKey(encoded, default, isRsa: false),
        };
    }

    /// <summary>Whether <paramref name="signature"/> (as it stands in a certificate) over <paramref name="data"/> is by this key.</summary>
    public bool Verify(SignatureScheme scheme, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => scheme switch
    {
        SignatureScheme.EcdsaSha256 => VerifyEcdsa(EcdsaKey.P256Length, data, signature),
        SignatureScheme.EcdsaSha384 => VerifyEcdsa(EcdsaKey.P384Length, data, signature),
        SignatureScheme.RsaPssSha384 => _isRsa && VerifyPss(data, signature),
        _ => false,
    };

    private static ReadOnlyMemory<byte> PointOf(string curve, ReadOnlyMemory<byte> key)
    {
        var width = curve switch
        {
            Prime256 => EcdsaKey.P256Length,
            Secp384 => EcdsaKey.P384Length,
            _ => 0,
        };
        return width > 0 && key.Length == (2 * width) + 1 && key.Span[0] == Uncompressed ? key[1..] : default;
    }

    private static bool HasBoundedSize(ReadOnlyMemory<byte> key)
    {
        var pair = new AsnReader(key, AsnEncodingRules.DER).ReadSequence();
        var modulus = pair.ReadIntegerBytes().Length;
        var exponent = pair.ReadIntegerBytes().Length;
        return modulus is > MinRsaModulusLength and <= MaxRsaModulusLength + 1 && exponent <= sizeof(uint) && !pair.HasData;
    }

    private bool VerifyEcdsa(int width, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        Span<byte> raw = stackalloc byte[2 * EcdsaKey.P384Length];
        raw = raw[..(2 * width)];
        return Point.Length == raw.Length && DerSignature.TryToFixedWidth(signature, raw) && EcdsaKey.Verify(Point.Span, data, raw);
    }

    private bool VerifyPss(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        try
        {
            using var key = RSA.Create();
            key.ImportSubjectPublicKeyInfo(_encoded.Span, out _);
            return key.VerifyData(data, signature, HashAlgorithmName.SHA384, RSASignaturePadding.Pss);
        }
        catch (CryptographicException)
        {
            // Not a key that RSA can use: an even modulus, for example.
            return false;
        }
    }
}
