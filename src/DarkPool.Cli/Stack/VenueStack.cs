using System.Globalization;
using DarkPool.Chain.Signing;
using DarkPool.Cli.Commands;
using DarkPool.Cli.Processes;
using DarkPool.EventStore.Migrations;
using DarkPool.Local.Files;
using DarkPool.Local.Processes;

namespace DarkPool.Cli.Stack;

/// <summary>A whole venue on this machine: store, chain, enclave and host, each kept running, all stopped in order.</summary>
internal sealed class VenueStack : IAsyncDisposable
{
    /// <summary>Restoring a large log takes the enclave a while; it replays some hundred thousand envelopes a second.</summary>
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromMinutes(10);

    private static readonly Dictionary<int, string> NothingFatal = [];

    /// <summary>Exit codes of the host after which another start would end the same way.</summary>
    private static readonly Dictionary<int, string> FatalToHost = new()
    {
        [2] = "its settings are wrong",
        [3] = "another host serves this venue's store",
        [4] = "the event store has another schema",
    };

    private readonly Stack<IAsyncDisposable> _owned = new();
    private readonly List<SupervisedPart> _parts = [];
    private readonly StackOptions _options;
    private readonly Action<string> _status;
    private readonly TimeProvider _time;

    private VenueStack(StackOptions options, Action<string> status, TimeProvider time)
    {
        _options = options;
        _status = status;
        _time = time;
    }

    /// <summary>Address of the host.</summary>
    public Uri Venue { get; private set; } = null!;

    /// <summary>Faults when a part cannot be kept running.</summary>
    public Task Failure => Task.WhenAny(_parts.Select(part => part.Completion)).Unwrap();

    /// <summary>Starts everything and waits until the venue is ready.</summary>
    /// <param name="options">What to start.</param>
    /// <param name="demo">List the market of the demonstration too.</param>
    /// <param name="status">Takes lines for the user.</param>
    /// <param name="time">Clock of waits and restarts.</param>
    /// <param name="cancellation">Ends the start; what runs by then is stopped.</param>
    /// <exception cref="StackException">A part does not come up, or the data folder is in use.</exception>
    public static async Task<VenueStack> StartAsync(
        StackOptions options, bool demo, Action<string> status, TimeProvider time, CancellationToken cancellation)
    {
        var stack = new VenueStack(options, status, time);
        try
        {
            await stack.StartAsync(demo, cancellation);
            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops the parts, the last started first.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (SupervisedPart part in _parts)
            await part.StopWatchingAsync();
        while (_owned.TryPop(out IAsyncDisposable? part))
            await part.DisposeAsync();
    }

    private async Task StartAsync(bool demo, CancellationToken cancellation)
    {
        DataFolder folder = _options.Folder;
        Own(FolderLock.Take(folder.Root));
        RunningStack.Forget(folder);
        int port = HostPort.Choose(_options.Port);
        // A socket's path has at most some hundred bytes; the data folder's may be longer.
        TemporaryFolder sockets = Own(TemporaryFolder.Create("darkpool"));
        var parts = new VenueParts(folder, sockets.Sub("enclave"), _time);
        string postgres = await StartPostgresAsync(parts, cancellation);
        await MigrateAsync(postgres, cancellation);
        Uri chain = await StartChainAsync(parts, cancellation);
        using EvmKey deployer = PayerKey.Deployer();
        using EvmKey? publisher = _options.PublishesThroughEnclave ? null : PayerKey.Publisher();
        using GovernanceKeys governance = GovernanceKeys.LoadOrCreate(folder.Governance);
        using Deployment deployment = await Deployment.EnsureAsync(folder, chain, deployer, governance, _time, cancellation);
        if (publisher is not null)
            await deployment.RequireFundsAsync(publisher.Address, "publisher", PayerKey.PublisherVariable, cancellation);
        OwnerOnlyFile.CreateFolder(folder.Enclave);
        await SuperviseAsync(parts.Enclave(_options.Platform, chain, deployment.Contracts.Block), NothingFatal, cancellation);
        await SuperviseAsync(parts.Host(postgres, chain, deployment.Contracts.Block, publisher, port), FatalToHost, cancellation);
        Venue = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        using var http = new HttpClient { BaseAddress = Venue };
        await new Readiness(http, _time).WaitAsync(Failure, ReadyLimit, cancellation);
        await EnclaveRegistration.EnsureAsync(deployment, Venue, _options.Trust, _status, _time, cancellation);
        await new VenueListing(http, deployment.Genesis, governance, deployment.Contracts).EnsureAsync(demo, cancellation);
        new RunningStack(Environment.ProcessId, Venue.ToString(), postgres, chain.ToString()).Save(folder);
        Own(new ForgetOnStop(folder));
    }

    private async Task<string> StartPostgresAsync(VenueParts parts, CancellationToken cancellation)
    {
        if (_options.Postgres is { } given)
            return given;
        string connection = "";
        await SuperviseAsync(
            "postgres",
            async token =>
            {
                var postgres = await parts.PostgresAsync(token);
                connection = postgres.ConnectionString;
                return RunningPart.Of(postgres);
            },
            NothingFatal,
            cancellation);
        return connection;
    }

    private async Task<Uri> StartChainAsync(VenueParts parts, CancellationToken cancellation)
    {
        if (_options.Chain is { } given)
            return given;
        Uri? address = null;
        await SuperviseAsync(
            "chain",
            async token =>
            {
                var chain = await parts.ChainAsync(address?.Port ?? 0, token);
                address = chain.Url;
                return RunningPart.Of(chain);
            },
            NothingFatal,
            cancellation);
        return address!;
    }

    private async Task MigrateAsync(string postgres, CancellationToken cancellation)
    {
        foreach (MigrationScript script in await new Migrator(postgres).MigrateAsync(cancellation: cancellation))
            _status("applied " + script.Name);
    }

    private Task SuperviseAsync(ChildProcessOptions program, Dictionary<int, string> fatal, CancellationToken cancellation) =>
        SuperviseAsync(program.Name, _ => Task.FromResult(RunningPart.Of(ChildProcess.Start(program))), fatal, cancellation);

    private async Task SuperviseAsync(
        string name, Func<CancellationToken, Task<RunningPart>> start, Dictionary<int, string> fatal, CancellationToken cancellation)
    {
        SupervisedPart part = await SupervisedPart.StartAsync(name, start, fatal, _status, _time, cancellation);
        _parts.Add(part);
        _owned.Push(part);
        _status(string.Create(CultureInfo.InvariantCulture, $"{name} runs (process {part.ProcessId})"));
    }

    private T Own<T>(T part)
        where T : IDisposable
    {
        _owned.Push(new AsyncDisposal(part));
        return part;
    }

    private sealed class AsyncDisposal(IDisposable inner) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            inner.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    private sealed class ForgetOnStop(DataFolder folder) : IDisposable
    {
        public void Dispose() => RunningStack.Forget(folder);
    }
}
