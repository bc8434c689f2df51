using System.Security.Cryptography;
using DarkPool.EventStore.Configuration;
using DarkPool.EventStore.Facts;
using Marten;
using Npgsql;

namespace DarkPool.EventStore.Snapshots;

/// <summary>Finds the latest snapshot of a shard whose bytes are those that were stored.</summary>
internal sealed class SnapshotReader(NpgsqlDataSource source, ISerializer serializer, uint shard)
{
    private const string Facts = $"""
        select data from {MartenConfiguration.Schema}.mt_events
        where stream_id = $1 and type = '{EventNames.SnapshotSealed}' order by seq_id desc limit $2
        """;

    private const string Chunks =
        $"select bytes from {MartenConfiguration.Schema}.snapshot_chunk where snapshot = $1 order by ordinal";

    /// <summary>How far back to look: older ones than this are deleted.</summary>
    private const int Kept = 2;

    /// <returns>Null if there is none: the state is then rebuilt from block 1.</returns>
    public async Task<SealedSnapshot?> ReadLatestAsync(CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        foreach (var fact in await ReadFactsAsync(connection, cancellation))
        {
            if (await ReadBytesAsync(connection, fact, cancellation) is { } bytes) return new SealedSnapshot(fact, bytes);
        }

        return null;
    }

    private async Task<List<SnapshotSealed>> ReadFactsAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Facts, connection);
        command.Parameters.AddWithValue(StreamKeys.Shard(shard));
        command.Parameters.AddWithValue(Kept);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var facts = new List<SnapshotSealed>();
        while (await reader.ReadAsync(cancellation)) facts.Add(serializer.FromJson<SnapshotSealed>(reader, 0));
        return facts;
    }

    private static async Task<byte[]?> ReadBytesAsync(NpgsqlConnection connection, SnapshotSealed fact, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Chunks, connection);
        command.Parameters.AddWithValue(fact.Id);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var bytes = new byte[fact.Length];
        var filled = 0;
        while (await reader.ReadAsync(cancellation))
        {
            var chunk = reader.GetFieldValue<byte[]>(0);
            if (chunk.Length > bytes.Length - filled) return null;
            chunk.CopyTo(bytes, filled);
            filled += chunk.Length;
        }

        return filled == bytes.Length && SHA256.HashData(bytes).AsSpan().SequenceEqual(fact.Hash) ? bytes : null;
    }
}
