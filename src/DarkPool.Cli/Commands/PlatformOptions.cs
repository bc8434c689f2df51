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

    public void AddTo(Command command, bool ephemeral)
    {
        command.Add(_provider);
        command.Add(_path);
        if (ephemeral)
            command.Add(_ephemeral);
    }

    public EnclavePlatform Read(ParseResult parsed) =>
        new(parsed.GetRequiredValue(_provider), parsed.GetValue(_path), parsed.GetValue(_ephemeral));
}
