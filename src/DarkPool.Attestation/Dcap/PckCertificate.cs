using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using DarkPool.Attestation.Certificates;

namespace DarkPool.Attestation.Dcap;

/// <summary>
/// The SGX extension of a PCK certificate (Intel, "SGX PCK Certificate and CRL Profile Specification", section 1.3.5): which platform it
/// is and at which TCB.
/// </summary>
internal sealed class PckCertificate
{
    public const int ComponentCount = 16;

    private const string SubjectPhrase = "SGX PCK Certificate";
    private const string SgxExtension = "1.2.840.113741.1.13.1";
    private const string PpidOid = SgxExtension + ".1";
    private const string TcbOid = SgxExtension + ".2";
    private const string PceIdOid = SgxExtension + ".3";
    private const string FmspcOid = SgxExtension + ".4";
    private const int PceSvnIndex = 17;
    private const int PpidLength = 16;
    private const int PceIdLength = 2;
    private const int FmspcLength = 6;

    private readonly byte[] _components = new byte[ComponentCount];

    private PckCertificate(Certificate certificate, ReadOnlyMemory<byte> extension)
    {
        Certificate = certificate;
        var outer = new AsnReader(extension, AsnEncodingRules.DER);
        var items = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var hasTcb = false;
        while (items.HasData)
        {
            var item = items.ReadSequence();
            switch (item.ReadObjectIdentifier())
            {
                case PpidOid:
                    Ppid = Octets(item, PpidLength);
                    break;
                case TcbOid:
                    ReadTcb(item.ReadSequence());
                    hasTcb = true;
                    break;
                case PceIdOid:
                    PceId = Octets(item, PceIdLength);
                    break;
                case FmspcOid:
                    Fmspc = Octets(item, FmspcLength);
                    break;
            }
        }

        if (!hasTcb || Ppid.Length == 0 || PceId.Length == 0 || Fmspc.Length == 0) throw new AsnContentException("A part is missing.");
    }

    public Certificate Certificate { get; }

    /// <summary>Names the processor package.</summary>
    public string Ppid { get; } = "";

    public string PceId { get; } = "";

    public string Fmspc { get; } = "";

    /// <summary>SVNs of the 16 SGX TCB components.</summary>
    public ReadOnlySpan<byte> Components => _components;

    public int PceSvn { get; private set; }

    public static bool TryRead(Certificate certificate, [NotNullWhen(true)] out PckCertificate? pck)
    {
        pck = null;
        if (!certificate.SubjectCommonName.Contains(SubjectPhrase, StringComparison.Ordinal)) return false;
        if (certificate.Extensions.IsAuthority || !certificate.Extensions.TryGet(SgxExtension, out var extension)) return false;
        try
        {
            pck = new PckCertificate(certificate, extension);
            return true;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    private static string Octets(AsnReader item, int length)
    {
        var value = item.ReadOctetString();
        return value.Length == length ? Convert.ToHexStringLower(value) : throw new AsnContentException("A part has another length.");
    }

    private void ReadTcb(AsnReader tcb)
    {
        var seen = 0;
        while (tcb.HasData)
        {
            var item = tcb.ReadSequence();
            var oid = item.ReadObjectIdentifier();
            if (!oid.StartsWith(TcbOid + ".", StringComparison.Ordinal)) continue;
            if (!int.TryParse(oid.AsSpan(TcbOid.Length + 1), out var index) || index is < 1 or > PceSvnIndex) continue;
            var most = index == PceSvnIndex ? ushort.MaxValue : byte.MaxValue;
            if (!item.TryReadInt32(out var svn) || svn < 0 || svn > most) throw new AsnContentException("An SVN out of range.");
            if (index == PceSvnIndex) PceSvn = svn;
            else _components[index - 1] = (byte)svn;
            seen |= 1 << index;
        }

        // A component that is not written would count as 0, which is only the safe side for a level, not for a platform that names it.
        if (seen != ((1 << (PceSvnIndex + 1)) - 2)) throw new AsnContentException("An SVN is missing.");
    }
}
