using System.CommandLine;
using System.Globalization;
using DarkPool.Attestation;
using DarkPool.Attestation.Collaterals;
using DarkPool.Cli.Attest;
using DarkPool.Cli.Output;

namespace DarkPool.Cli.Commands.Attest;

/// <summary>`darkpool attest explain`: what evidence says of itself.</summary>
internal static class AttestExplainCommand
{
    private const int NameWidth = 22;

    private const string Warning = "NOT verified: this is what the bytes say of themselves. Use `darkpool attest verify` to judge them.";

    public static Command Create()
    {
        var evidence = new EvidenceOptions();
        Option<bool> json = SharedOptions.Json();
        var command = new Command("explain", "Show what a quote, report or statement says, without verifying it.") { json };
        evidence.AddTo(command);
        command.Validators.Add(result => evidence.Require(result));
        command.SetAction((parsed, cancellation) => CommandFailure.GuardAsync(
            async token =>
            {
                EvidenceInput input = await EvidenceSource.GetAsync(
                    parsed.GetValue(evidence.File), parsed.GetValue(evidence.Venue), parsed.GetValue(evidence.Provider),
                    parsed.GetValue(evidence.EventLog), token);
                Print(input, parsed.GetValue(json));
                return ExitCode.Success;
            },
            cancellation));
        return command;
    }

    private static void Print(EvidenceInput input, bool json)
    {
        if (!EvidenceOutline.TryRead(input.Evidence, out EvidenceOutline? outline))
            throw new FormatException($"The evidence has not the format of '{input.Evidence.Provider}'.");
        string? key = CollateralNeeds.TryRead(input.Evidence)?.Key;
        if (json)
        {
            Report.Print(
                new
                {
                    verified = false,
                    provider = input.Evidence.Provider,
                    kind = outline.Kind.ToString(),
                    outline.Version,
                    reportData = Convert.ToHexStringLower(outline.ReportData.Span),
                    outline.Measurements,
                    outline.Numbers,
                    flags = outline.Flags.ToString(),
                    details = outline.Details.ToDictionary(detail => detail.Name, detail => detail.Value),
                    outline.RuntimeEvents,
                    collateralKey = key,
                    enclave = input.Saved is null ? null : ClaimsReport.Of(input.Saved.Identity),
                },
                json: true);
            return;
        }
        foreach ((string name, string value) in Lines(input, outline, key))
            Console.Out.WriteLine($"{name.PadRight(NameWidth)} {value}");
        Console.Out.WriteLine();
        Console.Out.WriteLine(Warning);
    }

    private static IEnumerable<(string Name, string Value)> Lines(EvidenceInput input, EvidenceOutline outline, string? key)
    {
        yield return ("provider", input.Evidence.Provider);
        yield return ("kind", string.Create(CultureInfo.InvariantCulture, $"{outline.Kind}, version {outline.Version}"));
        foreach ((string name, string value) in outline.Details)
            yield return (name, value);
        foreach ((string name, string value) in outline.Measurements)
            yield return (name, value);
        foreach ((string name, ulong value) in outline.Numbers)
            yield return (name, value.ToString(CultureInfo.InvariantCulture));
        yield return ("flags", outline.Flags.ToString());
        foreach (RuntimeEvent item in outline.RuntimeEvents)
            yield return ("event " + item.Name, item.Payload);
        yield return ("report data", Convert.ToHexStringLower(outline.ReportData.Span));
        if (key is not null)
            yield return ("collateral folder", key);
        foreach ((string name, string value) in input.Saved is null ? [] : ClaimsReport.Of(input.Saved.Identity).Lines())
            yield return (name, value);
    }
}
