using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;

namespace DarkPool.Attestation.Tests.Vectors;

/// <summary>Compares facts with what a case of the manifest says must show.</summary>
internal static class ExpectedFacts
{
    public static IEnumerable<string> Differences(EvidenceFacts facts, JsonElement expected)
    {
        var actual = Flatten(facts);
        foreach (var member in expected.EnumerateObject())
        {
            // Not facts of the verifier: the verdict itself, what could not be checked, the padding's content, a document beside it.
            if (member.Name is "verdict" or "revocation_not_provided" or "trailing_nonzero" or "runtime_data") continue;
            var wanted = Canonical(member.Value);
            if (!actual.TryGetValue(member.Name, out var value)) yield return $"{member.Name}: not known, wanted {wanted}";
            else if (value != wanted) yield return $"{member.Name}: {value}, wanted {wanted}";
        }
    }

    private static Dictionary<string, string> Flatten(EvidenceFacts facts)
    {
        var flat = new Dictionary<string, string>
        {
            ["report_data"] = Convert.ToHexStringLower(facts.ReportData.Span),
            ["valid_from"] = Time(facts.ValidFrom),
            ["valid_to"] = Time(facts.ValidTo),
            ["policy_flags"] = List(Flags(facts.Flags)),
        };
        if (facts.Intel is { } intel) AddIntel(flat, facts, intel);
        if (facts.Amd is { } amd) AddAmd(flat, facts, amd);
        return flat;
    }

    private static void AddIntel(Dictionary<string, string> flat, EvidenceFacts facts, IntelFacts intel)
    {
        flat["quote_version"] = $"{facts.Version}";
        flat["tee"] = facts.Kind == EvidenceKind.Sgx ? "SGX" : intel.TeeTcbSvn2 is null ? "TDX1.0" : "TDX1.5";
        flat["fmspc"] = intel.Fmspc.ToUpperInvariant();
        flat["trailing_bytes"] = $"{intel.TrailingBytes}";
        flat["tcb_status"] = facts.TcbStatus.ToString();
        flat["platform_tcb_status"] = intel.PlatformStatus.ToString();
        flat["qe_tcb_status"] = intel.QeStatus.ToString();
        flat["tcb_date"] = Time(facts.TcbDate!.Value);
        flat["advisory_ids"] = List(facts.Advisories);
        flat["tdx_module"] = intel.TdxModule ?? "null";
        flat["tcb_evaluation_data_numbers"] = List([$"{intel.TcbInfoEvaluationNumber}", $"{intel.QeIdentityEvaluationNumber}"]);
        if (facts.Kind == EvidenceKind.Sgx)
        {
            flat["mrenclave"] = facts.Measurements["mrenclave"];
            flat["mrsigner"] = facts.Measurements["mrsigner"];
            flat["isv_prod_id"] = facts.Measurements["isvprodid"];
            flat["isv_svn"] = $"{facts.Numbers["isvsvn"]}";
            return;
        }

        foreach (var name in new[] { "mrtd", "mrseam", "mrconfigid", "mrowner", "xfam" }) flat[name] = facts.Measurements[name];
        flat["td_attributes"] = facts.Measurements["tdattributes"];
        flat["rtmr"] = List(Enumerable.Range(0, 4).Select(index => facts.Measurements[$"rtmr{index}"]));
        flat["tee_tcb_svn"] = intel.TeeTcbSvn!;
        if (intel.TeeTcbSvn2 is null) return;
        flat["tee_tcb_svn2"] = intel.TeeTcbSvn2;
        flat["mrservicetd"] = facts.Measurements["mrservicetd"];
    }

    private static void AddAmd(Dictionary<string, string> flat, EvidenceFacts facts, AmdFacts amd)
    {
        flat["version"] = $"{facts.Version}";
        flat["signing_key"] = amd.SigningKey;
        flat["vmpl"] = $"{facts.Numbers["vmpl"]}";
        flat["guest_svn"] = $"{facts.Numbers["guestsvn"]}";
        flat["measurement"] = facts.Measurements["measurement"];
        flat["host_data"] = facts.Measurements["hostdata"];
        flat["id_key_digest"] = facts.Measurements["idkeydigest"];
        flat["author_key_digest"] = facts.Measurements["authorkeydigest"];
        flat["report_id"] = amd.ReportId;
        flat["chip_id"] = facts.ChipId ?? new string('0', 128);
        flat["reported_tcb"] = Bytes(amd.ReportedTcb);
        flat["committed_tcb"] = Bytes(amd.CommittedTcb);
        flat["launch_tcb"] = Bytes(amd.LaunchTcb);
        flat["ek_product"] = amd.Product;
        flat["policy"] = $"0x{amd.Policy:x}";
        flat["platform_info"] = $"0x{amd.PlatformInfo:x}";
        flat["cpuid_fms"] = List(amd.Cpuid.Select(value => $"{value}"));
        var parts = new[] { "fmc", "bootloader", "tee", "snp", "microcode" }.Where(facts.Numbers.ContainsKey);
        flat["ek_tcb"] = List(parts.Select(name => $"{(name == "microcode" ? "ucode" : name)}={facts.Numbers[name]}"));
    }

    private static IEnumerable<string> Flags(EvidenceFlags flags)
    {
        if (flags.HasFlag(EvidenceFlags.Debug)) yield return "debug";
        if (flags.HasFlag(EvidenceFlags.ServiceTd)) yield return "service_td";
        if (flags.HasFlag(EvidenceFlags.VmplNonzero)) yield return "vmpl_nonzero";
        if (flags.HasFlag(EvidenceFlags.MigrationAgent)) yield return "migrate_ma";
        if (flags.HasFlag(EvidenceFlags.ChipMasked)) yield return "chip_masked";
    }

    /// <summary>The manifest writes the bytes as they stand in the report.</summary>
    private static string Bytes(ulong tcb) => BinaryPrimitives.ReverseEndianness(tcb).ToString("x16", CultureInfo.InvariantCulture);

    private static string List(IEnumerable<string> items) => $"[{string.Join(',', items)}]";

    private static string Time(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Values of the manifest in the form of <see cref="Flatten"/>: times in UTC, hex in lowercase, lists in order.</summary>
    private static string Canonical(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                return List(value.EnumerateArray().Select(Canonical));
            case JsonValueKind.Object:
                return List(value.EnumerateObject().Select(member => $"{member.Name}={Canonical(member.Value)}"));
            case JsonValueKind.String:
                var text = value.GetString()!;
                if (text.Contains('T', StringComparison.Ordinal) && text.Contains(':', StringComparison.Ordinal)
                    && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var time)) return Time(time);
                return text;
            case JsonValueKind.Null:
                return "null";
            default:
                return value.GetRawText();
        }
    }
}
