using System.Globalization;
using DarkPool.EventStore.Migrations;
using DarkPool.Local.Files;
using DarkPool.Local.Postgres;
using Npgsql;
using Xunit;

namespace DarkPool.EventStore.Tests.Support;

/// <summary>One private PostgreSQL for all tests of this assembly, and a fresh migrated database for each that asks.</summary>
public sealed class PostgresCluster : IAsyncLifetime
{
    private const string Template = "template_migrated";
    private readonly TemporaryFolder _folder = TemporaryFolder.Create("darkpool eventstore");
    private LocalPostgres? _server;
    private int _databases;

    private LocalPostgres Server => _server ?? throw new InvalidOperationException("The server is down.");

    public string Folder => _folder.FullPath;

    public async Task InitializeAsync()
    {
        await StartAsync();
        await Server.CreateDatabaseAsync(Template);
        await new Migrator(Server.ConnectionStringFor(Template)).MigrateAsync();
        NpgsqlConnection.ClearAllPools();
    }

    public async Task DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>A database with the schema of this version. Answers its connection string.</summary>
    public async Task<string> CreateMigratedAsync()
    {
        var name = NextName();
        await Sql.ExecuteAsync(Server.ConnectionStringFor("postgres"), $"create database {name} template {Template}");
        return Server.ConnectionStringFor(name);
    }

    /// <summary>A database with nothing in it. Answers its connection string.</summary>
    public async Task<string> CreateEmptyAsync()
    {
        var name = NextName();
        await Server.CreateDatabaseAsync(name);
        return Server.ConnectionStringFor(name);
    }

    /// <summary>Ends the whole server as a power cut would, and leaves it down.</summary>
    public async Task KillAsync()
    {
        var server = Server;
        server.Kill();
        await server.Exited;
        await server.DisposeAsync();
        _server = null;
    }

    /// <summary>Starts the server on the same data.</summary>
    public async Task StartAsync() =>
        _server = await LocalPostgres.StartAsync(new LocalPostgresOptions { DataFolder = _folder.Sub("postgres") });

    private string NextName() => string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
}

/// <summary>The tests that share the server; they run one after another, because some of them kill it.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresTests : ICollectionFixture<PostgresCluster>
{
    public const string Name = "PostgreSQL";
}
