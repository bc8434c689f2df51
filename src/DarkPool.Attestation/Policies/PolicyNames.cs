namespace DarkPool.Attestation.Policies;

/// <summary>The words a policy is written in, and the sizes of what they name.</summary>
internal static class PolicyNames
{
    /// <summary>Stands for a length: the measurement is a decimal number.</summary>
    public const int Decimal = 0;

    /// <summary>Stands for a length: the measurement is the written id of a ROFL application.</summary>
    public const int AppId = -1;

    /// <summary>Measurements by kind with their length in bytes.</summary>
    private static readonly Dictionary<EvidenceKind, Dictionary<string, int>> Measurements = new()
    {
        [EvidenceKind.Simulated] = new(StringComparer.Ordinal) { ["program"] = 32 },
        [EvidenceKind.Sgx] = new(StringComparer.Ordinal) { ["mrenclave"] = 32, ["mrsigner"] = 32, ["isvprodid"] = Decimal },
        [EvidenceKind.Tdx] = new(StringComparer.Ordinal)
        {
            ["mrtd"] = 48, ["rtmr0"] = 48, ["rtmr1"] = 48, ["rtmr2"] = 48, ["rtmr3"] = 48, ["mrseam"] = 48, ["mrsignerseam"] = 48,
            ["mrconfigid"] = 48, ["mrowner"] = 48, ["mrownerconfig"] = 48, ["xfam"] = 8, ["tdattributes"] = 8, ["mrservicetd"] = 48,
            ["app-id"] = 20, ["compose-hash"] = 32, ["os-image-hash"] = 32,
        },
        [EvidenceKind.Snp] = new(StringComparer.Ordinal)
        {
            ["measurement"] = 48, ["hostdata"] = 32, ["idkeydigest"] = 48, ["authorkeydigest"] = 48, ["familyid"] = 16, ["imageid"] = 16,
        },
        [EvidenceKind.Rofl] = new(StringComparer.Ordinal) { ["appid"] = AppId, ["evidencekey"] = 32 },
    };

    private static readonly Dictionary<EvidenceKind, string[]> Numbers = new()
    {
        [EvidenceKind.Simulated] = [],
        [EvidenceKind.Sgx] = ["isvsvn"],
        [EvidenceKind.Tdx] = ["tdxmodulesvn"],
        [EvidenceKind.Snp] = ["guestsvn"],
        [EvidenceKind.Rofl] = [],
    };

    public static IReadOnlyList<string> AmdParts { get; } = ["bootloader", "fmc", "microcode", "snp", "tee"];

    public static string Of(EvidenceKind kind) => kind switch
    {
        EvidenceKind.Simulated => "simulated",
        EvidenceKind.Sgx => "sgx",
        EvidenceKind.Tdx => "tdx",
        EvidenceKind.Snp => "snp",
        EvidenceKind.Rofl => "rofl",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static bool TryKind(string name, out EvidenceKind kind)
    {
        foreach (var candidate in Measurements.Keys)
        {
            if (Of(candidate) == name)
            {
                kind = candidate;
                return true;
            }
        }

        kind = default;
        return false;
    }

    /// <summary>Length in bytes of a measurement, or what stands for it; null if the kind has none of that name.</summary>
    public static int? MeasurementLength(EvidenceKind kind, string name) =>
        Measurements[kind].TryGetValue(name, out var length) ? length : null;

    public static bool HasNumber(EvidenceKind kind, string name) => Numbers[kind].Contains(name);
}
