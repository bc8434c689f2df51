using DarkPool.Local.Postgres;

namespace DarkPool.Cli.Stack;

/// <summary>A way to the event store of a data folder, whether or not the stack runs on it.</summary>
internal sealed class StoreAccess : IAsyncDisposable
{
    /// <summary>
    /// A command reads what it needs once: a server's cache would only be memory to fill, which takes as long as reading the log does.
    /// </summary>
    private static readonly Dictionary<string, string> ReadOnce = new() { ["shared_buffers"] = "16MB" };

    private readonly LocalPostgres? _own;

    private StoreAccess(string connectionString, LocalPostgres? own)
    {
        ConnectionString = connectionString;
        _own = own;
    }

    /// <summary>May hold a password: never printed.</summary>
    public string ConnectionString { get; }

    /// <summary>
    /// The server that is given, else the one of the running stack, else the private one, started for as long as this lives.
    /// </summary>
    public static async Task<StoreAccess> OpenAsync(DataFolder folder, string? given, CancellationToken cancellation)
    {
        if (given is not null)
            return new StoreAccess(given, null);
        if (RunningStack.Load(folder) is { } running)
            return new StoreAccess(running.Postgres, null);
        LocalPostgres postgres = await LocalPostgres.StartAsync(
            new LocalPostgresOptions { DataFolder = folder.Postgres, Settings = ReadOnce }, cancellation);
        return new StoreAccess(postgres.ConnectionString, postgres);
    }

    public ValueTask DisposeAsync() => _own is null ? ValueTask.CompletedTask : _own.DisposeAsync();
}
