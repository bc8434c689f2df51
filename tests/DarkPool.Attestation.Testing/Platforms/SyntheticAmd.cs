using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DarkPool.Attestation.Policies;

namespace DarkPool.Attestation.Testing.Platforms;

/// <summary>A Milan platform with a root of its own: reports, certificates and the table in which a host hands them out.</summary>
internal sealed class SyntheticAmd
{
    private const byte AskSerial = 2;
    private const int RsaBits = 2048;
    private const ulong Tcb = 0xdb18_0000_0000_0004;

    private readonly RSA _arkKey = RSA.Create(RsaBits);
    private readonly RSA _askKey = RSA.Create(RsaBits);
    private readonly ECDsa _vcekKey = ECDsa.Create(ECCurve.NamedCurves.nistP384);
    private readonly X509Certificate2 _ark;
    private readonly X509Certificate2 _ask;
    private readonly X509Certificate2 _vcek;

    public SyntheticAmd()
    {
        _ark = SyntheticChain.Root("ARK-Synthetic", _arkKey);
        _ask = SyntheticChain.Issue(_ark, _arkKey, "SEV-Synthetic", _askKey, AskSerial, authority: true);
        _vcek = SyntheticChain.Issue(_ask, _askKey, "SEV-VCEK", _vcekKey, 0, authority: false, [.. Extensions()]);
    }

    public static string ChipId => string.Concat(Enumerable.Repeat("c1", 64));

    public string RootFingerprint => Convert.ToHexStringLower(SHA256.HashData(_ark.RawData));

    /// <summary>A policy that allows this platform and the program of <see cref="Report"/>.</summary>
    public AttestationPolicy Policy() => new()
    {
        Name = "synthetic AMD",
        Providers = ["tsm"],
        DevelopmentAnchors = [RootFingerprint],
        Measurements =
        [
            new MeasurementRule
            {
                Name = "the program",
                Kind = EvidenceKind.Snp,
                Values = new SortedDictionary<string, string> { ["measurement"] = string.Concat(Enumerable.Repeat("4d", 48)) },
            },
        ],
    };

    /// <summary>A version 3 report.</summary>
    public byte[] Report(byte[] reportData, Action<byte[]>? change = null)
    {
        var report = new byte[1184];
        BinaryPrimitives.WriteUInt32LittleEndian(report, 3);
        BinaryPrimitives.WriteUInt32LittleEndian(report.AsSpan(4), 2);
        BinaryPrimitives.WriteUInt64LittleEndian(report.AsSpan(8), 0x3_0000);
        BinaryPrimitives.WriteUInt32LittleEndian(report.AsSpan(0x34), 1);
        reportData.CopyTo(report, 0x50);
        report.AsSpan(0x90, 48).Fill(0x4d);
        BinaryPrimitives.WriteUInt64LittleEndian(report.AsSpan(0x180), Tcb);
        (report[0x188], report[0x189], report[0x18a]) = (0x19, 1, 1);
        report.AsSpan(0x1A0, 64).Fill(0xc1);
        change?.Invoke(report);

        var signature = _vcekKey.SignData(report.AsSpan(0, 0x2A0).ToArray(), HashAlgorithmName.SHA384);
        signature.AsSpan(0, 48).Reverse();
        signature.AsSpan(48).Reverse();
        signature.AsSpan(0, 48).CopyTo(report.AsSpan(0x2A0));
        signature.AsSpan(48).CopyTo(report.AsSpan(0x2A0 + 72));
        return report;
    }

    public Collateral Collateral(DateTimeOffset now, bool askIsRevoked = false) => new()
    {
        EndorsementKey = _vcek.RawData,
        Ask = _ask.RawData,
        Ark = _ark.RawData,
        ArkCrl = SyntheticChain.RevocationList(_ark, now, askIsRevoked ? [AskSerial] : []),
    };

    /// <summary>The certificates as the host's table.</summary>
    public byte[] CertificateTable()
    {
        (string Guid, byte[] Content)[] entries =
        [
            ("63da758de6644564adc5f4b93be8accd", _vcek.RawData), ("4ab7b379bbac4fe4a02f05aef327c782", _ask.RawData),
            ("c0b406a4a803495297433fb6014cd0ae", _ark.RawData),
        ];
        var offset = (entries.Length + 1) * 24;
        var table = new byte[offset + entries.Sum(entry => entry.Content.Length)];
        for (var index = 0; index < entries.Length; index++)
        {
            var (guid, content) = entries[index];
            Convert.FromHexString(guid).CopyTo(table, index * 24);
            BinaryPrimitives.WriteInt32LittleEndian(table.AsSpan((index * 24) + 16), offset);
            BinaryPrimitives.WriteInt32LittleEndian(table.AsSpan((index * 24) + 20), content.Length);
            content.CopyTo(table, offset);
            offset += content.Length;
        }

        return table;
    }

    private static IEnumerable<X509Extension> Extensions()
    {
        const string Amd = "1.3.6.1.4.1.3704.1.";
        yield return new(Amd + "1", SyntheticChain.Der(writer => writer.WriteInteger(1)), critical: false);
        yield return new(Amd + "2", SyntheticChain.Der(writer =>
            writer.WriteCharacterString(System.Formats.Asn1.UniversalTagNumber.IA5String, "Milan-B0")), critical: false);
        foreach (var (part, shift) in new[] { ("1", 0), ("2", 8), ("3", 48), ("8", 56) })
        {
            var svn = (byte)(Tcb >> shift);
            yield return new(Amd + "3." + part, SyntheticChain.Der(writer => writer.WriteInteger(svn)), critical: false);
        }

        yield return new(Amd + "4", Convert.FromHexString(ChipId), critical: false);
    }
}
