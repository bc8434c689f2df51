using Npgsql;

namespace DarkPool.EventStore.Migrations;

/// <summary>The table that remembers which scripts a database has seen, and with which text.</summary>
internal static class MigrationLedger
{
    private const string Create = """
        create schema if not exists darkpool;
        create table if not exists darkpool.schema_migration (
            number   integer     not null primary key,
            name     text        not null,
            checksum text        not null,
            applied  timestamptz not null default now()
        );
        """;

    public static async Task CreateAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Create, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The applied scripts by number; none if the database was never migrated.</summary>
    public static async Task<IReadOnlyList<AppliedMigration>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var exists = new NpgsqlCommand("select to_regclass('darkpool.schema_migration') is not null", connection);
        if (!(bool)(await exists.ExecuteScalarAsync(cancellation))!) return [];

        await using var command = new NpgsqlCommand(
            "select number, name, checksum from darkpool.schema_migration order by number", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var applied = new List<AppliedMigration>();
        while (await reader.ReadAsync(cancellation)) applied.Add(new(reader.GetInt32(0), reader.GetString(1), reader.GetString(2)));
        return applied;
    }

    public static async Task AddAsync(NpgsqlTransaction transaction, MigrationScript script, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "insert into darkpool.schema_migration (number, name, checksum) values ($1, $2, $3)", transaction.Connection, transaction);
        command.Parameters.AddWithValue(script.Number);
        command.Parameters.AddWithValue(script.Name);
        command.Parameters.AddWithValue(script.Checksum);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

/// <summary>A script that a database has seen.</summary>
internal readonly record struct AppliedMigration(int Number, string Name, string Checksum);
