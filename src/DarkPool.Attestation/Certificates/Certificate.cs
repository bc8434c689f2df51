using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;

namespace DarkPool.Attestation.Certificates;

/// <summary>
/// An X.509 version 3 certificate (RFC 5280 section 4), read strictly as DER and kept as slices of its bytes. Only what the chains of
/// Intel and AMD use is understood; a critical extension beyond that makes the certificate unreadable.
/// </summary>
internal sealed class Certificate
{
    /// <summary>Longest certificate read, in bytes; Intel's and AMD's have 0.6 to 1.7 KiB.</summary>
    public const int MaxLength = 8 * 1024;

    private static readonly Asn1Tag VersionTag = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag ExtensionsTag = new(TagClass.ContextSpecific, 3);

    private Certificate(ReadOnlyMemory<byte> encoded)
    {
        Encoded = encoded;
        var outer = new AsnReader(encoded, AsnEncodingRules.DER);
        var certificate = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        Signed = certificate.PeekEncodedValue();
        var body = certificate.ReadSequence();
        var algorithm = certificate.ReadEncodedValue();
        Signature = WholeBytes(certificate);
        certificate.ThrowIfNotEmpty();

        var version = body.ReadSequence(VersionTag);
        if (!version.TryReadInt32(out var number) || number != 2) throw new AsnContentException("Not version 3.");
        Serial = body.ReadIntegerBytes();
        if (!body.ReadEncodedValue().Span.SequenceEqual(algorithm.Span)) throw new AsnContentException("Two signature algorithms.");
        Scheme = SignatureSchemes.Read(algorithm);
        Issuer = body.ReadEncodedValue();
        var validity = body.ReadSequence();
        (NotBefore, NotAfter) = (DerTime.Read(validity), DerTime.Read(validity));
        validity.ThrowIfNotEmpty();
        Subject = body.ReadEncodedValue();
        SubjectCommonName = DistinguishedName.CommonName(Subject);
        Key = SubjectKey.Read(body.ReadEncodedValue());
        Extensions = body.HasData ? CertificateExtensions.Read(body.ReadSequence(ExtensionsTag)) : CertificateExtensions.None;
        body.ThrowIfNotEmpty();
    }

    /// <summary>The whole certificate, DER.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>The part that is signed, DER.</summary>
    public ReadOnlyMemory<byte> Signed { get; }

    public SignatureScheme Scheme { get; }

    public ReadOnlyMemory<byte> Signature { get; }

    /// <summary>Content bytes of the serial number.</summary>
    public ReadOnlyMemory<byte> Serial { get; }

    public ReadOnlyMemory<byte> Issuer { get; }

    public ReadOnlyMemory<byte> Subject { get; }

    /// <summary>The common name of the subject; empty if there is none.</summary>
    public string SubjectCommonName { get; }

    public DateTimeOffset NotBefore { get; }

    public DateTimeOffset NotAfter { get; }

    public SubjectKey Key { get; }

    public CertificateExtensions Extensions { get; }

    /// <summary>Reads a certificate from DER; false if it is not one of the kind described above.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> der, [NotNullWhen(true)] out Certificate? certificate)
    {
        certificate = null;
        if (der.Length > MaxLength) return false;
        try
        {
            certificate = new Certificate(der);
            return true;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    /// <summary>SHA-256 of the whole certificate, lowercase hex.</summary>
    public string Fingerprint() => Convert.ToHexStringLower(SHA256.HashData(Encoded.Span));

    public bool IsSignedBy(Certificate issuer) => issuer.Key.Verify(Scheme, Signed.Span, Signature.Span);

    internal static ReadOnlyMemory<byte> WholeBytes(AsnReader reader) =>
        reader.TryReadPrimitiveBitString(out var unused, out var value) && unused == 0
            ? value
            : throw new AsnContentException("Not a bit string of whole bytes.");
}
