using System.CommandLine;
using DarkPool.Attestation.Collaterals;
using DarkPool.Attestation.Policies;
using DarkPool.Cli.Processes;

namespace DarkPool.Cli.Commands;

/// <summary>By what an enclave is judged: a policy, and where collateral for its evidence comes from.</summary>
internal sealed class TrustOptions
{
    public Option<FileInfo?> Policy { get; } = new("--policy")
    {
        HelpName = "FILE",
        Description = "Attestation policy (JSON) that the enclave must satisfy.",
    };

    private readonly Option<string[]> _collateral = new("--collateral")
    {
        HelpName = "PLACE",
        Description = "Collateral file, folder, or address of a caching service; may be repeated [default: Intel's and AMD's services].",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string?> _cache = new("--collateral-cache")
    {
        HelpName = "DIR",
        Description = "Folder for what collateral services answered [default: the user's].",
    };

    private readonly Option<bool> _offline = new("--offline") { Description = "Ask no collateral service: files, folders and cache only." };

    public void AddTo(Command command)
    {
        command.Add(Policy);
        command.Add(_collateral);
        command.Add(_cache);
        command.Add(_offline);
    }

    /// <summary>The sources named, opened. The caller disposes them.</summary>
    /// <exception cref="FormatException">A place does not exist.</exception>
    public CollateralPlaces OpenCollateral(ParseResult parsed, TimeProvider time) => CollateralPlaces.Open(
        new CollateralArguments(parsed.GetValue(_collateral) ?? [], parsed.GetValue(_cache), parsed.GetValue(_offline)), time);

    /// <summary>The policy named, or the one for development if the venue is on this machine.</summary>
    /// <exception cref="StackException">No policy is given for a venue elsewhere, or the file is not one.</exception>
    public AttestationPolicy PolicyFor(ParseResult parsed, Uri venue) => PolicyChoice.For(venue, parsed.GetValue(Policy));
}
