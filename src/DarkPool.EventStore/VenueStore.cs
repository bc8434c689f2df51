using DarkPool.EventStore.Configuration;
using DarkPool.EventStore.Facts;
using DarkPool.EventStore.Migrations;
using DarkPool.EventStore.Projections;
using DarkPool.EventStore.Shards;
using DarkPool.Protocol.Identity;
using Marten;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace DarkPool.EventStore;

/// <summary>The event store of a venue: one PostgreSQL database, with Marten's tables in the schema <c>darkpool</c>.</summary>
public sealed class VenueStore : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly DocumentStore _store;

    private readonly ILoggerFactory _loggers;

    private VenueStore(string connectionString, ILoggerFactory loggers)
    {
        ConnectionString = connectionString;
        _loggers = loggers;
        _source = NpgsqlDataSource.Create(connectionString);
        _store = MartenConfiguration.CreateStore(_source, ProjectionSignal);
        Tape = new Tape(_store);
        Outbox = new SettlementOutbox(_store, _source, ProjectionSignal);
    }

    /// <summary>The public record of settlements.</summary>
    public Tape Tape { get; }

    /// <summary>The settlement batches on their way to the chain.</summary>
    public SettlementOutbox Outbox { get; }

    /// <summary>Holds the password: for connections only.</summary>
    internal string ConnectionString { get; }

    internal ProjectionSignal ProjectionSignal { get; } = new();

    internal IDocumentStore Documents => _store;

    internal NpgsqlDataSource Source => _source;

    /// <summary>Opens the store.</summary>
    /// <param name="connectionString">Npgsql connection string of the database.</param>
    /// <param name="loggers">Where the projections and outages are told.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="MigrationException">The database is not of this version; nothing was written.</exception>
    /// <exception cref="NpgsqlException">The database cannot be reached.</exception>
    public static async Task<VenueStore> OpenAsync(
        string connectionString, ILoggerFactory? loggers = null, CancellationToken cancellation = default)
    {
        // Marten's quick append writes the time of day of the session's time zone as if it were UTC.
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Timezone = "UTC",
            ApplicationName = "darkpool",
            TcpKeepAlive = true,
        };
        await new Migrator(settings.ConnectionString).AssertMigratedAsync(cancellation);
        return new VenueStore(settings.ConnectionString, loggers ?? NullLoggerFactory.Instance);
    }

    /// <summary>Opens a shard for writing and so ends every older sequencer's right to it, unless one of them is still alive.</summary>
    /// <exception cref="ShardInUseException">Another host has the shard. Nothing was written.</exception>
    /// <exception cref="FenceLostException">Another host took the shard at the same moment. Nothing was written.</exception>
    /// <exception cref="NpgsqlException">The database cannot be reached.</exception>
    public async Task<ShardLog> OpenShardAsync(ShardLogOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var connection = await SequencerConnection.ConnectAsync(ConnectionString, cancellation);
        try
        {
            await connection.TakeLockAsync(options.Shard, options.Patience, cancellation);
            var tail = await ShardTail.ReadAsync(connection.Connection, options.Shard, options.GenesisHead, cancellation);
            var started = await SequencerEpoch.TakeAsync(
                _store, connection.Connection, options.Shard, tail, options.Holder, options.Time, cancellation);
            return new ShardLog(options, this, connection, tail, started);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads a shard's log.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="genesisHead">What block 1 names as its predecessor.</param>
    public ShardReader ReadShard(uint shard, Bytes32 genesisHead) => new(_source, _store.Options.Serializer(), shard, genesisHead);

    /// <summary>Reads all facts of a stream of low rate, in order: any but a shard's own.</summary>
    /// <param name="stream">One of <see cref="StreamKeys"/>.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<IReadOnlyList<object>> ReadFactsAsync(string stream, CancellationToken cancellation = default) =>
        new FactReader(_source, _store.Options.Serializer()).ReadAsync(stream, cancellation);

    /// <summary>The venue's status, as far as the projections have come.</summary>
    public async Task<VenueStatus> ReadStatusAsync(CancellationToken cancellation = default)
    {
        await using var session = _store.QuerySession();
        return await session.LoadAsync<VenueStatus>(VenueStatus.TheVenue, cancellation) ?? new VenueStatus();
    }

    /// <summary>Starts the projections: one host runs them at a time, the one that holds the shard.</summary>
    public Task<ProjectionRunner> StartProjectionsAsync(CancellationToken cancellation = default) =>
        ProjectionRunner.StartAsync(_store, ProjectionSignal, _loggers, cancellation);

    /// <summary>Closes all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _source.DisposeAsync();
    }
}
