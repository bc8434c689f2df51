using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace DarkPool.Attestation.Policies;

/// <summary>Reads a policy strictly: every member known, none twice, every value of its form.</summary>
public static class PolicyReader
{
    /// <summary>Longest policy read, in bytes: some thousand rules.</summary>
    public const int MaxLength = 1024 * 1024;

    /// <summary>Levels of nesting: the deepest member is <c>measurements[].values.name</c>.</summary>
    private const int MaxDepth = 6;

    private static readonly JsonDocumentOptions Strict = new()
    {
        MaxDepth = MaxDepth,
        AllowDuplicateProperties = false,
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    internal static bool TryRead(
        ReadOnlyMemory<byte> json,
        [NotNullWhen(true)] out AttestationPolicy? policy,
        [NotNullWhen(false)] out string? error)
    {
        policy = null;
        if (json.Length > MaxLength)
        {
            error = $"longer than {MaxLength} bytes";
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            policy = ReadPolicy(new PolicyObject(document.RootElement, "policy"));
            error = null;
            return true;
        }
        catch (JsonException exception)
        {
            error = exception.Message;
            return false;
        }
        catch (InvalidOperationException)
        {
            error = "text with unpaired surrogates";
            return false;
        }
    }

    private static AttestationPolicy ReadPolicy(PolicyObject root)
    {
        if (root.Integer("version", 0, uint.MaxValue, null) is var version && version != AttestationPolicy.Version)
            throw new JsonException($"policy.version: {version} is not a version that this program reads ({AttestationPolicy.Version})");
        var policy = new AttestationPolicy
        {
            Name = root.Text("name"),
            Providers = root.Texts("providers", []) ?? [],
            DevelopmentRoots = root.Hex("developmentRoots", 32) ?? [],
            DevelopmentAnchors = root.Hex("developmentAnchors", 32) ?? [],
            Measurements = [.. root.Objects("measurements").Select(ReadRule)],
            Tcb = root.Object("tcb") is { } tcb ? ReadTcb(tcb) : new TcbRule(),
            ServiceTds = root.Hex("serviceTds", 48) ?? [],
            Chips = root.Hex("chips", null),
            AllowDebug = root.Flag("allowDebug"),
            AllowMigrationAgent = root.Flag("allowMigrationAgent"),
            AllowMaskedChip = root.Flag("allowMaskedChip"),
            MaxVmpl = (int)root.Integer("maxVmpl", 0, 3, 0),
            AllowUnavailableRevocation = root.Flag("allowUnavailableRevocation"),
            PeerPolicies = root.Hex("peerPolicies", 32) ?? [],
            StatementMaxAge = TimeSpan.FromSeconds(root.Integer("statementMaxAgeSeconds", 1, 86_400, 300)),
        };
        root.RefuseUnread();
        return policy;
    }

    private static TcbRule ReadTcb(PolicyObject tcb)
    {
        var statusName = tcb.Text("minimumStatus", nameof(TcbStatus.UpToDate));
        var isStatus = Enum.TryParse<TcbStatus>(statusName, ignoreCase: false, out var status) && status.ToString() == statusName;
        if (!isStatus || status == TcbStatus.Revoked)
            throw tcb.Wrong("minimumStatus", $"'{statusName}' is not a TCB status that can be accepted");
        var rule = new TcbRule
        {
            MinimumStatus = status,
            GraceDays = (int)tcb.Integer("graceDays", 0, 3_650, 0),
            ToleratedAdvisories = tcb.Texts("toleratedAdvisories", []) ?? [],
            MinimumEvaluationNumber = (uint)tcb.Integer("minimumEvaluationNumber", 0, uint.MaxValue, 0),
            Amd = tcb.Object("amd") is { } amd ? amd.Integers(PolicyNames.AmdParts.Contains, byte.MaxValue) : new TcbRule().Amd,
        };
        tcb.RefuseUnread();
        return rule;
    }

    private static MeasurementRule ReadRule(PolicyObject json)
    {
        var kindName = json.Text("kind");
        if (!PolicyNames.TryKind(kindName, out var kind)) throw json.Wrong("kind", $"'{kindName}' is not a kind of evidence");
        var rule = new MeasurementRule
        {
            Name = json.Text("name"),
            Kind = kind,
            Values = json.Object("values") is { } values ? values.Measurements(kind) : new SortedDictionary<string, string>(),
            Minimums = json.Object("minimums") is { } minimums
                ? minimums.Integers(name => PolicyNames.HasNumber(kind, name), ushort.MaxValue)
                : new SortedDictionary<string, ulong>(),
            Any = json.Flag("any"),
            Expires = json.Time("expires"),
        };
        json.RefuseUnread();
        if (rule.Any && kind != EvidenceKind.Simulated) throw json.Wrong("any", "only simulated evidence may go unmeasured");
        if (!rule.Any && !MeasurementRule.Identities(kind).Any(names => names.All(rule.Values.ContainsKey)))
        {
            var needed = string.Join(" or ", MeasurementRule.Identities(kind).Select(names => string.Join("+", names)));
            throw json.Wrong("values", $"does not identify a program: name {needed}");
        }

        return rule;
    }
}
