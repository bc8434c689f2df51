using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using DarkPool.Attestation.Bundles;
using DarkPool.Attestation.Certificates;
using DarkPool.Attestation.Policies;

namespace DarkPool.Attestation.Testing.Vectors;

/// <summary>One case of <c>attestation/manifest.json</c>: the evidence with its collateral, and what must come of it.</summary>
internal sealed class AttestationCase
{
    private readonly string _folder;
    private readonly JsonElement _case;

    private AttestationCase(string folder, JsonElement json) => (_folder, _case) = (folder, json);

    public string Id => _case.GetProperty("id").GetString()!;

    public string Kind => _case.GetProperty("kind").GetString()!;

    public bool IsGenuine => _case.GetProperty("genuine").GetBoolean();

    public JsonElement Expected => _case.GetProperty("expect");

    public bool IsValid => Expected.GetProperty("verdict").GetString() == "valid";

    /// <summary>When it is judged; cases without an instant need none.</summary>
    public DateTimeOffset Time => _case.TryGetProperty("time", out var time) && time.GetString() is { } text
        ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture)
        : DateTimeOffset.UnixEpoch;

    public IEnumerable<string> MissingRevocations => Expected.TryGetProperty("revocation_not_provided", out var names)
        ? names.EnumerateArray().Select(name => name.GetString()!)
        : [];

    public static IReadOnlyList<AttestationCase> ReadAll()
    {
        if (VectorFolder.TryFind("attestation") is not { } folder) return [];
        using var manifest = JsonDocument.Parse(System.IO.File.ReadAllBytes(Path.Combine(folder, "manifest.json")));
        return [.. manifest.RootElement.GetProperty("cases").EnumerateArray().Select(item => new AttestationCase(folder, item.Clone()))];
    }

    public byte[]? File(string name) => _case.GetProperty("files").TryGetProperty(name, out var path)
        ? System.IO.File.ReadAllBytes(Path.Combine(_folder, path.GetString()!))
        : null;

    public Evidence Evidence() => new("tsm", (Kind == "snp"
        ? new EvidenceBundle().With(EvidencePart.SnpReport, File("report"))
        : new EvidenceBundle().With(EvidencePart.DcapQuote, File("quote"))).ToBytes());

    public Collateral Collateral() => new()
    {
        TcbInfo = File("tcb_info"),
        QeIdentity = File("qe_identity"),
        TcbSigningChain = File("tcb_signing_chain"),
        RootCaCrl = File("root_ca_crl"),
        PckCrl = File("pck_crl"),
        EndorsementKey = File("ek"),
        Ask = File("ask"),
        Ark = File("ark"),
    };

    /// <summary>A policy that looks at the evidence, trusts the case's own root if it has one, and allows no program.</summary>
    public AttestationPolicy Policy(bool allowUnavailableRevocation) => new()
    {
        Name = Id,
        Providers = ["tsm"],
        DevelopmentAnchors = File("trust_anchor") is { } anchor ? [Fingerprint(anchor)] : [],
        AllowUnavailableRevocation = allowUnavailableRevocation,
    };

    /// <summary>The bytes that the evidence binds; any will do where it must be refused before.</summary>
    public byte[] ReportData() =>
        Expected.TryGetProperty("report_data", out var data) ? Convert.FromHexString(data.GetString()!) : new byte[64];

    public Verdict Judge(bool allowUnavailableRevocation = false) =>
        EvidenceVerifier.Verify(Evidence(), Policy(allowUnavailableRevocation), ReportData(), Time, Collateral());

    private static string Fingerprint(byte[] derOrPem) => PemCertificates.TryReadOne(derOrPem, out var certificate)
        ? certificate.Fingerprint()
        : Convert.ToHexStringLower(SHA256.HashData(derOrPem));
}
