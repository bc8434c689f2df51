using System.Security.Cryptography;
using DarkPool.Attestation.Bundles;
using DarkPool.Attestation.Policies;
using DarkPool.Attestation.Testing.Platforms;
using Xunit;

namespace DarkPool.Attestation.Tests.Policies;

/// <summary>What a policy makes of authentic evidence: every rule refuses alone, with its own reason, and can be satisfied.</summary>
public sealed class PolicyJudgeTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] ReportData = SHA512.HashData("policy"u8);
    private static readonly Lazy<SyntheticAmd> Amd = new();

    private readonly SyntheticIntel _intel = new(Now);

    [Fact]
    public void Evidence_that_meets_every_rule_is_accepted()
    {
        AssertVerdict(Refusal.None, Judge(_intel.TdxQuote(ReportData), _intel.Policy()));
        AssertVerdict(Refusal.None, Judge(_intel.TdxQuote(ReportData, tdx15: true), _intel.Policy()));
        AssertVerdict(Refusal.None, JudgeSnp(Amd.Value.Policy()));
    }

    [Fact]
    public void A_debuggable_guest_is_refused_unless_allowed()
    {
        var quote = _intel.TdxQuote(ReportData, change: body => body[120] |= 1);
        AssertVerdict(Refusal.DebugNotAllowed, Judge(quote, _intel.Policy()));
        AssertVerdict(Refusal.None, Judge(quote, _intel.Policy() with { AllowDebug = true }));
        AssertVerdict(Refusal.DebugNotAllowed, JudgeSnp(Amd.Value.Policy(), report => report[10] |= 8));
    }

    [Fact]
    public void A_service_td_is_refused_unless_it_is_on_the_list()
    {
        var quote = _intel.TdxQuote(ReportData, tdx15: true, change: body => body[600] = 7);
        AssertVerdict(Refusal.ServiceTdNotAllowed, Judge(quote, _intel.Policy()));
        AssertVerdict(Refusal.None, Judge(quote, _intel.Policy() with { ServiceTds = ["07" + new string('0', 94)] }));
    }

    [Fact]
    public void A_status_below_the_minimum_is_refused_unless_in_grace()
    {
        _intel.Status = TcbStatus.OutOfDate;
        var quote = _intel.TdxQuote(ReportData);
        AssertVerdict(Refusal.TcbStatusNotAllowed, Judge(quote, _intel.Policy()));
        AssertVerdict(Refusal.None, Judge(quote, WithTcb(new TcbRule { MinimumStatus = TcbStatus.OutOfDate })));

        // The level is of 14 January; 1 May is 107 days later.
        AssertVerdict(Refusal.TcbStatusNotAllowed, Judge(quote, WithTcb(new TcbRule { GraceDays = 107 })));
        AssertVerdict(Refusal.None, Judge(quote, WithTcb(new TcbRule { GraceDays = 108 })));
    }

    [Fact]
    public void A_revoked_platform_is_refused_whatever_the_policy_says()
    {
        _intel.Status = TcbStatus.Revoked;
        var policy = WithTcb(new TcbRule { MinimumStatus = TcbStatus.Revoked, GraceDays = 3_650 });
        AssertVerdict(Refusal.TcbStatusNotAllowed, Judge(_intel.TdxQuote(ReportData), policy));
    }

    [Fact]
    public void Advisories_must_be_tolerated_by_name()
    {
        _intel.Status = TcbStatus.SWHardeningNeeded;
        _intel.Advisories = ["INTEL-SA-00615", "INTEL-SA-00657"];
        var quote = _intel.TdxQuote(ReportData);
        var rule = new TcbRule { MinimumStatus = TcbStatus.SWHardeningNeeded };
        AssertVerdict(Refusal.AdvisoryNotTolerated, Judge(quote, WithTcb(rule)));
        AssertVerdict(Refusal.AdvisoryNotTolerated, Judge(quote, WithTcb(rule with { ToleratedAdvisories = ["INTEL-SA-00615"] })));
        AssertVerdict(
            Refusal.None, Judge(quote, WithTcb(rule with { ToleratedAdvisories = ["INTEL-SA-00615", "INTEL-SA-00657"] })));
    }

    [Fact]
    public void Collateral_of_an_old_evaluation_is_refused()
    {
        // TCB info is of evaluation 18, QE identity of 17: the lower one counts.
        var quote = _intel.TdxQuote(ReportData);
        AssertVerdict(Refusal.None, Judge(quote, WithTcb(new TcbRule { MinimumEvaluationNumber = 17 })));
        AssertVerdict(Refusal.EvaluationNumberTooLow, Judge(quote, WithTcb(new TcbRule { MinimumEvaluationNumber = 18 })));
    }

    [Fact]
    public void Only_listed_chips_are_accepted_once_there_is_a_list()
    {
        var quote = _intel.TdxQuote(ReportData);
        AssertVerdict(Refusal.None, Judge(quote, _intel.Policy() with { Chips = [SyntheticIntel.Ppid] }));
        AssertVerdict(Refusal.ChipNotAllowed, Judge(quote, _intel.Policy() with { Chips = [SyntheticAmd.ChipId] }));
        AssertVerdict(Refusal.ChipNotAllowed, Judge(quote, _intel.Policy() with { Chips = [] }));
        AssertVerdict(Refusal.None, JudgeSnp(Amd.Value.Policy() with { Chips = [SyntheticAmd.ChipId] }));
    }

    [Fact]
    public void A_masked_chip_is_refused_unless_allowed()
    {
        static void Mask(byte[] report) => report.AsSpan(0x1A0, 64).Clear();
        AssertVerdict(Refusal.ChipMasked, JudgeSnp(Amd.Value.Policy(), Mask));
        AssertVerdict(Refusal.None, JudgeSnp(Amd.Value.Policy() with { AllowMaskedChip = true }, Mask));
    }

    [Fact]
    public void A_report_from_a_less_privileged_level_is_refused_unless_allowed()
    {
        AssertVerdict(Refusal.VmplNotAllowed, JudgeSnp(Amd.Value.Policy(), report => report[0x30] = 2));
        AssertVerdict(Refusal.VmplNotAllowed, JudgeSnp(Amd.Value.Policy() with { MaxVmpl = 1 }, report => report[0x30] = 2));
        AssertVerdict(Refusal.None, JudgeSnp(Amd.Value.Policy() with { MaxVmpl = 2 }, report => report[0x30] = 2));
    }

    [Fact]
    public void A_guest_that_may_be_migrated_is_refused_unless_allowed()
    {
        AssertVerdict(Refusal.MigrationAgentNotAllowed, JudgeSnp(Amd.Value.Policy(), report => report[10] |= 4));
        AssertVerdict(Refusal.None, JudgeSnp(Amd.Value.Policy() with { AllowMigrationAgent = true }, report => report[10] |= 4));
    }

    [Fact]
    public void A_reported_tcb_below_the_minimum_is_refused()
    {
        var atLeast = new SortedDictionary<string, ulong> { ["snp"] = 24, ["microcode"] = 219 };
        AssertVerdict(Refusal.None, JudgeSnp(Amd.Value.Policy() with { Tcb = new TcbRule { Amd = atLeast } }));
        atLeast["microcode"] = 220;
        AssertVerdict(Refusal.TcbBelowMinimum, JudgeSnp(Amd.Value.Policy() with { Tcb = new TcbRule { Amd = atLeast } }));
    }

    [Fact]
    public void A_revoked_certificate_is_refused()
    {
        _intel.PckIsRevoked = true;
        AssertVerdict(Refusal.CertRevoked, Judge(_intel.TdxQuote(ReportData), _intel.Policy()));
        var evidence = Snp(report => { });
        var collateral = Amd.Value.Collateral(Now, askIsRevoked: true);
        AssertVerdict(Refusal.CertRevoked, EvidenceVerifier.Verify(evidence, Amd.Value.Policy(), ReportData, Now, collateral));
    }

    [Fact]
    public void Another_program_is_refused()
    {
        var quote = _intel.TdxQuote(ReportData, change: body => body[136] ^= 1);
        AssertVerdict(Refusal.MeasurementNotAllowed, Judge(quote, _intel.Policy()));
        AssertVerdict(Refusal.MeasurementNotAllowed, JudgeSnp(Amd.Value.Policy(), report => report[0x90] ^= 1));
    }

    [Fact]
    public void Minimums_of_a_rule_are_held()
    {
        var signer = string.Concat(Enumerable.Repeat("31", 32));
        var policy = _intel.Policy() with
        {
            Measurements =
            [
                new MeasurementRule
                {
                    Name = "by signer",
                    Kind = EvidenceKind.Sgx,
                    Values = new SortedDictionary<string, string> { ["mrsigner"] = signer, ["isvprodid"] = "7" },
                    Minimums = new SortedDictionary<string, ulong> { ["isvsvn"] = 2 },
                },
            ],
        };
        AssertVerdict(Refusal.None, JudgeSgx(_intel.SgxQuote(ReportData), policy));
        AssertVerdict(Refusal.MeasurementNotAllowed, JudgeSgx(_intel.SgxQuote(ReportData, body => body[258] = 1), policy));
        AssertVerdict(Refusal.MeasurementNotAllowed, JudgeSgx(_intel.SgxQuote(ReportData, body => body[256] = 8), policy));
    }

    [Fact]
    public void A_rule_that_does_not_identify_a_program_allows_none()
    {
        var rule = _intel.Policy().Measurements[0];
        foreach (var name in rule.Values.Keys)
        {
            var fewer = new SortedDictionary<string, string>(rule.Values.Where(pair => pair.Key != name).ToDictionary());
            var policy = _intel.Policy() with { Measurements = [rule with { Values = fewer }] };
            AssertVerdict(Refusal.MeasurementNotAllowed, Judge(_intel.TdxQuote(ReportData), policy));
        }

        var any = _intel.Policy() with { Measurements = [rule with { Any = true, Values = new SortedDictionary<string, string>() }] };
        AssertVerdict(Refusal.MeasurementNotAllowed, Judge(_intel.TdxQuote(ReportData), any));
    }

    [Fact]
    public void A_development_anchor_is_trusted_by_no_other_policy()
    {
        AssertVerdict(Refusal.UntrustedRoot, Judge(_intel.TdxQuote(ReportData), _intel.Policy() with { DevelopmentAnchors = [] }));
        AssertVerdict(Refusal.UntrustedRoot, JudgeSnp(Amd.Value.Policy() with { DevelopmentAnchors = [] }));
    }

    private static void AssertVerdict(Refusal refusal, Verdict verdict)
    {
        Assert.True(refusal == verdict.Refusal, $"{verdict}, wanted {refusal}");
        Assert.Equal(refusal == Refusal.None, verdict.Checks[^1].Passed);
        Assert.All(verdict.Checks.SkipLast(1), check => Assert.True(check.Passed));
    }

    private static Evidence Snp(Action<byte[]> change) =>
        new("tsm", new EvidenceBundle().With(EvidencePart.SnpReport, Amd.Value.Report(ReportData, change)).ToBytes());

    private static Verdict JudgeSnp(AttestationPolicy policy, Action<byte[]>? change = null) =>
        EvidenceVerifier.Verify(Snp(change ?? (_ => { })), policy, ReportData, Now, Amd.Value.Collateral(Now));

    private AttestationPolicy WithTcb(TcbRule rule) => _intel.Policy() with { Tcb = rule };

    private Verdict Judge(byte[] quote, AttestationPolicy policy) => Judge(quote, policy, isTdx: true);

    private Verdict JudgeSgx(byte[] quote, AttestationPolicy policy) => Judge(quote, policy, isTdx: false);

    private Verdict Judge(byte[] quote, AttestationPolicy policy, bool isTdx)
    {
        var evidence = new Evidence("tsm", new EvidenceBundle().With(EvidencePart.DcapQuote, quote).ToBytes());
        return EvidenceVerifier.Verify(evidence, policy, ReportData, Now, _intel.Collateral(isTdx));
    }
}
