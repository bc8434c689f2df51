using DarkPool.Attestation.Testing.Vectors;
using DarkPool.Attestation.Dcap;
using Xunit;
using Xunit.Abstractions;

namespace DarkPool.Attestation.Tests.Vectors;

/// <summary>Real evidence of Intel and AMD platforms, mutations of it, and evidence of synthetic platforms.</summary>
[Trait("Category", "Vectors")]
public sealed class AttestationVectorTests(ITestOutputHelper output)
{
    private static readonly string[] Kinds = ["sgx-v3", "tdx-v4", "tdx-v5", "snp", "rtmr"];

    public static TheoryData<string> AllKinds => [.. Kinds];

    [Fact]
    public void Every_case_is_of_a_kind_that_is_judged_here() =>
        Assert.Empty(AttestationCase.ReadAll().Where(item => !Kinds.Contains(item.Kind)).Select(item => $"{item.Id}: {item.Kind}"));

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void Every_case_gives_its_verdict_and_its_facts(string kind)
    {
        var cases = AttestationCase.ReadAll().Where(item => item.Kind == kind).ToList();
        var mismatches = cases.SelectMany(item => Check(item).Select(difference => $"{item.Id}: {difference}")).ToList();
        var summary = $"vectors: attestation {kind} {cases.Count} cases ({cases.Count(item => item.IsValid)} valid, "
            + $"{cases.Count(item => !item.IsValid)} refused), {mismatches.Count} mismatches";
        output.WriteLine(summary);
        Console.WriteLine(summary);
        Assert.Empty(mismatches);
    }

    private static IEnumerable<string> Check(AttestationCase item) => item.Kind == "rtmr" ? CheckReplay(item) : CheckEvidence(item);

    private static IEnumerable<string> CheckEvidence(AttestationCase item)
    {
        if (item.MissingRevocations.Any())
        {
            var strict = item.Judge();
            if (strict.Refusal != Refusal.MissingCrl) yield return $"without revocation: {strict}";
        }

        var verdict = item.Judge(allowUnavailableRevocation: item.MissingRevocations.Any());
        if (item.IsValid)
        {
            if (verdict.Facts is null) yield return verdict.ToString();
            else foreach (var difference in ExpectedFacts.Differences(verdict.Facts, item.Expected)) yield return difference;
            if (verdict.Accepted) yield return "accepted by a policy that allows no program";
            yield break;
        }

        if (verdict.Facts is not null || !AllowedRefusals(item).Contains(verdict.Refusal.ToString())) yield return verdict.ToString();
    }

    private static IEnumerable<string> CheckReplay(AttestationCase item)
    {
        Assert.Equal(Refusal.None, DcapQuote.TryRead(item.File("quote")!, out var quote));
        var report = new TdReport(quote!.Body);
        var read = EventLog.TryRead(item.File("event_log")!, out var log);
        var refusal = !read ? Refusal.EventLogMalformed : log!.Explains(report) ? Refusal.None : Refusal.EventLogMismatch;
        if (!item.IsValid)
        {
            if (!AllowedRefusals(item).Contains(refusal.ToString())) yield return $"{refusal}";
            yield break;
        }

        if (refusal != Refusal.None) yield return $"{refusal}";
        var registers = Enumerable.Range(0, 4).Select(index => Convert.ToHexStringLower(new TdReport(quote.Body).Rtmr(index)));
        if (!registers.SequenceEqual(item.Expected.GetProperty("rtmr").EnumerateArray().Select(value => value.GetString()!)))
            yield return "other registers";
        if (!item.Expected.TryGetProperty("rtmr3_events", out var events)) yield break;
        var wanted = events.EnumerateArray()
            .Select(value => new RuntimeEvent(value.GetProperty("event").GetString()!, value.GetProperty("payload").GetString()!));
        if (log is null || !log.RuntimeEvents.SequenceEqual(wanted)) yield return "other runtime events";
    }

    private static IEnumerable<string> AllowedRefusals(AttestationCase item) =>
        item.Expected.GetProperty("errors_any_of").EnumerateArray().Select(name => name.GetString()!);
}
