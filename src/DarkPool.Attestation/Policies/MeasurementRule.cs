namespace DarkPool.Attestation.Policies;

/// <summary>One program that a policy allows.</summary>
public sealed record MeasurementRule
{
    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>The kind of evidence that this rule judges.</summary>
    public required EvidenceKind Kind { get; init; }

    /// <summary>Measurements that must be equal, by name; lowercase hex (<c>isvprodid</c>: decimal).</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Security version numbers that must be at least this, by name.</summary>
    public IReadOnlyDictionary<string, ulong> Minimums { get; init; } = new SortedDictionary<string, ulong>(StringComparer.Ordinal);

    /// <summary>Whether any program of this kind will do. Only for <see cref="EvidenceKind.Simulated"/>.</summary>
    public bool Any { get; init; }

    /// <summary>The instant from which the rule no longer holds; null: never.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>
    /// What must be named for a rule to identify a program, by kind: several alternatives, each a set of names. A TDX domain is its
    /// firmware (MRTD), what that started (RTMR1: kernel, RTMR2: initial file system and command line), and what these measured
    /// afterwards: RTMR3 (zeros where nothing does), or on dstack the application's compose hash or id in it.
    /// </summary>
    internal static IReadOnlyList<string[]> Identities(EvidenceKind kind) => kind switch
    {
        EvidenceKind.Simulated => [["program"]],
        EvidenceKind.Sgx => [["mrenclave"], ["mrsigner", "isvprodid"]],
        EvidenceKind.Tdx =>
        [
            ["mrtd", "rtmr1", "rtmr2", "rtmr3"], ["mrtd", "rtmr1", "rtmr2", "compose-hash"], ["mrtd", "rtmr1", "rtmr2", "app-id"],
        ],
        EvidenceKind.Snp => [["measurement"]],
        EvidenceKind.Rofl => [["appid"], ["evidencekey"]],
        _ => [],
    };
}
