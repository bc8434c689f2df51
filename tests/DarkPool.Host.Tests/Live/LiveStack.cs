using System.Globalization;
using DarkPool.Chain.Deployment;
using DarkPool.Chain.Rpc;
using DarkPool.Chain.Signing;
using DarkPool.Chain.Transactions;
using DarkPool.EventStore.Migrations;
using DarkPool.Local.Anvil;
using DarkPool.Local.Files;
using DarkPool.Local.Postgres;
using DarkPool.Local.Processes;
using Xunit;

namespace DarkPool.Host.Tests.Live;

/// <summary>A private PostgreSQL and a private chain for all tests with real processes; they run one after another.</summary>
public sealed class LiveStack : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = TemporaryFolder.Create("darkpool host live");
    private LocalPostgres? _postgres;
    private LocalChain? _chain;
    private int _venues;

    internal string Folder => _folder.FullPath;

    internal Uri ChainUrl => _chain!.Url;

    public async Task InitializeAsync()
    {
        await StartPostgresAsync();
        _chain = await LocalChain.StartAsync(new LocalChainOptions { DataFolder = _folder.Sub("chain") });
    }

    public async Task DisposeAsync()
    {
        if (_chain is not null) await _chain.DisposeAsync();
        if (_postgres is not null) await _postgres.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>A number for a venue's folder and database.</summary>
    internal int NextVenue() => Interlocked.Increment(ref _venues);

    /// <summary>A database without tables.</summary>
    internal async Task<string> CreateEmptyDatabaseAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"empty_{NextVenue()}");
        await _postgres!.CreateDatabaseAsync(name);
        return _postgres.ConnectionStringFor(name);
    }

    /// <summary>A database with the schema of this version.</summary>
    internal async Task<string> CreateDatabaseAsync(int venue)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"venue_{venue}");
        await _postgres!.CreateDatabaseAsync(name);
        await new Migrator(_postgres.ConnectionStringFor(name)).MigrateAsync();
        return _postgres.ConnectionStringFor(name);
    }

    /// <summary>Contracts of a venue of its own.</summary>
    internal async Task<VenueDeployment> DeployAsync()
    {
        using var rpc = new JsonRpcClient(ChainUrl);
        using var key = EvmKey.Parse(DevAccount.Deployer.PrivateKey);
        using var owner = new TransactionSender(new EvmNode(rpc), key);
        return await new ContractDeployer(owner).DeployAsync(DeploymentPlan.Local);
    }

    /// <summary>Ends PostgreSQL as a fault would.</summary>
    internal async Task KillPostgresAsync()
    {
        _postgres!.Kill();
        await _postgres.Exited;
        await _postgres.DisposeAsync();
        _postgres = null;
    }

    internal async Task StartPostgresAsync() =>
        _postgres = await LocalPostgres.StartAsync(new LocalPostgresOptions { DataFolder = _folder.Sub("postgres") });

    /// <summary>A program of ours, from the folder beside this test's own.</summary>
    internal static ChildProcess Start(
        string project, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?> environment, Action<string>? onLine = null)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(own.Parent!.Parent!.FullName, project, own.Name, $"{project}.dll");
        return ChildProcess.Start(new ChildProcessOptions
        {
            Name = project,
            FileName = Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
            Arguments = [program, .. arguments],
            Environment = environment,
            OnLine = onLine,
        });
    }
}

/// <summary>The tests that share the stack.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class LiveTests : ICollectionFixture<LiveStack>
{
    public const string Name = "Live";
}
