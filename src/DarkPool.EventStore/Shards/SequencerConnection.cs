using DarkPool.EventStore.Configuration;
using DarkPool.Protocol.Blocks;
using Npgsql;

namespace DarkPool.EventStore.Shards;

/// <summary>
/// The one connection by which a sequencer writes its shard. It holds the shard's advisory lock for as long as it lives. The lock is a
/// courtesy: it tells a second host at once that there is a first. Safety is the fence in <see cref="AppendStatement"/>. But holding the
/// lock has a second use: whoever gets it knows that its holder's connection is gone and its last transaction decided.
/// </summary>
internal sealed class SequencerConnection : IAsyncDisposable
{
    /// <summary>First key of the shards' advisory locks ("DPSL"); the second is the shard.</summary>
    private const int LockClass = 0x4450_534C;

    private AppendStatement? _append;

    private SequencerConnection(NpgsqlConnection connection) => Connection = connection;

    public NpgsqlConnection Connection { get; }

    /// <summary>Connects; nothing may be appended before <see cref="TakeLockAsync"/>.</summary>
    public static async Task<SequencerConnection> ConnectAsync(string connectionString, CancellationToken cancellation)
    {
        // Not pooled: a pooled connection outlives its user, and the lock with it.
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, MaxAutoPrepare = 0 };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            return new SequencerConnection(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes the lock and prepares to append.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="patience">How long to wait for the lock: a server needs a moment to notice that a killed client is gone.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="ShardInUseException">Somebody else has the lock and keeps it.</exception>
    public async Task TakeLockAsync(uint shard, TimeSpan patience, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(Connection);
        batch.BatchCommands.Add(Command("select set_config('lock_timeout', $1, false)", $"{(long)patience.TotalMilliseconds}ms"));
        batch.BatchCommands.Add(Command("select pg_advisory_lock($1, $2)", LockClass, unchecked((int)shard)));
        batch.BatchCommands.Add(Command("select set_config('lock_timeout', '0', false)"));
        try
        {
            await batch.ExecuteNonQueryAsync(cancellation);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new ShardInUseException(shard, await ReadHolderAsync(Connection, shard, cancellation));
        }

        _append = await AppendStatement.PrepareAsync(Connection, cancellation);
    }

    /// <inheritdoc cref="AppendStatement.ExecuteAsync"/>
    public Task<bool> AppendAsync(StreamFence fence, AppendBatch batch) =>
        (_append ?? throw new InvalidOperationException("The lock comes first.")).ExecuteAsync(fence, batch);

    /// <summary>The epoch in force.</summary>
    public async Task<ulong> ReadEpochAsync(uint shard, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"select coalesce((select epoch from {MartenConfiguration.Schema}.sequencer_epoch where shard = $1), 0)", Connection);
        command.Parameters.AddWithValue((long)shard);
        return checked((ulong)(long)(await command.ExecuteScalarAsync(cancellation))!);
    }

    /// <summary>Whether a batch is in the stream, in the place where <paramref name="fence"/> would have put it.</summary>
    public async Task<bool> ContainsAsync(StreamFence fence, AppendBatch batch, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"select id, substring(bdata for $3) from {MartenConfiguration.Schema}.mt_events where stream_id = $1 and version = $2",
            Connection);
        command.Parameters.AddWithValue(fence.Stream);
        command.Parameters.AddWithValue(fence.Version + batch.Count);
        command.Parameters.AddWithValue(BlockHeader.Size);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation) || reader.GetGuid(0) != batch.LastId) return false;
        return batch.Block is null || reader.GetFieldValue<byte[]>(1).AsSpan().SequenceEqual(batch.BlockHeaderBytes.Span);
    }

    public async ValueTask DisposeAsync()
    {
        if (_append is not null) await _append.DisposeAsync();
        await Connection.DisposeAsync();
    }

    private static async Task<string> ReadHolderAsync(NpgsqlConnection connection, uint shard, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"select holder || ' since ' || taken from {MartenConfiguration.Schema}.sequencer_epoch where shard = $1", connection);
        command.Parameters.AddWithValue((long)shard);
        return await command.ExecuteScalarAsync(cancellation) as string ?? "another process that is just starting";
    }

    private static NpgsqlBatchCommand Command(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
