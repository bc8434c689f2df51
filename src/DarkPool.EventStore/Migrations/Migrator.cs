using Npgsql;

namespace DarkPool.EventStore.Migrations;

/// <summary>
/// Brings a database to this version's schema: the scripts it lacks, in order, each in a transaction of its own together with its entry in
/// <c>darkpool.schema_migration</c>. Two that run at once take turns. A script that was applied must not have changed since.
/// </summary>
public sealed class Migrator
{
    /// <summary>Key of the advisory lock under which one migrator works at a time.</summary>
    private const long LockKey = 0x4450_4D49_4752_0001;

    private readonly string _connectionString;
    private readonly IReadOnlyList<MigrationScript> _scripts;

    /// <summary>Makes a migrator.</summary>
    /// <param name="connectionString">Npgsql connection string of the database; it must exist.</param>
    public Migrator(string connectionString)
        : this(connectionString, MigrationScript.All)
    {
    }

    internal Migrator(string connectionString, IReadOnlyList<MigrationScript> scripts)
    {
        _connectionString = connectionString;
        _scripts = scripts;
    }

    /// <summary>The scripts that the database lacks.</summary>
    /// <exception cref="MigrationException">An applied script has changed, or the database is of a newer version.</exception>
    /// <exception cref="NpgsqlException">The database cannot be reached.</exception>
    public async Task<IReadOnlyList<MigrationScript>> ReadPendingAsync(CancellationToken cancellation = default)
    {
        await using var connection = await ConnectAsync(cancellation);
        return await PendingAsync(connection, cancellation);
    }

    /// <summary>Applies what the database lacks.</summary>
    /// <param name="dryRun">Only say what would be applied; nothing is written.</param>
    /// <param name="progress">Is told when each script begins and when it is done.</param>
    /// <param name="cancellation">Stops before the next script; the running one is rolled back.</param>
    /// <returns>The scripts that were applied, or in a dry run would be.</returns>
    /// <exception cref="MigrationException">A script failed, an applied one has changed, or the database is of a newer version.</exception>
    /// <exception cref="NpgsqlException">The database cannot be reached.</exception>
    public async Task<IReadOnlyList<MigrationScript>> MigrateAsync(
        bool dryRun = false, IProgress<MigrationProgress>? progress = null, CancellationToken cancellation = default)
    {
        await using var connection = await ConnectAsync(cancellation);
        if (dryRun)
        {
            var pending = await PendingAsync(connection, cancellation);
            for (var index = 0; index < pending.Count; index++) progress?.Report(new(pending[index], index + 1, pending.Count, true));
            return pending;
        }

        await LockAsync(connection, cancellation);
        await MigrationLedger.CreateAsync(connection, cancellation);
        var scripts = await PendingAsync(connection, cancellation);
        for (var index = 0; index < scripts.Count; index++)
        {
            progress?.Report(new(scripts[index], index + 1, scripts.Count, false));
            await ApplyAsync(connection, scripts[index], cancellation);
            progress?.Report(new(scripts[index], index + 1, scripts.Count, true));
        }

        return scripts;
    }

    /// <summary>Refuses a database that is not of this version: what a server calls before it does anything else.</summary>
    /// <exception cref="MigrationException">Scripts are missing, an applied one has changed, or the database is newer.</exception>
    /// <exception cref="NpgsqlException">The database cannot be reached.</exception>
    public async Task AssertMigratedAsync(CancellationToken cancellation = default)
    {
        var pending = await ReadPendingAsync(cancellation);
        if (pending.Count == 0) return;
        throw new MigrationException(
            $"The database lacks {pending.Count} of {_scripts.Count} migrations (the first is {pending[0].Name}). "
            + "Run 'darkpool migrate' on it first.");
    }

    /// <summary>The advisory lock ends with the connection, so a migrator that dies leaves none behind: hence no pooling.</summary>
    private async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_connectionString) { Pooling = false }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static async Task LockAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select pg_advisory_lock($1)", connection) { CommandTimeout = 0 };
        command.Parameters.AddWithValue(LockKey);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private async Task<IReadOnlyList<MigrationScript>> PendingAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var applied = await MigrationLedger.ReadAsync(connection, cancellation);
        foreach (var migration in applied)
        {
            if (migration.Number > _scripts.Count)
                throw new MigrationException($"The database is newer than this program, which does not know {migration.Name}.");
            var script = _scripts[migration.Number - 1];
            if (script.Checksum != migration.Checksum)
                throw new MigrationException($"{script.Name} has changed since it was applied to this database: scripts never change.");
        }

        return [.. _scripts.Where(script => applied.All(migration => migration.Number != script.Number))];
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, MigrationScript script, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        try
        {
#pragma warning disable CA2100 // The text is a resource of this assembly.
            await using var command = new NpgsqlCommand(script.Sql, connection, transaction) { CommandTimeout = 0 };
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(cancellation);
            await MigrationLedger.AddAsync(transaction, script, cancellation);
            await transaction.CommitAsync(cancellation);
        }
        catch (PostgresException e)
        {
            throw new MigrationException($"{script.Name} failed and was rolled back: {e.MessageText} ({e.SqlState}).", e);
        }
    }
}
