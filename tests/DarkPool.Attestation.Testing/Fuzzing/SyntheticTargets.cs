using System.Security.Cryptography;
using DarkPool.Attestation.Bundles;
using DarkPool.Attestation.Testing.Platforms;

namespace DarkPool.Attestation.Testing.Fuzzing;

/// <summary>Evidence of synthetic platforms as targets for mutation.</summary>
internal static class SyntheticTargets
{
    public static DateTimeOffset Now { get; } = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static byte[] ReportData { get; } = SHA512.HashData("fuzz"u8);

    public static List<FuzzTarget> All()
    {
        var (intel, amd) = (new SyntheticIntel(Now), new SyntheticAmd());
        var policy = intel.Policy();
        var (older, newer) = (intel.TdxQuote(ReportData), intel.TdxQuote(ReportData, tdx15: true));
        var log = SyntheticEventLog.Of(("app-id", new string('a', 40)), ("compose-hash", new string('c', 64)));
        var logged = intel.TdxQuote(ReportData, change: body => log.Register.CopyTo(body, 328 + (3 * 48)));
        return
        [
            new("tdx 1.0", EvidencePart.DcapQuote, older, "[]"u8.ToArray(), intel.Collateral(), policy, ReportData, Now),
            new("tdx 1.5", EvidencePart.DcapQuote, newer, null, intel.Collateral(), policy, ReportData, Now),
            new(
                "tdx of dstack", EvidencePart.DcapQuote, logged, System.Text.Encoding.UTF8.GetBytes(log.Json), intel.Collateral(),
                SyntheticDstack.Policy(intel, new string('c', 64)) with { Providers = ["tsm"] }, ReportData, Now),
            new("snp", EvidencePart.SnpReport, amd.Report(ReportData), null, amd.Collateral(Now), amd.Policy(), ReportData, Now),
        ];
    }
}
