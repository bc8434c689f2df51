using DarkPool.EventStore.Migrations;
using DarkPool.Local.Files;
using DarkPool.Local.Postgres;
using Npgsql;

namespace DarkPool.Load.Durable;

/// <summary>A database for one measurement, on a given server or on a private one; it is gone afterwards.</summary>
internal sealed class ScratchDatabase : IAsyncDisposable
{
    private readonly string _server;
    private readonly LocalPostgres? _private;
    private readonly TemporaryFolder? _folder;
    private readonly string _name = $"darkpool_load_{Environment.ProcessId}";

    private ScratchDatabase(string server, LocalPostgres? privateServer, TemporaryFolder? folder)
    {
        _server = server;
        _private = privateServer;
        _folder = folder;
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = _name }.ConnectionString;
    }

    public string ConnectionString { get; }

    /// <summary>The server's version, and whether its commits are on disk when they are acknowledged.</summary>
    public string Server { get; private set; } = "";

    public static async Task<ScratchDatabase> CreateAsync(string? postgres)
    {
        var folder = postgres is null ? TemporaryFolder.Create("darkpool-load") : null;
        var privateServer = folder is null
            ? null
            : await LocalPostgres.StartAsync(new LocalPostgresOptions { DataFolder = folder.Sub("postgres"), Database = "postgres" });
        var database = new ScratchDatabase(postgres ?? privateServer!.ConnectionString, privateServer, folder);
        await database.ExecuteAsync($"create database {database._name}");
        database.Server = await database.ExecuteAsync(
            "select concat_ws(' ', 'PostgreSQL', current_setting('server_version'), "
            + "'synchronous_commit', current_setting('synchronous_commit'))");
        await new Migrator(database.ConnectionString).MigrateAsync();
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await ExecuteAsync($"drop database {_name} with (force)");
        if (_private is not null) await _private.DisposeAsync();
        _folder?.Dispose();
    }

    private async Task<string> ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_server) { Pooling = false });
#pragma warning disable CA2100 // The name is this process's own.
        await using var command = source.CreateCommand(sql);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync() as string ?? "";
    }
}
