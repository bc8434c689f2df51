using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;

namespace DarkPool.Attestation.Certificates;

/// <summary>
/// A complete certificate revocation list, version 2 (RFC 5280 section 5). Every entry counts as revoked, whatever its reason. A
/// critical extension (delta, indirect or partial lists) makes it unreadable.
/// </summary>
internal sealed class RevocationList
{
    /// <summary>Longest list read, in bytes: some ten thousand entries.</summary>
    public const int MaxLength = 1024 * 1024;

    private static readonly Asn1Tag ExtensionsTag = new(TagClass.ContextSpecific, 0);

    private readonly List<ReadOnlyMemory<byte>> _revoked = [];
    private readonly ReadOnlyMemory<byte> _signed;
    private readonly ReadOnlyMemory<byte> _signature;
    private readonly SignatureScheme _scheme;

    private RevocationList(ReadOnlyMemory<byte> encoded)
    {
        var outer = new AsnReader(encoded, AsnEncodingRules.DER);
        var list = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        _signed = list.PeekEncodedValue();
        var body = list.ReadSequence();
        var algorithm = list.ReadEncodedValue();
        _signature = Certificate.WholeBytes(list);
        list.ThrowIfNotEmpty();

        if (!body.TryReadInt32(out var version) || version != 1) throw new AsnContentException("Not version 2.");
        if (!body.ReadEncodedValue().Span.SequenceEqual(algorithm.Span)) throw new AsnContentException("Two signature algorithms.");
        _scheme = SignatureSchemes.Read(algorithm);
        Issuer = body.ReadEncodedValue();
        (ThisUpdate, NextUpdate) = (DerTime.Read(body), DerTime.Read(body));
        if (body.HasData && body.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence)) ReadEntries(body.ReadSequence());
        if (body.HasData)
        {
            var wrapped = body.ReadSequence(ExtensionsTag);
            ReadExtensions(wrapped.ReadSequence());
            wrapped.ThrowIfNotEmpty();
        }

        body.ThrowIfNotEmpty();
    }

    public ReadOnlyMemory<byte> Issuer { get; }

    public DateTimeOffset ThisUpdate { get; }

    public DateTimeOffset NextUpdate { get; }

    /// <summary>Reads a list from DER; false if it is not one of the kind described above.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> der, [NotNullWhen(true)] out RevocationList? list)
    {
        list = null;
        if (der.Length > MaxLength) return false;
        try
        {
            list = new RevocationList(der);
            return true;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    /// <summary>Why this list cannot speak for <paramref name="issuer"/> now; <see cref="Refusal.None"/> if it can.</summary>
    public Refusal Check(Certificate issuer, DateTimeOffset now)
    {
        if (!Issuer.Span.SequenceEqual(issuer.Subject.Span)) return Refusal.CrlIssuerMismatch;
        if (!issuer.Extensions.SignsRevocations) return Refusal.CrlSignatureInvalid;
        if (!issuer.Key.Verify(_scheme, _signed.Span, _signature.Span)) return Refusal.CrlSignatureInvalid;
        return now < ThisUpdate || now > NextUpdate ? Refusal.CrlExpired : Refusal.None;
    }

    /// <summary>Whether this list names the certificate, which must be of the list's issuer.</summary>
    public bool Revokes(Certificate certificate)
    {
        foreach (var serial in _revoked)
        {
            if (serial.Span.SequenceEqual(certificate.Serial.Span)) return true;
        }

        return false;
    }

    private static void ReadExtensions(AsnReader extensions)
    {
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence();
            var oid = extension.ReadObjectIdentifier();
            if (extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && extension.ReadBoolean())
                throw new AsnContentException($"Extension {oid} is critical and unknown.");
            extension.ReadOctetString();
            extension.ThrowIfNotEmpty();
        }
    }

    private void ReadEntries(AsnReader entries)
    {
        while (entries.HasData)
        {
            var entry = entries.ReadSequence();
            _revoked.Add(entry.ReadIntegerBytes());
            DerTime.Read(entry);
            if (entry.HasData) ReadExtensions(entry.ReadSequence());
            entry.ThrowIfNotEmpty();
        }
    }
}
