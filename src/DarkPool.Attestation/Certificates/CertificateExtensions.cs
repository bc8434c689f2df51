using System.Formats.Asn1;

namespace DarkPool.Attestation.Certificates;

/// <summary>What a certificate may be used for, and its platform's own extensions (RFC 5280 section 4.2).</summary>
internal sealed class CertificateExtensions
{
    private const string BasicConstraints = "2.5.29.19";
    private const string KeyUsage = "2.5.29.15";

    /// <summary>More extensions than Intel's 6 and AMD's 12 is none of theirs.</summary>
    private const int MaxCount = 32;

    private readonly Dictionary<string, ReadOnlyMemory<byte>> _others = new(StringComparer.Ordinal);

    private CertificateExtensions()
    {
    }

    /// <summary>A certificate without any: not an authority.</summary>
    public static CertificateExtensions None { get; } = new();

    public bool IsAuthority { get; private set; }

    /// <summary>How many authorities may stand below this one; null: any number.</summary>
    public int? PathLength { get; private set; }

    /// <summary>May sign certificates. RFC 5280 section 4.2.1.3 asks every authority to say so.</summary>
    public bool SignsCertificates { get; private set; }

    /// <summary>May sign revocation lists.</summary>
    public bool SignsRevocations { get; private set; }

    /// <exception cref="AsnContentException">Not DER, twice the same, or critical and unknown.</exception>
    public static CertificateExtensions Read(AsnReader wrapped)
    {
        var list = wrapped.ReadSequence();
        wrapped.ThrowIfNotEmpty();
        var extensions = new CertificateExtensions();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (list.HasData)
        {
            var extension = list.ReadSequence();
            var oid = extension.ReadObjectIdentifier();
            var critical = extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && extension.ReadBoolean();
            ReadOnlyMemory<byte> value = extension.ReadOctetString();
            extension.ThrowIfNotEmpty();
            if (!seen.Add(oid) || seen.Count > MaxCount) throw new AsnContentException("An extension twice, or too many.");
            extensions.Take(oid, critical, value);
        }

        return extensions;
    }

    /// <summary>The value of another extension, as it stands in its octet string.</summary>
    public bool TryGet(string oid, out ReadOnlyMemory<byte> value) => _others.TryGetValue(oid, out value);

    private void Take(string oid, bool critical, ReadOnlyMemory<byte> value)
    {
        switch (oid)
        {
            case BasicConstraints:
                ReadBasicConstraints(value);
                break;
            case KeyUsage:
                ReadKeyUsage(value);
                break;
            default:
                if (critical) throw new AsnContentException($"Extension {oid} is critical and unknown.");
                _others.Add(oid, value);
                break;
        }
    }

    private void ReadBasicConstraints(ReadOnlyMemory<byte> value)
    {
        var constraints = new AsnReader(value, AsnEncodingRules.DER).ReadSequence();
        IsAuthority = constraints.HasData && constraints.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && constraints.ReadBoolean();
        if (constraints.HasData)
        {
            if (!constraints.TryReadInt32(out var length) || length < 0) throw new AsnContentException("Path length.");
            PathLength = length;
        }

        constraints.ThrowIfNotEmpty();
    }

    private void ReadKeyUsage(ReadOnlyMemory<byte> value)
    {
        // AMD's ASK writes trailing zero bits, which DER forbids in a named bit list.
        var usage = new AsnReader(value, AsnEncodingRules.BER).ReadNamedBitListValue<UsageBits>();
        SignsCertificates = usage.HasFlag(UsageBits.CertificateSigning);
        SignsRevocations = usage.HasFlag(UsageBits.RevocationSigning);
    }

    /// <summary>KeyUsage, section 4.2.1.3; named bits count from the most significant.</summary>
    [Flags]
    private enum UsageBits
    {
        None = 0,
        DigitalSignature = 1 << 0,
        NonRepudiation = 1 << 1,
        KeyEncipherment = 1 << 2,
        DataEncipherment = 1 << 3,
        KeyAgreement = 1 << 4,
        CertificateSigning = 1 << 5,
        RevocationSigning = 1 << 6,
        EncipherOnly = 1 << 7,
        DecipherOnly = 1 << 8,
    }
}
