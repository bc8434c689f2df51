using Npgsql;

namespace DarkPool.EventStore.Tests.Support;

/// <summary>Statements outside every pool, as another process would send them.</summary>
internal static class Sql
{
    public static async Task<int> ExecuteAsync(string connectionString, string sql, params object[] values)
    {
        await using var source = Source(connectionString);
        await using var command = Command(source, sql, values);
        return await command.ExecuteNonQueryAsync();
    }

    public static async Task<T> ScalarAsync<T>(string connectionString, string sql, params object[] values)
    {
        await using var source = Source(connectionString);
        await using var command = Command(source, sql, values);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private static NpgsqlDataSource Source(string connectionString) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });

    private static NpgsqlCommand Command(NpgsqlDataSource source, string sql, object[] values)
    {
#pragma warning disable CA2100 // The texts are the tests' own.
        var command = source.CreateCommand(sql);
#pragma warning restore CA2100
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
