using System.CommandLine;
using System.CommandLine.Parsing;
using DarkPool.Attestation;
using DarkPool.Attestation.Simulated;
using DarkPool.Protocol.Link;

namespace DarkPool.Enclave.CommandLine;

/// <summary>The command line of the enclave.</summary>
internal static class EnclaveCommand
{
    private static readonly Option<LinkEndpoint> Listen = new("--listen")
    {
        Description = "Where the host connects: unix:/path or tcp:address:port.",
        Required = true,
        CustomParser = result => Parsed(result, LinkEndpoint.Parse),
    };

    private static readonly Option<FileInfo> Genesis = new Option<FileInfo>("--genesis")
    {
        Description = "The venue's genesis file.",
        Required = true,
    }.AcceptExistingOnly();

    private static readonly Option<DirectoryInfo> State = new("--state")
    {
        Description = "Folder of what the evidence provider keeps; the simulated one keeps its root key there.",
        Required = true,
    };

    private static readonly Option<string> Provider = new Option<string>("--provider")
    {
        Description = "Who attests the enclave and keeps its root key.",
        DefaultValueFactory = _ => SimulatedProvider.ProviderName,
    }.AcceptOnlyFromAmong([.. EvidenceProviders.Names]);

    private static readonly Option<string?> Platform = new("--platform")
    {
        HelpName = "PATH",
        Description = "The provider's socket (dstack, rofl) or report folder (tsm) [default: where the platform puts it].",
    };

    private static readonly Option<byte[]?> KmsRoot = new("--kms-root")
    {
        HelpName = "HEX",
        Description = "dstack: compressed key of the key management service (33 bytes), as its contract publishes it.",
        CustomParser = result => Parsed(result, text => text.Length == 66 && text.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(text)
            : throw new FormatException("A compressed key is 33 bytes of hex.")),
    };

    private static readonly Option<bool> EphemeralKeys = new("--ephemeral-keys")
    {
        Description = "Make new keys that die with this process, for platforms that keep none (tsm). A venue does not outlive them.",
    };

    private static readonly Option<FileInfo> PeerPolicy = new Option<FileInfo>("--peer-policy")
    {
        HelpName = "FILE",
        Description = "The policy by which this enclave judges its peers; its hash is part of the evidence.",
    }.AcceptExistingOnly();

    private static readonly Option<LinkEndpoint?> PeerListen = new("--peer-listen")
    {
        HelpName = "ADDRESS",
        Description = "Where other enclaves may ask for the venue's keys, unix:/path or tcp:address:port; needs --peer-policy.",
        CustomParser = result => Parsed(result, LinkEndpoint.Parse),
    };

    private static readonly Option<LinkEndpoint?> Join = new("--join")
    {
        HelpName = "ADDRESS",
        Description = "Take the venue's keys from the enclave that listens there for peers; needs --peer-policy.",
        CustomParser = result => Parsed(result, LinkEndpoint.Parse),
    };

    private static readonly Option<string[]> Collateral = new("--collateral")
    {
        HelpName = "PLACE",
        Description =
            "Collateral for peers: a file, a folder, or a caching service; may be repeated [default: Intel's and AMD's services].",
        AllowMultipleArgumentsPerToken = false,
    };

    private static readonly Option<Uri?> Chain = new("--chain")
    {
        Description = "The enclave's own chain node, an http or https address.",
        CustomParser = result =>
            Parsed(result, text => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new FormatException("A chain node is an http or https address.")),
    };

    private static readonly Option<bool> ReplayOnly = new("--replay-only")
    {
        Description = "Replay a log and never go live; needs no chain.",
    };

    private static readonly Option<int?> Confirmations = new("--confirmations")
    {
        Description = "Blocks that a deposit must have on it, its own included (default: 1 on a local chain, 32 on any other).",
        Validators = { result => { if (result.GetValueOrDefault<int?>() < 1) result.AddError("At least 1 confirmation."); } },
    };

    private static readonly Option<ulong> DepositsFrom = new("--deposits-from")
    {
        Description = "First block of the chain that may hold a deposit: where the vault was created.",
    };

    /// <summary>Makes the root command.</summary>
    /// <param name="run">Runs the enclave and returns the process's exit code.</param>
    public static RootCommand Create(Func<EnclaveOptions, CancellationToken, Task<int>> run)
    {
        var root = new RootCommand("The DarkPool enclave: opens sealed commands, executes them, and tells only their owners.")
        {
            Listen, Genesis, State, Provider, Platform, KmsRoot, EphemeralKeys, PeerPolicy, PeerListen, Join, Collateral,
            Chain, ReplayOnly, Confirmations, DepositsFrom,
        };
        root.Validators.Add(result =>
        {
            if (result.GetValue(Chain) is null && !result.GetValue(ReplayOnly))
                result.AddError(
                    "--chain is needed, because the enclave reads deposits and the anchored head itself; only --replay-only goes without.");
        });
        root.Validators.Add(result =>
        {
            var meetsPeers = result.GetValue(PeerListen) is not null || result.GetValue(Join) is not null;
            if (meetsPeers && result.GetValue(PeerPolicy) is null)
                result.AddError("--peer-listen and --join need --peer-policy FILE: what a peer must prove.");
            if (result.GetValue(Join) is not null && result.GetValue(EphemeralKeys))
                result.AddError("--join takes a peer's keys, --ephemeral-keys makes new ones: only one of them.");
        });
        root.SetAction((result, cancellationToken) => run(Options(result), cancellationToken));
        return root;
    }

    private static EnclaveOptions Options(ParseResult result) => new()
    {
        Listen = result.GetRequiredValue(Listen),
        Genesis = result.GetRequiredValue(Genesis),
        State = result.GetRequiredValue(State),
        Provider = result.GetRequiredValue(Provider),
        Platform = result.GetValue(Platform),
        KmsRoot = result.GetValue(KmsRoot) is { Length: > 0 } root ? root : null,
        EphemeralKeys = result.GetValue(EphemeralKeys),
        PeerPolicy = result.GetValue(PeerPolicy),
        PeerListen = result.GetValue(PeerListen),
        Join = result.GetValue(Join),
        Collateral = result.GetValue(Collateral) ?? [],
        Chain = result.GetValue(ReplayOnly) ? null : result.GetValue(Chain),
        ReplayOnly = result.GetValue(ReplayOnly),
        Confirmations = result.GetValue(Confirmations),
        DepositsFrom = result.GetValue(DepositsFrom),
    };

    private static T? Parsed<T>(ArgumentResult result, Func<string, T> parse)
    {
        try
        {
            return parse(result.Tokens.Single().Value);
        }
        catch (FormatException e)
        {
            result.AddError(e.Message);
            return default;
        }
    }
}
