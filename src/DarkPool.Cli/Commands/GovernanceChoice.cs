using System.CommandLine;
using DarkPool.Cli.Output;
using DarkPool.Cli.Processes;
using DarkPool.Cli.Stack;
using DarkPool.Client.Venue;
using DarkPool.Protocol.Entries;
using DarkPool.Protocol.Identity;

namespace DarkPool.Cli.Commands;

/// <summary>
/// Which venue a governance command is for, and with whose keys it is signed: those of a development venue's data folder. A real venue's
/// keys sit with different people, whose signatures somebody gathers (docs/PROTOCOL.md section 7).
/// </summary>
internal sealed class GovernanceChoice
{
    private readonly Option<string> _data = SharedOptions.Data();
    private readonly Option<Uri> _venue = SharedOptions.Venue();
    private readonly Option<bool> _json = SharedOptions.Json();

    /// <summary>Lets a command line send the governance command that it says.</summary>
    public Command Run(Command command, GovernanceType type, Func<ParseResult, byte[]> body)
    {
        foreach (Option option in new Option[] { _data, _venue, _json })
            command.Add(option);
        command.SetAction((parsed, cancellation) => CommandFailure.GuardAsync(
            async token =>
            {
                ulong sequence = await SendAsync(parsed, type, body(parsed), token);
                Report.Print(new { Applied = type.ToString(), Sequence = sequence }, parsed.GetValue(_json));
                return ExitCode.Success;
            },
            cancellation));
        return command;
    }

    private async Task<ulong> SendAsync(ParseResult parsed, GovernanceType type, byte[] body, CancellationToken cancellation)
    {
        var folder = new DataFolder(parsed.GetRequiredValue(_data));
        using GovernanceKeys keys = GovernanceKeys.Load(folder.Governance);
        if (!File.Exists(folder.Genesis))
            throw new StackException($"{folder.Genesis} is not there: name the data folder of the venue with --data.");
        Genesis genesis = Genesis.Parse(await File.ReadAllTextAsync(folder.Genesis, cancellation));
        using var http = new HttpClient { BaseAddress = parsed.GetRequiredValue(_venue) };
        VenueDescription venue = await VenueDescriptions.ReadAsync(http, cancellation);
        ulong sequence = venue.Governance.NextSequence;
        await new GovernanceDesk(http, genesis.VenueId, keys.Signers, sequence).SendAsync(type, body, cancellation);
        return sequence;
    }
}
