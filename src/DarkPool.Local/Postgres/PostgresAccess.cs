using Npgsql;

namespace DarkPool.Local.Postgres;

/// <summary>How the server of a cluster is reached by those who know its password.</summary>
internal sealed class PostgresAccess(ClusterFolder folder, string password)
{
    public string ConnectionStringFor(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = folder.Socket,
        Username = ClusterSetup.Superuser,
        Password = password,
        Database = database,
    }.ConnectionString;

    /// <summary>Whether the server takes connections by now.</summary>
    public async Task<bool> AcceptsAsync(CancellationToken cancellation)
    {
        try
        {
            await using var connection = await OpenAsync(cancellation);
            return true;
        }
        catch (NpgsqlException e) when (e is not PostgresException { SqlState: not PostgresErrorCodes.CannotConnectNow })
        {
            return false;
        }
    }

    /// <summary>A connection of its own, outside every pool.</summary>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellation)
    {
        var builder = new NpgsqlConnectionStringBuilder(ConnectionStringFor("postgres")) { Pooling = false };
        var connection = new NpgsqlConnection(builder.ConnectionString);
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
}
