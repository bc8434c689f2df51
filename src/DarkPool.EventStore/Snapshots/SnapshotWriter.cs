using System.Security.Cryptography;
using DarkPool.EventStore.Configuration;
using DarkPool.EventStore.Facts;
using DarkPool.EventStore.Shards;
using Npgsql;
using NpgsqlTypes;

namespace DarkPool.EventStore.Snapshots;

/// <summary>
/// Stores the bytes of sealed snapshots. Chunks go in first, beside the blocks and without holding them up; the fact
/// <see cref="SnapshotSealed"/>, appended after they are durable, makes them a snapshot. Every statement checks the epoch.
/// </summary>
internal sealed class SnapshotWriter(NpgsqlDataSource source, uint shard, ulong epoch)
{
    /// <summary>Bytes of a chunk: large enough to be fast, small enough to read one at a time.</summary>
    private const int ChunkBytes = 1024 * 1024;

    /// <summary>Snapshots kept: should the latest be damaged, the one before and a longer replay give the same state.</summary>
    private const int Kept = 2;

    private const string HoldsEpoch =
        $"exists (select from {MartenConfiguration.Schema}.sequencer_epoch where shard = $1 and epoch = $2)";

    private const string Insert = $"""
        insert into {MartenConfiguration.Schema}.snapshot_chunk (snapshot, ordinal, shard, bytes)
        select $3, $4, $1, $5 where {HoldsEpoch}
        """;

    private const string DeleteOld = $"""
        delete from {MartenConfiguration.Schema}.snapshot_chunk where shard = $1 and {HoldsEpoch} and snapshot not in (
            select (data ->> 'id')::uuid from {MartenConfiguration.Schema}.mt_events
            where stream_id = $3 and type = '{EventNames.SnapshotSealed}' order by seq_id desc limit $4)
        """;

    /// <summary>Stores the chunks.</summary>
    /// <returns>The fact that makes them valid, to be appended next.</returns>
    /// <exception cref="FenceLostException">The epoch is over.</exception>
    public async Task<SnapshotSealed> WriteChunksAsync(LogPosition position, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        var id = Guid.CreateVersion7();
        var chunks = (bytes.Length + ChunkBytes - 1) / ChunkBytes;
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var insert = Command(connection, Insert);
        insert.Parameters.AddWithValue(id);
        var ordinal = insert.Parameters.AddWithValue(0);
        var chunk = insert.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Bytea });
        for (var index = 0; index < chunks; index++)
        {
            ordinal.Value = index;
            chunk.Value = bytes.Slice(index * ChunkBytes, Math.Min(ChunkBytes, bytes.Length - (index * ChunkBytes)));
            if (await insert.ExecuteNonQueryAsync(cancellation) != 1)
                throw new FenceLostException(shard, epoch, "another epoch is in force");
        }

        return new SnapshotSealed
        {
            Id = id,
            Block = position.Number,
            Head = position.Head.ToArray(),
            Length = bytes.Length,
            Chunks = chunks,
            Hash = SHA256.HashData(bytes.Span),
        };
    }

    /// <summary>Deletes all chunks but those of the latest snapshots.</summary>
    public async Task DeleteOldAsync(CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var delete = Command(connection, DeleteOld);
        delete.Parameters.AddWithValue(StreamKeys.Shard(shard));
        delete.Parameters.AddWithValue(Kept);
        await delete.ExecuteNonQueryAsync(cancellation);
    }

    private NpgsqlCommand Command(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // The texts are the constants above.
        var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        command.Parameters.AddWithValue((long)shard);
        command.Parameters.AddWithValue(checked((long)epoch));
        return command;
    }
}
