using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DarkPool.Attestation.Policies;

namespace DarkPool.Attestation.Testing.Platforms;

/// <summary>An Intel platform with a root of its own: quotes, certificates and collateral in the shape of the real ones.</summary>
internal sealed class SyntheticIntel
{
    private const byte PlatformCaSerial = 2;
    private const byte PckSerial = 3;
    private const byte SignerSerial = 4;

    private readonly ECDsa _rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _platformKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _pckKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _signerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _attestationKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _root;
    private readonly X509Certificate2 _platform;
    private readonly X509Certificate2 _pck;
    private readonly X509Certificate2 _signer;
    private readonly DateTimeOffset _now;

    public SyntheticIntel(DateTimeOffset now)
    {
        _now = now;
        _root = SyntheticChain.Root("Synthetic SGX Root CA", _rootKey);
        _platform = SyntheticChain.Issue(_root, _rootKey, "Synthetic SGX PCK Platform CA", _platformKey, PlatformCaSerial, authority: true);
        _pck = SyntheticChain.Issue(
            _platform, _platformKey, "Synthetic SGX PCK Certificate", _pckKey, PckSerial, authority: false, SgxExtension());
        _signer = SyntheticChain.Issue(_root, _rootKey, "Synthetic SGX TCB Signing", _signerKey, SignerSerial, authority: false);
    }

    public static string Fmspc => "00a1b2c30000";

    public static string Ppid => "000102030405060708090a0b0c0d0e0f";

    public string RootFingerprint => Convert.ToHexStringLower(SHA256.HashData(_root.RawData));

    /// <summary>Status that the TCB info gives this platform.</summary>
    public TcbStatus Status { get; set; } = TcbStatus.UpToDate;

    public string[] Advisories { get; set; } = [];

    public bool PckIsRevoked { get; set; }

    /// <summary>A policy that allows this platform and the program of <see cref="TdxQuote"/>.</summary>
    public AttestationPolicy Policy(string provider = "tsm") => new()
    {
        Name = "synthetic Intel",
        Providers = [provider],
        DevelopmentAnchors = [RootFingerprint],
        Measurements =
        [
            new MeasurementRule
            {
                Name = "the program",
                Kind = EvidenceKind.Tdx,
                Values = new SortedDictionary<string, string>
                {
                    ["mrtd"] = Register(0x10), ["rtmr1"] = Register(0x21), ["rtmr2"] = Register(0x22), ["rtmr3"] = new('0', 96),
                },
            },
        ],
    };

    public Collateral Collateral(bool isTdx = true) => Collateral(_now, isTdx);

    /// <summary>The same as published at another time.</summary>
    public Collateral Collateral(DateTimeOffset publishedAt, bool isTdx = true) => new()
    {
        TcbInfo = Sign("tcbInfo", SyntheticTcb.Info(publishedAt, isTdx, Status, Advisories)),
        QeIdentity = Sign("enclaveIdentity", SyntheticTcb.QeIdentity(publishedAt, isTdx)),
        TcbSigningChain = Encoding.ASCII.GetBytes(_signer.ExportCertificatePem() + "\n" + _root.ExportCertificatePem()),
        RootCaCrl = SyntheticChain.RevocationList(_root, publishedAt),
        PckCrl = SyntheticChain.RevocationList(_platform, publishedAt, PckIsRevoked ? [PckSerial] : []),
    };

    /// <summary>A version 4 quote, or one of version 5 with a TDX 1.5 body.</summary>
    /// <param name="reportData">64 bytes.</param>
    /// <param name="tdx15">Whether the body is of TDX 1.5.</param>
    /// <param name="change">Changes the body before it is signed.</param>
    public byte[] TdxQuote(byte[] reportData, bool tdx15 = false, Action<byte[]>? change = null)
    {
        var body = new byte[tdx15 ? 648 : 584];
        (body[0], body[1], body[2]) = (6, 1, 3);
        BinaryPrimitives.WriteUInt64LittleEndian(body.AsSpan(128), 0x000602e7);
        body.AsSpan(136, 48).Fill(0x10);
        for (var register = 0; register < 3; register++) body.AsSpan(328 + (48 * register), 48).Fill((byte)(0x20 + register));
        reportData.CopyTo(body, 520);
        if (tdx15) body.AsSpan(0, 16).CopyTo(body.AsSpan(584));
        change?.Invoke(body);
        byte[] descriptor = tdx15 ? [3, 0, 0x88, 2, 0, 0] : [];
        return Assemble([.. Header((ushort)(tdx15 ? 5 : 4), 0x81), .. descriptor, .. body], isTdx: true);
    }

    /// <summary>A version 3 quote of an SGX enclave.</summary>
    public byte[] SgxQuote(byte[] reportData, Action<byte[]>? change = null)
    {
        var body = new byte[384];
        body[48] = 5;
        body.AsSpan(64, 32).Fill(0x30);
        body.AsSpan(128, 32).Fill(0x31);
        BinaryPrimitives.WriteUInt16LittleEndian(body.AsSpan(256), 7);
        BinaryPrimitives.WriteUInt16LittleEndian(body.AsSpan(258), 2);
        reportData.CopyTo(body, 320);
        change?.Invoke(body);
        return Assemble([.. Header(3, 0), .. body], isTdx: false);
    }

    private static string Register(byte value) => string.Concat(Enumerable.Repeat(value.ToString("x2"), 48));

    private static byte[] Header(ushort version, uint tee)
    {
        var header = new byte[48];
        BinaryPrimitives.WriteUInt16LittleEndian(header, version);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(2), 2);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), tee);
        Convert.FromHexString("939a7233f79c4ca9940a0db3957f0607").CopyTo(header, 12);
        return header;
    }

    private static byte[] Raw(ECDsa key)
    {
        var point = key.ExportParameters(false).Q;
        return [.. point.X!, .. point.Y!];
    }

    private static byte[] Sized(int width, byte[] content)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, content.Length);
        return [.. length[..width], .. content];
    }

    private static X509Extension SgxExtension()
    {
        const string Sgx = "1.2.840.113741.1.13.1";
        return new X509Extension(Sgx, SyntheticChain.Der(writer =>
        {
            using var all = writer.PushSequence();
            Item(Sgx + ".1", () => writer.WriteOctetString(Convert.FromHexString(Ppid)));
            Item(Sgx + ".2", () =>
            {
                using var tcb = writer.PushSequence();
                for (var component = 1; component <= 16; component++)
                    Item($"{Sgx}.2.{component}", () => writer.WriteInteger(component < 4 ? 5 : 0));
                Item($"{Sgx}.2.17", () => writer.WriteInteger(11));
                Item($"{Sgx}.2.18", () => writer.WriteOctetString(new byte[16]));
            });
            Item(Sgx + ".3", () => writer.WriteOctetString(new byte[2]));
            Item(Sgx + ".4", () => writer.WriteOctetString(Convert.FromHexString(Fmspc)));
            Item(Sgx + ".5", () => writer.WriteEnumeratedValue(DayOfWeek.Sunday));

            void Item(string oid, Action value)
            {
                using var pair = writer.PushSequence();
                writer.WriteObjectIdentifier(oid);
                value();
            }
        }), critical: false);
    }

    private byte[] Assemble(byte[] signed, bool isTdx)
    {
        byte[] auth = [.. Enumerable.Range(0, 32).Select(value => (byte)value)];
        var qeReport = new byte[384];
        qeReport[48] = 0x11;
        SyntheticTcb.QeSigner.CopyTo(qeReport, 128);
        qeReport[256] = (byte)(isTdx ? 2 : 1);
        qeReport[258] = 8;
        SHA256.HashData([.. Raw(_attestationKey), .. auth]).CopyTo(qeReport, 320);
        var chain = Encoding.ASCII.GetBytes(
            _pck.ExportCertificatePem() + "\n" + _platform.ExportCertificatePem() + "\n" + _root.ExportCertificatePem() + "\n\0");
        byte[] qeData =
        [
            .. qeReport, .. _pckKey.SignData(qeReport, HashAlgorithmName.SHA256), .. Sized(2, auth), 5, 0, .. Sized(4, chain),
        ];
        byte[] certification = isTdx ? [6, 0, .. Sized(4, qeData)] : qeData;
        return
        [
            .. signed,
            .. Sized(4, [.. _attestationKey.SignData(signed, HashAlgorithmName.SHA256), .. Raw(_attestationKey), .. certification]),
        ];
    }

    private byte[] Sign(string member, string json)
    {
        var signature = Convert.ToHexStringLower(_signerKey.SignData(Encoding.UTF8.GetBytes(json), HashAlgorithmName.SHA256));
        return Encoding.UTF8.GetBytes($$"""{"{{member}}":{{json}},"signature":"{{signature}}"}""");
    }
}
