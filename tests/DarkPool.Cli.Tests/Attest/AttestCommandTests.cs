using System.Security.Cryptography;
using System.Text.Json;
using DarkPool.Attestation;
using DarkPool.Attestation.Collaterals;
using DarkPool.Attestation.Policies;
using DarkPool.Attestation.Testing;
using DarkPool.Attestation.Testing.Platforms;
using DarkPool.Cli.Commands;

namespace DarkPool.Cli.Tests.Attest;

[Collection(CommandInProcess.Console)]
public sealed class AttestCommandTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] ReportData = SHA512.HashData("attest"u8);

    private readonly TemporaryFolder _folder = new();
    private readonly SyntheticIntel _intel = new(Now);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Accepted_evidence_ends_with_code_0_and_shows_every_check_and_fact()
    {
        (int code, string text) = await VerifyAsync(_intel.Policy(), _intel.Collateral());

        Assert.Equal(ExitCode.Success, code);
        string[] subjects = ["PCK chain", "root CRL", "QE report", "quote signature", "TCB info", "QE identity", "TCB level"];
        foreach (string subject in subjects)
            Assert.Contains("  passed   " + subject, text, StringComparison.Ordinal);
        Assert.DoesNotContain("REFUSED", text, StringComparison.Ordinal);
        Assert.Contains("UpToDate of 2026-01-14", text, StringComparison.Ordinal);
        Assert.EndsWith("accepted\n", text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_evidence_ends_with_code_4_and_the_reason_in_words()
    {
        _intel.Status = TcbStatus.Revoked;
        (int code, string text) = await VerifyAsync(_intel.Policy(), _intel.Collateral());

        Assert.Equal(ExitCode.Refused, code);
        Assert.Contains("  REFUSED  TCB ", text, StringComparison.Ordinal);
        Assert.Contains("refused: TcbStatusNotAllowed: TCB: Revoked of 2026-01-14 is below UpToDate", text, StringComparison.Ordinal);
        Assert.Contains("the operator must update it", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_root_made_for_a_test_is_refused_by_a_policy_that_does_not_name_it()
    {
        (int code, string text) = await VerifyAsync(_intel.Policy() with { DevelopmentAnchors = [] }, _intel.Collateral());
        Assert.Equal(ExitCode.Refused, code);
        Assert.Contains("refused: UntrustedRoot", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_holds_verdict_checks_and_facts()
    {
        (int code, JsonElement result) = await CommandInProcess.RunJsonAsync([.. Arguments(_intel.Policy(), _intel.Collateral())]);

        Assert.Equal(ExitCode.Success, code);
        Assert.True(result.GetProperty("accepted").GetBoolean());
        Assert.Equal(Convert.ToHexStringLower(_intel.Policy().Hash.Span), result.GetProperty("policyHash").GetString());
        Assert.All(result.GetProperty("checks").EnumerateArray(), check => Assert.True(check.GetProperty("passed").GetBoolean()));
        Assert.Equal(new string('0', 96), result.GetProperty("facts").GetProperty("measurements").GetProperty("rtmr3").GetString());
    }

    [Fact]
    public async Task Another_report_data_is_refused_and_none_is_said_not_to_be_checked()
    {
        IReadOnlyList<string> arguments = Arguments(_intel.Policy(), _intel.Collateral());
        (int refused, string why) = await CommandInProcess.RunAsync([.. arguments, "--report-data", new string('7', 128)]);
        Assert.Equal(ExitCode.Refused, refused);
        Assert.Contains("refused: ReportDataMismatch", why, StringComparison.Ordinal);

        (int bound, string text) = await CommandInProcess.RunAsync([.. arguments, "--report-data", Convert.ToHexString(ReportData)]);
        Assert.Equal(ExitCode.Success, bound);
        Assert.Contains("passed   report data", text, StringComparison.Ordinal);

        (_, string unchecked_) = await CommandInProcess.RunAsync([.. arguments]);
        Assert.Contains("was NOT checked", unchecked_, StringComparison.Ordinal);
        Assert.DoesNotContain("passed   report data", unchecked_, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Offline_without_collateral_is_refused_and_a_saved_file_serves_next_time()
    {
        string quote = _folder.Write("quote.bin", _intel.TdxQuote(ReportData));
        string policy = Save(_intel.Policy());
        string[] offline = ["attest", "verify", quote, "--policy", policy, "--at", "2026-05-01T12:00:00Z", "--offline"];
        (int without, string text) = await CommandInProcess.RunAsync(
            [.. offline, "--collateral-cache", Path.Combine(_folder.Path, "empty")]);
        Assert.Equal(ExitCode.Refused, without);
        Assert.Contains("refused: MissingCrl", text, StringComparison.Ordinal);

        string saved = Path.Combine(_folder.Path, "kept.json");
        (int code, _) = await CommandInProcess.RunAsync([.. Arguments(_intel.Policy(), _intel.Collateral()), "--save-collateral", saved]);
        Assert.Equal(ExitCode.Success, code);
        (int again, _) = await CommandInProcess.RunAsync([.. offline, "--collateral", saved]);
        Assert.Equal(ExitCode.Success, again);
    }

    [Fact]
    public async Task What_is_missing_or_makes_no_sense_is_one_line_and_not_a_stack()
    {
        string quote = _folder.Write("quote.bin", _intel.TdxQuote(ReportData));
        string policy = Save(_intel.Policy());
        Assert.Equal(ExitCode.Usage, (await CommandInProcess.RunAsync("attest", "verify")).ExitCode);
        Assert.Equal(ExitCode.Usage, (await CommandInProcess.RunAsync("attest", "verify", quote, "--venue", "http://localhost")).ExitCode);
        Assert.Equal(ExitCode.Usage, (await CommandInProcess.RunAsync("attest", "verify", quote, "--report-data", "00")).ExitCode);
        Assert.Equal(ExitCode.Failure, (await CommandInProcess.RunAsync("attest", "verify", quote, "--offline")).ExitCode);
        Assert.Equal(ExitCode.Failure, (await CommandInProcess.RunAsync(
            "attest", "verify", policy, "--policy", policy, "--offline")).ExitCode);
        Assert.Equal(ExitCode.Failure, (await CommandInProcess.RunAsync(
            "attest", "verify", quote, "--policy", policy, "--collateral", "/absent")).ExitCode);
        Assert.Equal(ExitCode.Failure, (await CommandInProcess.RunAsync(
            "attest", "verify", quote, "--policy", policy, "--collateral", policy)).ExitCode);
        Assert.Equal(ExitCode.Failure, (await CommandInProcess.RunAsync(
            "attest", "verify", quote, "--policy", policy, "--collateral", "http://localhost", "--offline")).ExitCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Explain_shows_what_the_bytes_say_and_that_nothing_is_verified(bool hex)
    {
        byte[] quote = _intel.TdxQuote(ReportData, tdx15: true);
        string file = _folder.Write("quote", hex ? System.Text.Encoding.ASCII.GetBytes(Convert.ToHexString(quote) + "\n") : quote);
        (int code, string text) = await CommandInProcess.RunAsync("attest", "explain", file);

        Assert.Equal(ExitCode.Success, code);
        Assert.Contains("Tdx, version 5", text, StringComparison.Ordinal);
        Assert.Contains(SyntheticIntel.Fmspc, text, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(ReportData), text, StringComparison.Ordinal);
        Assert.Contains("NOT verified", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_is_explained_too()
    {
        string file = _folder.Write("report", new SyntheticAmd().Report(ReportData));
        (int code, JsonElement result) = await CommandInProcess.RunJsonAsync("attest", "explain", file);
        Assert.Equal(ExitCode.Success, code);
        Assert.False(result.GetProperty("verified").GetBoolean());
        Assert.Equal("Snp", result.GetProperty("kind").GetString());
        Assert.Equal("Milan", result.GetProperty("details").GetProperty("product").GetString());
    }

    [Fact]
    public async Task A_drafted_policy_accepts_what_it_was_drafted_from_once_its_root_is_named()
    {
        string quote = _folder.Write("quote.bin", _intel.TdxQuote(ReportData));
        string draft = Path.Combine(_folder.Path, "draft.json");
        (int code, _) = await CommandInProcess.RunAsync("attest", "policy", quote, "--draft", "--name", "mine", "--output", draft);
        Assert.Equal(ExitCode.Success, code);

        Assert.True(AttestationPolicy.TryParse(File.ReadAllBytes(draft), out AttestationPolicy? policy, out string? error), error);
        Assert.Equal("mine", policy.Name);
        AttestationPolicy named = policy with { DevelopmentAnchors = [_intel.RootFingerprint] };
        (int accepted, string text) = await VerifyAsync(named, _intel.Collateral());
        Assert.True(accepted == ExitCode.Success, text);
        Assert.Equal(ExitCode.Failure, (await CommandInProcess.RunAsync(
            "attest", "policy", quote, "--draft", "--output", draft)).ExitCode);
    }

    [Fact]
    public async Task A_policy_is_hashed_and_said_in_words_with_its_weaknesses()
    {
        string file = Save(AttestationPolicy.Development);
        (int code, string text) = await CommandInProcess.RunAsync("attest", "policy", file);

        Assert.Equal(ExitCode.Success, code);
        Assert.Contains(Convert.ToHexStringLower(AttestationPolicy.Development.Hash.Span), text, StringComparison.Ordinal);
        Assert.Contains("any simulated program", text, StringComparison.Ordinal);
        Assert.Contains("WARNING: It believes simulated evidence", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_with_a_misspelt_rule_is_refused()
    {
        string file = _folder.Write("bad.json", "{\"version\":1,\"name\":\"x\",\"allowDebgu\":true}"u8);
        Assert.Equal(ExitCode.Failure, (await CommandInProcess.RunAsync("attest", "policy", file)).ExitCode);
    }

    private Task<(int ExitCode, string Output)> VerifyAsync(AttestationPolicy policy, Collateral collateral) =>
        CommandInProcess.RunAsync([.. Arguments(policy, collateral)]);

    private IReadOnlyList<string> Arguments(AttestationPolicy policy, Collateral collateral) =>
    [
        "attest", "verify", _folder.Write("quote.bin", _intel.TdxQuote(ReportData)), "--policy", Save(policy),
        "--collateral", _folder.Write("collateral.json", FileCollateral.Format(collateral)), "--at", "2026-05-01T12:00:00Z",
    ];

    private string Save(AttestationPolicy policy) => _folder.Write("policy.json", System.Text.Encoding.UTF8.GetBytes(policy.ToString()));
}
