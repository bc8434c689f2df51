namespace DarkPool.Attestation;

/// <summary>The kind of evidence, which decides the names of its measurements.</summary>
public enum EvidenceKind
{
    /// <summary>A development statement: proves nothing. Measurement: <c>program</c>.</summary>
    Simulated = 0,

    /// <summary>An SGX enclave. Measurements: <c>mrenclave</c>, <c>mrsigner</c>, <c>isvprodid</c>; number: <c>isvsvn</c>.</summary>
    Sgx = 1,

    /// <summary>
    /// A TDX domain. Measurements: <c>mrtd</c>, <c>rtmr0</c> to <c>rtmr3</c>, <c>mrseam</c>, <c>mrsignerseam</c>, <c>mrconfigid</c>,
    /// <c>mrowner</c>, <c>mrownerconfig</c>, <c>xfam</c>, <c>tdattributes</c>, for TDX 1.5 <c>mrservicetd</c>.
    /// </summary>
    Tdx = 2,

    /// <summary>
    /// A SEV-SNP guest. Measurements: <c>measurement</c>, <c>hostdata</c>, <c>idkeydigest</c>, <c>authorkeydigest</c>,
    /// <c>familyid</c>, <c>imageid</c>; number: <c>guestsvn</c>.
    /// </summary>
    Snp = 3,

    /// <summary>A ROFL application. Measurements: <c>evidencekey</c>, and <c>appid</c> if its registration was looked up.</summary>
    Rofl = 4,
}

/// <summary>Facts that a production policy refuses although the cryptography is right.</summary>
[Flags]
public enum EvidenceFlags
{
    /// <summary>Nothing remarkable.</summary>
    None = 0,

    /// <summary>Can be debugged: has no confidentiality.</summary>
    Debug = 1,

    /// <summary>A service TD is bound to the domain (TDX 1.5).</summary>
    ServiceTd = 2,

    /// <summary>The report was requested from a VMPL above 0 (SEV-SNP).</summary>
    VmplNonzero = 4,

    /// <summary>The guest's policy lets a migration agent move it (SEV-SNP).</summary>
    MigrationAgent = 8,

    /// <summary>The report does not say on which chip the guest runs (SEV-SNP).</summary>
    ChipMasked = 16,
}

/// <summary>What authentic evidence says. Byte strings are lowercase hex.</summary>
public sealed record EvidenceFacts
{
    /// <summary>The kind of evidence.</summary>
    public required EvidenceKind Kind { get; init; }

    /// <summary>Version of the quote, report or statement.</summary>
    public required int Version { get; init; }

    /// <summary>The 64 bytes chosen by the attested program.</summary>
    public required ReadOnlyMemory<byte> ReportData { get; init; }

    /// <summary>Measurements by name; the names of a kind are listed at <see cref="EvidenceKind"/>.</summary>
    public required IReadOnlyDictionary<string, string> Measurements { get; init; }

    /// <summary>Security version numbers by name, for a policy's minimums.</summary>
    public IReadOnlyDictionary<string, ulong> Numbers { get; init; } = new Dictionary<string, ulong>();

    /// <summary>Remarkable facts.</summary>
    public EvidenceFlags Flags { get; init; }

    /// <summary>Status of the platform's TCB, all parts merged.</summary>
    public required TcbStatus TcbStatus { get; init; }

    /// <summary>Date of the TCB level that was matched; null where the platform knows no such date.</summary>
    public DateTimeOffset? TcbDate { get; init; }

    /// <summary>Security advisories that apply at that TCB level.</summary>
    public IReadOnlyList<string> Advisories { get; init; } = [];

    /// <summary>The lower of the evaluation numbers of TCB info and QE identity (Intel); null elsewhere.</summary>
    public uint? EvaluationNumber { get; init; }

    /// <summary>What names the processor: CHIP_ID (SEV-SNP) or PPID (Intel); null if it is hidden.</summary>
    public string? ChipId { get; init; }

    /// <summary>From when on all certificates and collateral used are valid.</summary>
    public required DateTimeOffset ValidFrom { get; init; }

    /// <summary>Until when all certificates and collateral used are valid.</summary>
    public required DateTimeOffset ValidTo { get; init; }

    /// <summary>What the guest measured while it ran (dstack); empty elsewhere.</summary>
    public IReadOnlyList<RuntimeEvent> RuntimeEvents { get; init; } = [];

    /// <summary>Intel's view of the platform; null for other makers.</summary>
    public IntelFacts? Intel { get; init; }

    /// <summary>AMD's view of the platform; null for other makers.</summary>
    public AmdFacts? Amd { get; init; }
}
