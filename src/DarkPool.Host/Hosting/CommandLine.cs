using System.CommandLine;
using System.Globalization;
using DarkPool.Protocol.Blocks;

namespace DarkPool.Host.Hosting;

/// <summary>
/// The options of the process. Each can also come from the environment (<c>--block-linger-ms</c> is <c>DARKPOOL_BLOCK_LINGER_MS</c>) or
/// from <c>appsettings.json</c> (section <c>DarkPool</c>, key <c>block_linger_ms</c>); the command line wins, then the environment.
/// </summary>
internal sealed class CommandLine
{
    private readonly IConfiguration _configuration;
    private readonly Option<string?> _enclave, _postgres, _genesis, _chain, _publicChain, _publisherKey, _publisher, _urls;
    private readonly Option<int?> _port;
    private readonly Option<int> _confirmations, _chainStart, _entries, _bodyBytes, _linger, _idle, _snapshotBlocks, _snapshotEntries;
    private readonly Option<int> _envelopes, _intakeBytes, _rate, _streams, _streamsPerAddress, _receiptWait, _enclaveWait, _drain;

    private CommandLine(IConfiguration configuration)
    {
        _configuration = configuration;
        var settings = new HostSettings { Enclave = "", Postgres = "", GenesisFile = "" };
        var (blocks, clients) = (settings.Blocks, settings.Clients);
        _enclave = Text("enclave", "ENDPOINT", "where the enclave listens: unix:/path or tcp:host:port (required)");
        _postgres = Text("postgres", "CONN", "Npgsql connection string of the event store (required)");
        _genesis = Text("genesis", "FILE", "genesis file of the venue (required)");
        _chain = Text("chain", "URL", "JSON-RPC address for publishing settlement batches; without it they queue");
        _publicChain = Text("public-chain-url", "URL", "address of the chain as clients reach it, told by /v1/venue");
        _publisherKey = Text("publisher-key-file", "FILE", "hex secp256k1 key that pays for publication; or DARKPOOL_PUBLISHER_KEY");
        _publisher = Text("publisher", "account|enclave", "who sends settlement batches: an account, or the enclave's platform [account]");
        _confirmations = Number("confirmations", 1, 10_000, settings.Confirmations, "chain blocks until a settlement counts as confirmed");
        _chainStart = Number("chain-start-block", 0, int.MaxValue, settings.ChainStartBlock, "chain block that created the registry");
        _urls = Text("urls", "URLS", $"addresses to listen on, separated by ';' [default: {settings.Urls}]");
        _port = new Option<int?>("--port") { HelpName = "N", Description = "listen on 127.0.0.1 at this port instead (0: any free one)" };
        Bound(_port, 0, 65_535);
        _entries = Number("block-entries", 1, BlockLimits.MaxEntries, blocks.Entries, "most entries of a block");
        _bodyBytes = Number("block-bytes", 8_192, BlockLimits.MaxBodyBytes, blocks.BodyBytes, "most body bytes of a block");
        _linger = Number("block-linger-ms", 0, 1_000, Milliseconds(blocks.Linger), "how long a block waits for more entries");
        _idle = Number("block-idle-ms", 50, 60_000, Milliseconds(blocks.Idle), "pause after which an empty block is written");
        _snapshotBlocks = Number("snapshot-blocks", 1, 1_000_000, blocks.SnapshotBlocks, "blocks between sealed snapshots, at most");
        _snapshotEntries = Number("snapshot-entries", 1, 1 << 30, blocks.SnapshotEntries, "log entries between sealed snapshots, at most");
        _envelopes = Number("max-envelopes", 1, 65_536, clients.EnvelopesPerRequest, "most envelopes of one request");
        _intakeBytes = Number("intake-bytes", ClientLimits.BodyBytes, 1 << 30, clients.IntakeBytes, "most bytes waiting for a block");
        _rate = Number("client-rate", 1, 10_000_000, clients.RequestsPerSecond, "requests a second and remote address");
        _streams = Number("max-streams", 1, 1_000_000, clients.Streams, "report streams at one time");
        _streamsPerAddress = Number("max-streams-per-client", 1, 1_000_000, clients.StreamsPerAddress, "report streams of an address");
        _receiptWait = Number("receipt-wait-s", 1, 600, Seconds(clients.ReceiptWait), "how long a request waits for its receipt");
        _enclaveWait = Number("enclave-wait-s", 0, 3_600, Seconds(settings.EnclaveWait), "how long the start waits for the enclave");
        _drain = Number("drain-s", 1, 600, Seconds(settings.DrainTime), "how long a drain may take");
    }

    /// <summary>Parses, and runs with the settings unless help, version or an error ends it first.</summary>
    /// <returns>The exit code.</returns>
    internal static Task<int> InvokeAsync(string[] args, IConfiguration configuration, Func<HostSettings, Task<ExitCode>> run)
    {
        var line = new CommandLine(configuration);
        var root = new RootCommand("The untrusted half of a DarkPool venue: HTTP API, sequencer, event store, publication.");
        foreach (var option in line.All()) root.Add(option);
        root.SetAction(async parsed => (int)await run(line.Read(parsed)));
        var result = root.Parse(args);
        if (result.Errors.Count > 0)
        {
            Console.Error.WriteLine($"error: {result.Errors[0].Message}");
            return Task.FromResult((int)ExitCode.Misconfigured);
        }

        // ASP.NET Core listens to signals itself and drains; faults are told by the caller in one line.
        return result.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
    }

    private Option[] All() =>
    [
        _enclave, _postgres, _genesis, _chain, _publicChain, _publisherKey, _publisher, _confirmations, _chainStart, _urls, _port,
        _entries, _bodyBytes, _linger, _idle, _snapshotBlocks, _snapshotEntries, _envelopes, _intakeBytes, _rate, _streams,
        _streamsPerAddress, _receiptWait, _enclaveWait, _drain,
    ];

    private HostSettings Read(ParseResult parsed)
    {
        var port = parsed.GetValue(_port) ?? Configured("--port");
        var defaults = new HostSettings
        {
            Enclave = Required(parsed, _enclave),
            Postgres = Required(parsed, _postgres),
            GenesisFile = Required(parsed, _genesis),
        };
        return defaults with
        {
            Chain = Address(parsed, _chain),
            PublicChainUrl = Value(parsed, _publicChain),
            PublisherKeyFile = Value(parsed, _publisherKey),
            PublishesThroughEnclave = Value(parsed, _publisher) switch
            {
                null or "account" => false,
                "enclave" => true,
                _ => throw new HostFailure(ExitCode.Misconfigured, $"{_publisher.Name} is account or enclave"),
            },
            Confirmations = parsed.GetValue(_confirmations),
            ChainStartBlock = parsed.GetValue(_chainStart),
            Urls = port is not null
                ? string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")
                : Value(parsed, _urls) ?? defaults.Urls,
            Blocks = new BlockSettings
            {
                Entries = parsed.GetValue(_entries),
                BodyBytes = parsed.GetValue(_bodyBytes),
                Linger = TimeSpan.FromMilliseconds(parsed.GetValue(_linger)),
                Idle = TimeSpan.FromMilliseconds(parsed.GetValue(_idle)),
                SnapshotBlocks = parsed.GetValue(_snapshotBlocks),
                SnapshotEntries = parsed.GetValue(_snapshotEntries),
            },
            Clients = new ClientLimits
            {
                EnvelopesPerRequest = parsed.GetValue(_envelopes),
                IntakeBytes = parsed.GetValue(_intakeBytes),
                RequestsPerSecond = parsed.GetValue(_rate),
                Streams = parsed.GetValue(_streams),
                StreamsPerAddress = parsed.GetValue(_streamsPerAddress),
                ReceiptWait = TimeSpan.FromSeconds(parsed.GetValue(_receiptWait)),
            },
            EnclaveWait = TimeSpan.FromSeconds(parsed.GetValue(_enclaveWait)),
            DrainTime = TimeSpan.FromSeconds(parsed.GetValue(_drain)),
        };
    }

    private string? Value(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) ?? _configuration[Key(option.Name)];

    private string Required(ParseResult parsed, Option<string?> option) =>
        Value(parsed, option) ?? throw new HostFailure(
            ExitCode.Misconfigured, $"{option.Name} is required (or {Variable(option.Name)} in the environment); see --help");

    private Uri? Address(ParseResult parsed, Option<string?> option) =>
        Value(parsed, option) is not { } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address
        : throw new HostFailure(ExitCode.Misconfigured, $"{option.Name} is not an http or https address");

    /// <summary>A text option has no default value: help would print it, and it may be a connection string of the environment.</summary>
    private static Option<string?> Text(string name, string form, string description) =>
        new($"--{name}") { HelpName = form, Description = description };

    private Option<int> Number(string name, int least, int most, int standard, string description)
    {
        var option = new Option<int>($"--{name}")
        {
            HelpName = "N",
            Description = $"{description} ({least} to {most})",
            DefaultValueFactory = _ => Configured($"--{name}") ?? standard,
        };
        Bound(option, least, most);
        return option;
    }

    private static void Bound(Option option, int least, int most) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int?>() is { } value && (value < least || value > most))
            result.AddError($"{option.Name} must be from {least} to {most}");
    });

    private int? Configured(string name)
    {
        if (_configuration[Key(name)] is not { } text) return null;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)) return value;
        throw new HostFailure(ExitCode.Misconfigured, $"{Variable(name)} is not a whole number");
    }

    private static string Key(string name) => name.TrimStart('-').Replace('-', '_');

    private static string Variable(string name) => $"DARKPOOL_{Key(name).ToUpperInvariant()}";

    private static int Milliseconds(TimeSpan span) => (int)span.TotalMilliseconds;

    private static int Seconds(TimeSpan span) => (int)span.TotalSeconds;
}
