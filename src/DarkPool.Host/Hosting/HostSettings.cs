using DarkPool.Protocol.Blocks;

namespace DarkPool.Host.Hosting;

/// <summary>Everything an operator can set. Defaults suit one venue on one machine.</summary>
internal sealed record HostSettings
{
    /// <summary>Where the enclave listens: <c>unix:/path</c> or <c>tcp:host:port</c>.</summary>
    public required string Enclave { get; init; }

    /// <summary>Npgsql connection string of the event store. May hold a password: never printed.</summary>
    public required string Postgres { get; init; }

    /// <summary>Genesis file of the venue.</summary>
    public required string GenesisFile { get; init; }

    /// <summary>JSON-RPC address through which settlement batches are published; none: they queue in the outbox.</summary>
    public Uri? Chain { get; init; }

    /// <summary>Address of the chain as clients reach it, told by <c>/v1/venue</c>.</summary>
    public string? PublicChainUrl { get; init; }

    /// <summary>File with the hex key that pays for publication.</summary>
    public string? PublisherKeyFile { get; init; }

    /// <summary>Whether settlement batches are sent by the enclave's platform rather than by an account of the host.</summary>
    public bool PublishesThroughEnclave { get; init; }

    /// <summary>Blocks of the chain, its own included, that a settlement must have on it to count as confirmed.</summary>
    public int Confirmations { get; init; } = 1;

    /// <summary>Block of the chain from which the registry's events are searched: where it was created.</summary>
    public int ChainStartBlock { get; init; }

    /// <summary>Addresses to listen on, separated by semicolons.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:8787";

    /// <summary>How blocks are closed.</summary>
    public BlockSettings Blocks { get; init; } = new();

    /// <summary>What clients may ask for.</summary>
    public ClientLimits Clients { get; init; } = new();

    /// <summary>How long the start waits for an enclave to answer before it gives up.</summary>
    public TimeSpan EnclaveWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a drain may take before the process ends anyway.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(25);
}

/// <summary>When a block closes, and how often the enclave's state is sealed into a snapshot.</summary>
internal sealed record BlockSettings
{
    /// <summary>Most entries of a block, 1 to 4,096.</summary>
    public int Entries { get; init; } = BlockLimits.MaxEntries;

    /// <summary>Most body bytes of a block, 8 KiB to 2 MiB.</summary>
    public int BodyBytes { get; init; } = BlockLimits.MaxBodyBytes;

    /// <summary>How long the first entry of a block may wait for company.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>After this time without entries an empty block is written, so that orders expire and batches close.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A snapshot is sealed after this many entries of the log, so that a restart replays no more than about a second.</summary>
    public int SnapshotEntries { get; init; } = 500_000;

    /// <summary>A snapshot is sealed after this many blocks even if they are small.</summary>
    public int SnapshotBlocks { get; init; } = 10_000;
}

/// <summary>Bounds on what clients can make the host hold or do. Generous: they stop floods, not trading.</summary>
internal sealed record ClientLimits
{
    /// <summary>Most bytes of a request body; the protocol's limit.</summary>
    public const int BodyBytes = 1 << 20;

    /// <summary>Most blocks of settlement batches in one answer of the tape.</summary>
    public const int TapeLimit = 1_000;

    /// <summary>Most envelopes of one request; as many as a body of the smallest class can hold.</summary>
    public int EnvelopesPerRequest { get; init; } = BodyBytes / 256;

    /// <summary>Most bytes waiting to enter a block; past it intake answers 503. About half a second of a busy venue.</summary>
    public int IntakeBytes { get; init; } = 64 << 20;

    /// <summary>Requests a second and remote address, on average.</summary>
    public int RequestsPerSecond { get; init; } = 20_000;

    /// <summary>Report streams at one time.</summary>
    public int Streams { get; init; } = 10_000;

    /// <summary>Report streams at one time from one remote address.</summary>
    public int StreamsPerAddress { get; init; } = 2_000;

    /// <summary>How long a request waits for its receipt before it is answered 503.</summary>
    public TimeSpan ReceiptWait { get; init; } = TimeSpan.FromSeconds(15);
}
