using System.CommandLine;
using System.CommandLine.Parsing;
using DarkPool.Attestation;

namespace DarkPool.Cli.Commands.Attest;

/// <summary>Where the commands of `attest` take evidence from: a file, or a running venue.</summary>
internal sealed class EvidenceOptions
{
    public Argument<FileInfo?> File { get; } = new("FILE")
    {
        Description = "Evidence: a saved answer of /v1/attestation, a quote or report (binary or hex), a bundle, or dstack's answer.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public Option<Uri?> Venue { get; } = SharedOptions.OtherVenue("Ask the enclave of this running venue, with a fresh nonce.");

    public Option<string?> Provider { get; } = new Option<string?>("--provider")
    {
        Description = "Which provider a quote or report is of [default: dstack with an event log, else tsm].",
    }.AcceptOnlyFromAmong([.. EvidenceProviders.Names]);

    public Option<FileInfo> EventLog { get; } = new Option<FileInfo>("--event-log")
    {
        HelpName = "FILE",
        Description = "dstack's event log of a bare quote (JSON).",
    }.AcceptExistingOnly();

    public void AddTo(Command command)
    {
        command.Add(File);
        command.Add(Venue);
        command.Add(Provider);
        command.Add(EventLog);
    }

    /// <summary>Exactly one source must be given.</summary>
    public void Require(CommandResult result, bool alsoNone = false)
    {
        bool file = result.GetValue(File) is not null;
        bool venue = result.GetValue(Venue) is not null;
        if (file && venue)
            result.AddError("Give FILE or --venue, not both.");
        else if (!file && !venue && !alsoNone)
            result.AddError("Give FILE, or --venue URL.");
        if (result.GetValue(File) is { Exists: false } missing)
            result.AddError($"There is no file {missing.FullName}.");
    }
}
