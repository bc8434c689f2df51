using DarkPool.Attestation.Bundles;
using DarkPool.Attestation.Testing.Fuzzing;

namespace DarkPool.Attestation.Testing.Vectors;

/// <summary>The published genuine evidence as targets for mutation.</summary>
internal static class FuzzSamples
{
    public static List<FuzzTarget> OfVectors() =>
    [
        .. AttestationCase.ReadAll()
            .Where(item => item is { IsGenuine: true, IsValid: true, Kind: not "rtmr" } && !item.MissingRevocations.Any())
            .Select(Target),
    ];

    private static FuzzTarget Target(AttestationCase item)
    {
        var policy = FuzzTarget.Allowing(item.Judge().Facts!, item.Policy(allowUnavailableRevocation: false));
        var isSnp = item.Kind == "snp";
        return new FuzzTarget(
            item.Id, isSnp ? EvidencePart.SnpReport : EvidencePart.DcapQuote, item.File(isSnp ? "report" : "quote")!, null,
            item.Collateral(), policy, item.ReportData(), item.Time);
    }
}
