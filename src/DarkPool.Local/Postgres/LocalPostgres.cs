using DarkPool.Local.Files;
using DarkPool.Local.Processes;
using DarkPool.Local.Tools;
using Npgsql;

namespace DarkPool.Local.Postgres;

/// <summary>
/// A private PostgreSQL server on a data folder: initialised on first use, resumed later, reached only over a Unix socket that this user
/// alone can open. It works for any user, root included (under whom PostgreSQL itself refuses to run), wherever the folder lies.
/// </summary>
public sealed class LocalPostgres : IAsyncDisposable
{
    private readonly FolderLock _lock;
    private readonly ChildProcess _server;
    private readonly PostgresAccess _access;
    private readonly string _database;

    private LocalPostgres(FolderLock folderLock, ChildProcess server, PostgresAccess access, string database)
    {
        _lock = folderLock;
        _server = server;
        _access = access;
        _database = database;
    }

    /// <summary>Connects to the database of the options. It holds the password: hand it to children in their environment.</summary>
    public string ConnectionString => ConnectionStringFor(_database);

    /// <summary>The server's process id.</summary>
    public int ProcessId => _server.Id;

    /// <summary>Completes with its exit code when the server ends, for whatever reason.</summary>
    public Task<int> Exited => _server.Exited;

    /// <summary>Starts a server on the folder and waits until it accepts connections.</summary>
    /// <exception cref="IOException">
    /// Another process uses the folder, or the server does not start: the message has its last lines.
    /// </exception>
    /// <exception cref="TimeoutException">It did not accept connections in time.</exception>
    /// <exception cref="FileNotFoundException">PostgreSQL is not installed.</exception>
    /// <exception cref="PlatformNotSupportedException">This is Windows, or a Linux without util-linux.</exception>
    public static async Task<LocalPostgres> StartAsync(LocalPostgresOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("The private PostgreSQL needs Linux or macOS: give --postgres");
        }

        var folder = new ClusterFolder(options.DataFolder);
        var programs = Toolchain.Postgres;
        var folderLock = FolderLock.Take(folder.Root);
        try
        {
            var account = await PostgresAccount.ResolveAsync(folder, programs, cancellation);
            var password = await ClusterSetup.EnsureAsync(folder, programs, account, cancellation);
            await PostmasterFile.ClearAsync(folder.Cluster, PostgresServer.StopTimeout, options.Time, cancellation);
            PrivateFiles.CreateFolder(folder.Socket);
            ClusterSetup.Give(folder.Socket, account);
            var access = new PostgresAccess(folder, password);
            var server = await new PostgresServer(folder, programs, account, access, options).StartAsync(cancellation);
            return await OpenAsync(new LocalPostgres(folderLock, server, access, options.Database), cancellation);
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    }

    /// <summary>Connects to a database of this server by name. It holds the password.</summary>
    public string ConnectionStringFor(string database) => _access.ConnectionStringFor(database);

    /// <summary>Creates a database if there is none of that name.</summary>
    /// <param name="name">Its name, of at most 63 bytes.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task CreateDatabaseAsync(string name, CancellationToken cancellation = default)
    {
        await using var connection = await _access.OpenAsync(cancellation);
        await using var exists = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection);
        exists.Parameters.AddWithValue(name);
        if (await exists.ExecuteScalarAsync(cancellation) is not null) return;
        using var quoting = new NpgsqlCommandBuilder();
#pragma warning disable CA2100 // A database name cannot be a parameter; it is quoted.
        await using var create = new NpgsqlCommand($"create database {quoting.QuoteIdentifier(name)}", connection);
#pragma warning restore CA2100
        await create.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Ends the server at once (SIGKILL), as a fault would: for tests of recovery.</summary>
    public void Kill() => _server.Kill();

    /// <summary>Shuts the server down: open connections are ended, everything committed is on disk.</summary>
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _lock.Dispose();
    }

    private static async Task<LocalPostgres> OpenAsync(LocalPostgres postgres, CancellationToken cancellation)
    {
        try
        {
            await postgres.CreateDatabaseAsync(postgres._database, cancellation);
            return postgres;
        }
        catch
        {
            await postgres.DisposeAsync();
            throw;
        }
    }
}
