using System.Security.Cryptography;
using System.Text;
using DarkPool.Attestation.Bundles;
using DarkPool.Attestation.Policies;
using DarkPool.Attestation.Simulated;
using DarkPool.Attestation.Testing;
using DarkPool.Attestation.Testing.Platforms;
using Xunit;

namespace DarkPool.Attestation.Tests;

public sealed class EvidenceOutlineTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] ReportData = SHA512.HashData("outline"u8);

    private readonly SyntheticIntel _intel = new(Now);

    [Fact]
    public void An_outline_says_of_a_quote_what_its_verification_says()
    {
        var evidence = Bundled(EvidencePart.DcapQuote, _intel.TdxQuote(ReportData, tdx15: true));
        var verdict = EvidenceVerifier.Verify(evidence, _intel.Policy(), ReportData, Now, _intel.Collateral());
        AssertSame(verdict.Facts!, evidence);
    }

    [Fact]
    public void An_outline_says_of_a_report_what_its_verification_says()
    {
        var amd = new SyntheticAmd();
        var evidence = Bundled(EvidencePart.SnpReport, amd.Report(ReportData));
        var verdict = EvidenceVerifier.Verify(evidence, amd.Policy(), ReportData, Now, amd.Collateral(Now));
        AssertSame(verdict.Facts!, evidence);
    }

    [Fact]
    public async Task A_policy_drafted_from_evidence_accepts_it_and_no_other_program()
    {
        var log = SyntheticEventLog.Of(("compose-hash", new string('c', 64)), ("instance-id", new string('1', 40)));
        await using var agent = SyntheticDstack.Agent(_intel, log);
        using var provider = new DarkPool.Attestation.Dstack.DstackProvider(agent.SocketPath);
        var evidence = await provider.GetEvidenceAsync(ReportData, CancellationToken.None);
        Assert.True(EvidenceOutline.TryRead(evidence, out var outline));

        var draft = PolicyDraft.From("draft", evidence, outline) with { DevelopmentAnchors = [_intel.RootFingerprint] };
        Assert.Equal(["compose-hash", "mrtd", "rtmr1", "rtmr2"], draft.Measurements[0].Values.Keys);
        Assert.True(AttestationPolicy.TryParse(Encoding.UTF8.GetBytes(draft.ToString()), out var read, out var error), error);
        Assert.Equal(draft.Hash.ToArray(), read.Hash.ToArray());
        Assert.True(EvidenceVerifier.Verify(evidence, read, ReportData, Now, _intel.Collateral()).Accepted);

        var other = SyntheticEventLog.Of(("compose-hash", new string('d', 64)));
        await using var another = SyntheticDstack.Agent(_intel, other);
        using var elsewhere = new DarkPool.Attestation.Dstack.DstackProvider(another.SocketPath);
        var refused = EvidenceVerifier.Verify(
            await elsewhere.GetEvidenceAsync(ReportData, CancellationToken.None), read, ReportData, Now, _intel.Collateral());
        Assert.Equal(Refusal.MeasurementNotAllowed, refused.Refusal);
    }

    [Fact]
    public async Task A_policy_drafted_from_simulated_evidence_names_its_root()
    {
        using var folder = new TemporaryFolder();
        var evidence = await new SimulatedProvider(folder.Path, new FixedClock(Now)).GetEvidenceAsync(ReportData, CancellationToken.None);
        Assert.True(EvidenceOutline.TryRead(evidence, out var outline));
        var draft = PolicyDraft.From("draft", evidence, outline);
        Assert.True(EvidenceVerifier.Verify(evidence, draft, ReportData, Now).Accepted);
    }

    [Theory]
    [InlineData("tsm")]
    [InlineData("dstack")]
    [InlineData("rofl")]
    [InlineData("simulated")]
    [InlineData("unknown")]
    public void Bytes_that_are_no_evidence_have_no_outline(string provider)
    {
        foreach (var bytes in new[] { [], new byte[208], new byte[1184], new byte[Evidence.MaxLength + 1] })
            Assert.False(EvidenceOutline.TryRead(new Evidence(provider, bytes), out _));
    }

    private static void AssertSame(EvidenceFacts facts, Evidence evidence)
    {
        Assert.True(EvidenceOutline.TryRead(evidence, out var outline));
        Assert.Equal(facts.Kind, outline.Kind);
        Assert.Equal(facts.Version, outline.Version);
        Assert.Equal(facts.ReportData.ToArray(), outline.ReportData.ToArray());
        Assert.Equal(facts.Measurements.OrderBy(pair => pair.Key), outline.Measurements.OrderBy(pair => pair.Key));
        Assert.Equal(facts.Numbers.OrderBy(pair => pair.Key), outline.Numbers.OrderBy(pair => pair.Key));
        Assert.Equal(facts.Flags, outline.Flags);
    }

    private static Evidence Bundled(EvidencePart part, byte[] bytes) => new("tsm", new EvidenceBundle().With(part, bytes).ToBytes());
}
