using System.Globalization;
using System.Security.Cryptography;
using DarkPool.Chain.Signing;
using DarkPool.Cli.Processes;
using DarkPool.Local.Anvil;
using DarkPool.Local.Postgres;
using DarkPool.Local.Processes;

namespace DarkPool.Cli.Stack;

/// <summary>How each process of the stack is started.</summary>
internal sealed class VenueParts(DataFolder folder, string socket, TimeProvider time)
{
    /// <summary>Longer than the host's own drain limit.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Blocks come without traffic too, so that a reader which waits for depth is not kept waiting.</summary>
    private static readonly TimeSpan ChainBlockTime = TimeSpan.FromSeconds(1);

    /// <summary>Where the enclave listens.</summary>
    public string EnclaveEndpoint => "unix:" + socket;

    public Task<LocalPostgres> PostgresAsync(CancellationToken cancellation) =>
        LocalPostgres.StartAsync(new LocalPostgresOptions { DataFolder = folder.Postgres, Time = time }, cancellation);

    /// <param name="port">The port it had before, which others know; 0 at the first start.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<LocalChain> ChainAsync(int port, CancellationToken cancellation) => LocalChain.StartAsync(
        new LocalChainOptions { DataFolder = folder.Chain, Port = port, BlockTime = ChainBlockTime, Time = time }, cancellation);

    public ChildProcessOptions Enclave(EnclavePlatform platform, Uri chain, ulong depositsFrom) => Program(
        "enclave", "DarkPool.Enclave", new Dictionary<string, string?>(),
        [
            "--listen", EnclaveEndpoint, "--genesis", folder.Genesis, "--state", folder.Enclave,
            "--chain", chain.ToString(),
            "--deposits-from", depositsFrom.ToString(CultureInfo.InvariantCulture),
            .. platform.Arguments,
        ]);

    /// <summary>Connection string and key go into the environment: arguments are visible to every user of the machine.</summary>
    /// <param name="postgres">Connection string of the store.</param>
    /// <param name="chain">JSON-RPC address.</param>
    /// <param name="chainStart">Block that created the contracts.</param>
    /// <param name="publisher">The account that publishes; null: the enclave's platform does.</param>
    /// <param name="port">Port of the host.</param>
    public ChildProcessOptions Host(string postgres, Uri chain, ulong chainStart, EvmKey? publisher, int port)
    {
        var environment = new Dictionary<string, string?> { ["DARKPOOL_POSTGRES"] = postgres };
        if (publisher is not null)
        {
            var secret = new byte[EvmKey.Size];
            publisher.Export(secret);
            environment["DARKPOOL_PUBLISHER_KEY"] = "0x" + Convert.ToHexStringLower(secret);
            CryptographicOperations.ZeroMemory(secret);
        }
        return Program(
            "host", "DarkPool.Host", environment,
            "--enclave", EnclaveEndpoint, "--genesis", folder.Genesis, "--chain", chain.ToString(), "--public-chain-url", chain.ToString(),
            "--publisher", publisher is null ? "enclave" : "account",
            "--chain-start-block", chainStart.ToString(CultureInfo.InvariantCulture),
            "--port", port.ToString(CultureInfo.InvariantCulture));
    }

    private ChildProcessOptions Program(
        string name, string project, Dictionary<string, string?> environment, params string[] arguments) => new()
        {
            Name = name,
            FileName = Executables.Runtime,
            Arguments = [Executables.Find(project), .. arguments],
            Environment = environment,
            LogFile = folder.Log(name),
            StopTimeout = StopTimeout,
        };
}
