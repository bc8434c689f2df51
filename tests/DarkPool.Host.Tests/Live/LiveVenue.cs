using System.Collections.Concurrent;
using System.Globalization;
using DarkPool.Chain.Deployment;
using DarkPool.Host.Tests.Support;
using DarkPool.Local.Anvil;
using DarkPool.Local.Processes;
using DarkPool.Protocol.Identity;
using Npgsql;

namespace DarkPool.Host.Tests.Live;

/// <summary>
/// One venue with everything real: its contracts, its database, an enclave under a supervisor, and host processes as a test asks.
/// </summary>
internal sealed class LiveVenue : IAsyncDisposable
{
    private readonly LiveStack _stack;
    private readonly string _folder;
    private readonly Task _supervisor;
    private readonly CancellationTokenSource _ending = new();
    private volatile ChildProcess? _enclave;

    private LiveVenue(LiveStack stack, string folder, Genesis genesis, VenueDeployment deployment, string database)
    {
        (_stack, _folder, Genesis, Deployment, Database) = (stack, folder, genesis, deployment, database);
        _supervisor = SuperviseAsync();
    }

    public Genesis Genesis { get; }

    public VenueDeployment Deployment { get; }

    public string Database { get; }

    public string GenesisFile => Path.Combine(_folder, "genesis.json");

    /// <summary>Unix sockets have short paths.</summary>
    public string Endpoint { get; } = $"unix:{Path.Combine(Path.GetTempPath(), $"dph-{Guid.NewGuid():N}.sock")}";

    /// <summary>What hosts and enclaves of this venue have printed.</summary>
    public ConcurrentQueue<string> Output { get; } = new();

    public static async Task<LiveVenue> CreateAsync(LiveStack stack)
    {
        var number = stack.NextVenue();
        var folder = Path.Combine(stack.Folder, string.Create(CultureInfo.InvariantCulture, $"venue {number}"));
        Directory.CreateDirectory(folder);
        var deployment = await stack.DeployAsync();
        var genesis = new Genesis(
            deployment.ChainId, deployment.Vault, deployment.Registry, deployment.Shard, 1, [TestVenue.PublicKey(TestVenue.Governor)]);
        await File.WriteAllTextAsync(Path.Combine(folder, "genesis.json"), genesis.ToJson());
        return new LiveVenue(stack, folder, genesis, deployment, await stack.CreateDatabaseAsync(number));
    }

    /// <summary>The options of a host of this venue, name and value in turn; those given here win.</summary>
    public IReadOnlyList<string> HostArguments(params IReadOnlyList<string> given)
    {
        var options = new Dictionary<string, string>
        {
            ["--enclave"] = Endpoint,
            ["--genesis"] = GenesisFile,
            ["--chain"] = _stack.ChainUrl.ToString(),
            ["--port"] = "0",
            ["--block-idle-ms"] = "200",
        };
        foreach (var pair in given.Chunk(2)) options[pair[0]] = pair[1];
        return [.. options.SelectMany(option => new[] { option.Key, option.Value })];
    }

    /// <summary>What a host of this venue finds in its environment.</summary>
    public IReadOnlyDictionary<string, string?> HostEnvironment => new Dictionary<string, string?>
    {
        ["DARKPOOL_POSTGRES"] = Database,
        ["DARKPOOL_PUBLISHER_KEY"] = DevAccount.Publisher.PrivateKey,
    };

    /// <summary>Starts a host and waits until it is ready.</summary>
    public async Task<LiveHost> StartHostAsync(params IReadOnlyList<string> more)
    {
        var host = await LiveHost.StartAsync(HostArguments(more), HostEnvironment, Output.Enqueue);
        await host.ReadyAsync();
        return host;
    }

    /// <summary>Runs a host that is expected to end by itself.</summary>
    /// <returns>Its exit code and what it wrote.</returns>
    public async Task<(int Code, IReadOnlyList<string> Lines)> RunHostAsync(
        IReadOnlyDictionary<string, string?>? environment = null, params IReadOnlyList<string> more)
    {
        await using var host = LiveStack.Start("DarkPool.Host", HostArguments(more), environment ?? HostEnvironment);
        var code = await host.Exited;
        return (code, host.RecentLines);
    }

    /// <summary>Ends the enclave as a fault would; its supervisor starts it again.</summary>
    public async Task KillEnclaveAsync()
    {
        var enclave = _enclave!;
        enclave.Kill();
        await enclave.Exited;
    }

    public Task<long> CountEventsAsync() => ScalarAsync("select count(*) from darkpool.mt_events");

    public Task<long> CountEnvelopesAsync() => ScalarAsync(
        "select coalesce(sum((data ->> 'entries')::bigint), 0)::bigint from darkpool.mt_events where type = 'block_executed'");

    public async Task<long> ScalarAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Database);
        await connection.OpenAsync();
#pragma warning disable CA2100 // The texts are written in the tests.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _supervisor;
        _ending.Dispose();
    }

    private async Task SuperviseAsync()
    {
        while (!_ending.IsCancellationRequested)
        {
            await using var enclave = LiveStack.Start(
                "DarkPool.Enclave",
                [
                    "--listen", Endpoint, "--genesis", GenesisFile, "--state", Path.Combine(_folder, "state"), "--provider", "simulated",
                    "--chain", _stack.ChainUrl.ToString(),
                ],
                new Dictionary<string, string?>(),
                Output.Enqueue);
            _enclave = enclave;
            try
            {
                await enclave.Exited.WaitAsync(_ending.Token);
            }
            catch (OperationCanceledException)
            {
                // the venue ends, and its enclave with it
            }
        }
    }
}
