using Npgsql;
using NpgsqlTypes;

namespace DarkPool.Load.Durable;

/// <summary>The limit that the log is measured against: a table of a number and bytes, and nothing between the program and it.</summary>
internal sealed class RawTable : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlCommand _insert;

    private RawTable(NpgsqlConnection connection, NpgsqlCommand insert)
    {
        _connection = connection;
        _insert = insert;
    }

    public static async Task<RawTable> CreateAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using (var create = new NpgsqlCommand(
            "create table raw_block (number bigint primary key, bytes bytea not null);"
            + "alter table raw_block alter column bytes set storage external",
            connection))
        {
            await create.ExecuteNonQueryAsync();
        }

        var insert = new NpgsqlCommand("insert into raw_block (number, bytes) values ($1, $2)", connection);
        insert.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Bigint });
        insert.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Bytea });
        await insert.PrepareAsync();
        return new RawTable(connection, insert);
    }

    public async Task AppendAsync(ulong number, ReadOnlyMemory<byte> bytes)
    {
        _insert.Parameters[0].Value = (long)number;
        _insert.Parameters[1].Value = bytes;
        await _insert.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _insert.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
