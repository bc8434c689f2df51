using System.Security.Cryptography;
using DarkPool.Attestation.Simulated;

namespace DarkPool.Attestation.Policies;

/// <summary>
/// What a verifier accepts. Everything not allowed by name is refused: the empty policy accepts nothing.
/// Written as JSON (docs/ATTESTATION.md), versioned, and identified by the hash of its canonical form.
/// </summary>
public sealed record AttestationPolicy
{
    /// <summary>The version of the format that this code reads and writes.</summary>
    public const int Version = 1;

    /// <summary>
    /// Accepts any program attested by the published development root. For development and tests: it proves nothing, because
    /// everybody holds that root's key.
    /// </summary>
    public static AttestationPolicy Development { get; } = new()
    {
        Name = "development",
        Providers = [SimulatedProvider.ProviderName],
        DevelopmentRoots = [DevelopmentRoot.PublicKeyHex],
        Measurements = [new MeasurementRule { Name = "any simulated program", Kind = EvidenceKind.Simulated, Any = true }],
    };

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>Names of the providers whose evidence is looked at.</summary>
    public IReadOnlyList<string> Providers { get; init; } = [];

    /// <summary>Ed25519 keys (lowercase hex) whose simulated statements are believed. Empty in what protects something.</summary>
    public IReadOnlyList<string> DevelopmentRoots { get; init; } = [];

    /// <summary>
    /// SHA-256 fingerprints (lowercase hex) of root certificates that are trusted beside Intel's and AMD's. For tests of hardware
    /// evidence without hardware; empty in any policy that protects something.
    /// </summary>
    public IReadOnlyList<string> DevelopmentAnchors { get; init; } = [];

    /// <summary>The programs allowed.</summary>
    public IReadOnlyList<MeasurementRule> Measurements { get; init; } = [];

    /// <summary>What the platform's TCB must be.</summary>
    public TcbRule Tcb { get; init; } = new();

    /// <summary>MRSERVICETD values (lowercase hex) of service TDs that may be bound to a TDX domain.</summary>
    public IReadOnlyList<string> ServiceTds { get; init; } = [];

    /// <summary>
    /// Chips allowed (CHIP_ID of SEV-SNP, PPID of Intel; lowercase hex). Null: any chip. A list is the defence against relaying a
    /// quote from a machine whose owner extracted its keys.
    /// </summary>
    public IReadOnlyList<string>? Chips { get; init; }

    /// <summary>Whether guests that can be debugged are accepted.</summary>
    public bool AllowDebug { get; init; }

    /// <summary>Whether guests that a migration agent may move are accepted (SEV-SNP).</summary>
    public bool AllowMigrationAgent { get; init; }

    /// <summary>Whether reports that hide their chip are accepted (SEV-SNP).</summary>
    public bool AllowMaskedChip { get; init; }

    /// <summary>The least privileged VMPL, 0 to 3, whose reports are accepted (SEV-SNP).</summary>
    public int MaxVmpl { get; init; }

    /// <summary>
    /// Whether evidence is accepted when a revocation list was not provided at all. One that was provided is always checked.
    /// </summary>
    public bool AllowUnavailableRevocation { get; init; }

    /// <summary>
    /// Hashes (lowercase hex) of the policies by which an accepted enclave may judge the peers to which it hands its keys. One that judges
    /// by this very policy, or has none and so hands them to nobody, is accepted without being named.
    /// </summary>
    public IReadOnlyList<string> PeerPolicies { get; init; } = [];

    /// <summary>How old a signed statement (simulated, ROFL) may be: 1 second to 1 day.</summary>
    public TimeSpan StatementMaxAge { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>SHA-256 over a domain tag and the canonical JSON: 32 bytes.</summary>
    public ReadOnlyMemory<byte> Hash => SHA256.HashData(PolicyWriter.HashInput(this));

    /// <summary>Whether an enclave may judge its peers by the policy of this hash: 32 bytes, zeros if it has none.</summary>
    public bool AllowsPeerPolicy(ReadOnlySpan<byte> policyHash) =>
        !policyHash.ContainsAnyExcept((byte)0)
        || policyHash.SequenceEqual(Hash.Span)
        || PeerPolicies.Contains(Convert.ToHexStringLower(policyHash));

    /// <summary>Reads a policy. Unknown, repeated or senseless members are errors: a misspelt rule must not weaken it.</summary>
    /// <param name="json">UTF-8 JSON, at most <see cref="PolicyReader.MaxLength"/> bytes.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="error">What is wrong, and where.</param>
    public static bool TryParse(
        ReadOnlyMemory<byte> json,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out AttestationPolicy? policy,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out string? error) => PolicyReader.TryRead(json, out policy, out error);

    /// <summary>The canonical JSON, UTF-8: all members in fixed order, lists sorted, no white space.</summary>
    public byte[] ToCanonicalJson() => PolicyWriter.Write(this, indented: false);

    /// <summary>The same members for people, indented.</summary>
    public override string ToString() => System.Text.Encoding.UTF8.GetString(PolicyWriter.Write(this, indented: true));
}
