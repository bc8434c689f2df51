using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using DarkPool.Attestation.Certificates;

namespace DarkPool.Attestation.Snp;

/// <summary>
/// The certificate of a VCEK or VLEK (AMD, "Versioned Chip Endorsement Key Certificate and KDS Interface", section 3.1): which product,
/// chip and TCB the key stands for.
/// </summary>
internal sealed class EndorsementKey
{
    private const string ProductOid = "1.3.6.1.4.1.3704.1.2";
    private const string HwidOid = "1.3.6.1.4.1.3704.1.4";
    private const string VcekName = "SEV-VCEK";
    private const string VlekName = "SEV-VLEK";

    private readonly Certificate _certificate;

    private EndorsementKey(Certificate certificate)
    {
        _certificate = certificate;
        Product = ReadProduct(certificate);
    }

    /// <summary>For example <c>Milan-B0</c>; null if the certificate does not say.</summary>
    public string? Product { get; }

    public bool IsVlek => _certificate.SubjectCommonName == VlekName;

    /// <summary>Reads the certificate; false if it is not of a VCEK or VLEK.</summary>
    public static bool TryRead(Certificate certificate, [NotNullWhen(true)] out EndorsementKey? key)
    {
        var fits = certificate.SubjectCommonName is VcekName or VlekName
            && !certificate.Extensions.IsAuthority
            && certificate.Key.Point.Length == 2 * EcdsaKey.P384Length;
        key = fits ? new EndorsementKey(certificate) : null;
        return fits;
    }

    /// <summary>Whether the key's certificate endorses exactly the TCB that the report claims.</summary>
    public Refusal CheckTcb(SnpTcb layout, ulong reported)
    {
        foreach (var part in layout.Parts)
        {
            if (!TryGetSvn(part.Oid, out var svn)) return Refusal.EkExtensionMissing;
            if (svn != part.Of(reported)) return Refusal.TcbMismatch;
        }

        return Refusal.None;
    }

    /// <summary>Whether a VCEK is that of the report's chip; a report that hides its chip is left to the policy.</summary>
    public Refusal CheckChip(SnpTcb layout, SnpReport report)
    {
        if (IsVlek || IsMasked(report)) return Refusal.None;
        if (!_certificate.Extensions.TryGet(HwidOid, out var hwid)) return Refusal.EkExtensionMissing;
        return hwid.Length == layout.HwidLength
            && report.ChipId.StartsWith(hwid.Span)
            && !report.ChipId[hwid.Length..].ContainsAnyExcept((byte)0)
            ? Refusal.None
            : Refusal.ChipIdMismatch;
    }

    /// <summary>Whether a report under a VCEK does not say which chip it is of. Under a VLEK that is the rule and means nothing.</summary>
    public bool IsMasked(SnpReport report) =>
        !IsVlek && (report.ChipKeyIsMasked || !report.ChipId.ContainsAnyExcept((byte)0));

    private bool TryGetSvn(string oid, out byte svn)
    {
        svn = 0;
        if (!_certificate.Extensions.TryGet(oid, out var encoded)) return false;
        try
        {
            var reader = new AsnReader(encoded, AsnEncodingRules.DER);
            if (!reader.TryReadInt32(out var number) || number is < 0 or > byte.MaxValue || reader.HasData) return false;
            svn = (byte)number;
            return true;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    private static string? ReadProduct(Certificate certificate)
    {
        if (!certificate.Extensions.TryGet(ProductOid, out var encoded)) return null;
        try
        {
            return new AsnReader(encoded, AsnEncodingRules.DER).ReadCharacterString(UniversalTagNumber.IA5String);
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
