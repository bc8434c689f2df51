using System.CommandLine;
using DarkPool.Attestation;
using DarkPool.Attestation.Simulated;
using DarkPool.Cli.Stack;

namespace DarkPool.Cli.Commands;

/// <summary>On which platform the enclave that a command starts runs.</summary>
internal sealed class PlatformOptions
{
    private readonly Option<string> _provider = new Option<string>("--provider")
    {
        Description = "Who attests the enclave and keeps its root key.",
        DefaultValueFactory = _ => SimulatedProvider.ProviderName,
    }.AcceptOnlyFromAmong([.. EvidenceProviders.Names]);

    private readonly Option<string?> _path = new("--platform")
    {
        HelpName = "PATH",
        Description = "The provider's socket (dstack, rofl) or report folder (tsm) [default: where the platform puts it].",
    };

    private readonly Option<bool> _ephemeral = new("--ephemeral-keys")
    {
        Description = "Let the enclave make keys that die with it, for platforms that keep none (tsm).",
    };

    private readonly Option<FileInfo?> _peerPolicy = new("--peer-policy")
    {
        HelpName = "FILE",
        Description = "The policy by which the enclave judges other enclaves. Its keys depend on it: give the same one always.",
    };

    private readonly Option<string?> _peerListen = new("--peer-listen")
    {
        HelpName = "ADDRESS",
        Description = "Where other enclaves may ask for the venue's keys: unix:/path or tcp:address:port.",
    };

    private readonly Option<string?> _join = new("--join")
    {
        HelpName = "ADDRESS",
        Description = "Let the enclave take the venue's keys from the one that listens there for peers.",
    };

    /// <summary>Adds what a command needs.</summary>
    /// <param name="command">The command.</param>
    /// <param name="serves">Whether its enclave serves a venue, rather than reads a log whose keys exist.</param>
    public void AddTo(Command command, bool serves)
    {
        command.Add(_provider);
        command.Add(_path);
        command.Add(_peerPolicy);
        if (!serves)
            return;
        command.Add(_ephemeral);
        command.Add(_peerListen);
        command.Add(_join);
    }

    public EnclavePlatform Read(ParseResult parsed) =>
        new(parsed.GetRequiredValue(_provider), parsed.GetValue(_path), parsed.GetValue(_ephemeral))
        {
            PeerPolicy = parsed.GetValue(_peerPolicy),
            PeerListen = parsed.GetValue(_peerListen),
            Join = parsed.GetValue(_join),
        };
}
