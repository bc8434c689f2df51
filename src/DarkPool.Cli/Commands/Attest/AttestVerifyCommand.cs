using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using DarkPool.Attestation;
using DarkPool.Attestation.Collaterals;
using DarkPool.Attestation.Policies;
using DarkPool.Cli.Attest;
using DarkPool.Cli.Processes;
using DarkPool.Client;
using DarkPool.Client.Trust;

namespace DarkPool.Cli.Commands.Attest;

/// <summary>`darkpool attest verify`: judges evidence by a policy and says what was checked.</summary>
internal static class AttestVerifyCommand
{
    private const string Description = """
        Verify evidence up to its maker's root and hold it against a policy. Shows everything that was checked, what passed and what was
        refused. Ends with code 0 if it is accepted, 4 if it is refused.
        """;

    private static readonly TimeSpan RetryFor = TimeSpan.FromSeconds(10);

    public static Command Create()
    {
        var evidence = new EvidenceOptions();
        var trust = new TrustOptions();
        Option<byte[]?> reportData = new("--report-data")
        {
            HelpName = "HEX",
            Description = "The 64 bytes that the evidence must bind; a saved answer of a venue brings its own.",
            CustomParser = ReportDataOf,
        };
        Option<DateTimeOffset?> at = new("--at")
        {
            HelpName = "TIME",
            Description = "Judge a file as of this instant, for example 2026-05-01T00:00:00Z [default: now].",
            CustomParser = TimeOf,
        };
        Option<FileInfo?> save = new("--save-collateral") { HelpName = "FILE", Description = "Keep the collateral used in one file." };
        Option<bool> json = SharedOptions.Json();
        var command = new Command("verify", Description) { reportData, at, save, json };
        evidence.AddTo(command);
        trust.AddTo(command);
        command.Validators.Add(result =>
        {
            evidence.Require(result);
            bool forFiles = result.GetValue(at) is not null || result.GetResult(reportData) is not null;
            if (result.GetValue(evidence.Venue) is not null && forFiles)
                result.AddError("--at and --report-data are for files: a running venue is judged now, by a nonce of our own.");
        });
        command.SetAction((parsed, cancellation) => CommandFailure.GuardAsync(
            async token =>
            {
                using CollateralPlaces collateral = trust.OpenCollateral(parsed, TimeProvider.System);
                VerificationReport report = parsed.GetValue(evidence.Venue) is { } venue
                    ? await VerifyVenueAsync(venue, trust.PolicyFor(parsed, venue), collateral, token)
                    : await VerifyFileAsync(
                        parsed.GetValue(evidence.File)!,
                        EvidenceInput.Read(
                            parsed.GetValue(evidence.File)!, parsed.GetValue(evidence.Provider), parsed.GetValue(evidence.EventLog)),
                        RequirePolicy(parsed.GetValue(trust.Policy)), collateral,
                        parsed.GetValue(reportData) is { Length: > 0 } bound ? bound : null,
                        parsed.GetValue(at) ?? TimeProvider.System.GetUtcNow(), token);
                if (parsed.GetValue(save) is { } target && collateral.Last is { } used)
                    await File.WriteAllBytesAsync(target.FullName, FileCollateral.Format(used), token);
                report.Print(parsed.GetValue(json));
                return report.Accepted ? ExitCode.Success : ExitCode.Refused;
            },
            cancellation));
        return command;
    }

    private static async Task<VerificationReport> VerifyVenueAsync(
        Uri venue, AttestationPolicy policy, ICollateralSource collateral, CancellationToken cancellation)
    {
        var options = new DarkPoolClientOptions { Venue = venue, Policy = policy, Collateral = collateral, RetryFor = RetryFor };
        EnclaveExamination examination = await DarkPoolClient.ExamineEnclaveAsync(options, cancellation);
        return VerificationReport.Of(
            examination.Verdict, policy, venue.ToString(), examination.Evidence.Provider, examination.JudgedAt, examination.Identity, []);
    }

    private static async Task<VerificationReport> VerifyFileAsync(
        FileInfo file, EvidenceInput input, AttestationPolicy policy, ICollateralSource collateral, byte[]? expected, DateTimeOffset at,
        CancellationToken cancellation)
    {
        var notes = new List<string>();
        expected ??= input.Saved?.ExpectedReportData();
        bool compared = expected is not null;
        if (input.Saved is not null)
            notes.Add("the nonce is that of whoever saved the answer, so the evidence may be old.");
        if (!compared)
        {
            notes.Add("no --report-data was given, so whose keys the evidence binds was NOT checked.");
            expected = EvidenceOutline.TryRead(input.Evidence, out EvidenceOutline? outline)
                ? outline.ReportData.ToArray()
                : new byte[Evidence.ReportDataLength];
        }
        Verdict verdict = await new CollateralResolver(collateral).VerifyAsync(input.Evidence, policy, expected!, at, cancellation);
        if (input.Saved is { } saved)
            verdict = PeerPolicyJudge.Judge(verdict, policy, Convert.FromHexString(saved.Identity.PolicyHash.ToString()));
        VerificationReport report = VerificationReport.Of(
            verdict, policy, file.FullName, input.Evidence.Provider, at, input.Saved?.Identity, notes);
        return compared ? report : report with { Checks = [.. report.Checks.Where(check => check.Subject != "report data")] };
    }

    private static AttestationPolicy RequirePolicy(FileInfo? file) => file is null
        ? throw new StackException("Evidence in a file needs --policy FILE: what it must prove.")
        : PolicyChoice.Read(file);

    private static byte[]? ReportDataOf(ArgumentResult argument)
    {
        string text = argument.Tokens.Single().Value;
        if (text.StartsWith("0x", StringComparison.Ordinal))
            text = text[2..];
        if (text.Length == 2 * Evidence.ReportDataLength && text.All(char.IsAsciiHexDigit))
            return Convert.FromHexString(text);
        argument.AddError($"--report-data is {Evidence.ReportDataLength} bytes of hex.");
        return null;
    }

    private static DateTimeOffset? TimeOf(ArgumentResult argument)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTimeOffset.TryParse(argument.Tokens.Single().Value, CultureInfo.InvariantCulture, Utc, out DateTimeOffset time))
            return time;
        argument.AddError($"'{argument.Tokens.Single().Value}' is not a time of the form 2026-05-01T00:00:00Z.");
        return null;
    }
}
