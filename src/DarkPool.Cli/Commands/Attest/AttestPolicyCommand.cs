using System.CommandLine;
using DarkPool.Attestation;
using DarkPool.Attestation.Policies;
using DarkPool.Cli.Attest;
using DarkPool.Cli.Output;
using DarkPool.Cli.Processes;

namespace DarkPool.Cli.Commands.Attest;

/// <summary>`darkpool attest policy`: checks, hashes and explains a policy, or drafts one from evidence.</summary>
internal static class AttestPolicyCommand
{
    private const string Description = """
        Check a policy file, show its hash and say in words what it accepts. With --draft: write a policy that allows the program of given
        evidence and nothing else. The evidence is not verified for that: check each value against what you built.
        """;

    private const string Header =
        "// Drafted from evidence that was NOT verified: compare every measurement with what you built yourself before you use this.\n";

    public static Command Create()
    {
        var evidence = new EvidenceOptions();
        Option<bool> draft = new("--draft") { Description = "Write a policy for the evidence of FILE or --venue." };
        Option<string> name = new("--name") { Description = "Name of a drafted policy.", DefaultValueFactory = _ => "draft" };
        Option<FileInfo?> output = new("--output") { HelpName = "FILE", Description = "Where to write [default: standard output]." };
        Option<bool> canonical = new("--canonical") { Description = "Print the canonical form that is hashed." };
        Option<bool> json = SharedOptions.Json();
        var command = new Command("policy", Description) { draft, name, output, canonical, json };
        evidence.AddTo(command);
        evidence.File.Description = "The policy; with --draft the evidence.";
        command.Validators.Add(result =>
        {
            evidence.Require(result);
            if (!result.GetValue(draft) && result.GetValue(evidence.Venue) is not null)
                result.AddError("--venue goes with --draft.");
        });
        command.SetAction((parsed, cancellation) => CommandFailure.GuardAsync(
            async token =>
            {
                if (!parsed.GetValue(draft))
                    return Show(parsed.GetValue(evidence.File)!, parsed.GetValue(canonical), parsed.GetValue(json));
                EvidenceInput input = await EvidenceSource.GetAsync(
                    parsed.GetValue(evidence.File), parsed.GetValue(evidence.Venue), parsed.GetValue(evidence.Provider),
                    parsed.GetValue(evidence.EventLog), token);
                await DraftAsync(input, parsed.GetValue(name)!, parsed.GetValue(output), token);
                return ExitCode.Success;
            },
            cancellation));
        return command;
    }

    private static int Show(FileInfo file, bool canonical, bool json)
    {
        AttestationPolicy policy = PolicyChoice.Read(file);
        if (canonical)
        {
            Console.Out.WriteLine(System.Text.Encoding.UTF8.GetString(policy.ToCanonicalJson()));
            return ExitCode.Success;
        }
        string hash = Convert.ToHexStringLower(policy.Hash.Span);
        List<string> rules = [.. PolicyWords.Rules(policy)];
        List<string> warnings = [.. PolicyWords.Warnings(policy)];
        if (json)
        {
            Report.Print(new { policy.Name, AttestationPolicy.Version, Hash = hash, Rules = rules, Warnings = warnings }, json: true);
            return ExitCode.Success;
        }
        Console.Out.WriteLine($"policy  '{policy.Name}', version {AttestationPolicy.Version}");
        Console.Out.WriteLine($"hash    {hash}");
        Console.Out.WriteLine();
        rules.ForEach(Console.Out.WriteLine);
        warnings.ForEach(warning => Console.Out.WriteLine("WARNING: " + warning));
        return ExitCode.Success;
    }

    private static async Task DraftAsync(EvidenceInput input, string name, FileInfo? output, CancellationToken cancellation)
    {
        if (!EvidenceOutline.TryRead(input.Evidence, out EvidenceOutline? outline))
            throw new FormatException($"The evidence has not the format of '{input.Evidence.Provider}'.");
        AttestationPolicy policy = PolicyDraft.From(name, input.Evidence, outline);
        string text = Header + policy + "\n";
        if (output is null)
        {
            Console.Out.Write(text);
            return;
        }
        if (output.Exists)
            throw new StackException($"{output.FullName} exists already.");
        await File.WriteAllTextAsync(output.FullName, text, cancellation);
        Console.Error.WriteLine($"darkpool: wrote {output.FullName}, hash {Convert.ToHexStringLower(policy.Hash.Span)}");
    }
}
