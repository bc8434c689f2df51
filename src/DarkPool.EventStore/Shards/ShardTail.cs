using DarkPool.EventStore.Configuration;
using DarkPool.EventStore.Facts;
using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Identity;
using Npgsql;

namespace DarkPool.EventStore.Shards;

/// <summary>The end of a shard's stream, read in one statement and so from one snapshot.</summary>
/// <param name="Version">Version of the stream; 0 if there is none.</param>
/// <param name="Epoch">The epoch in force; 0 if none was ever taken.</param>
/// <param name="Last">The last block.</param>
/// <param name="LastExecuted">Number of the last block whose public result is recorded; 0 if none.</param>
internal sealed record ShardTail(long Version, ulong Epoch, LogPosition Last, ulong LastExecuted)
{
    private const string Sql = $"""
        select coalesce((select version from {MartenConfiguration.Schema}.mt_streams where id = $1), 0),
               coalesce((select epoch from {MartenConfiguration.Schema}.sequencer_epoch where shard = $2), 0),
               (select substring(bdata for 112) from {MartenConfiguration.Schema}.mt_events
                where stream_id = $1 and type = '{EventNames.BlockAppended}' order by version desc limit 1),
               (select (data ->> 'number')::bigint from {MartenConfiguration.Schema}.mt_events
                where stream_id = $1 and type = '{EventNames.BlockExecuted}' order by (data ->> 'number')::bigint desc limit 1)
        """;

    /// <exception cref="LogCorruptException">The last block has no readable header.</exception>
    public static async Task<ShardTail> ReadAsync(
        NpgsqlConnection connection, uint shard, Bytes32 genesisHead, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.AddWithValue(StreamKeys.Shard(shard));
        command.Parameters.AddWithValue((long)shard);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new ShardTail(
            reader.GetInt64(0),
            checked((ulong)reader.GetInt64(1)),
            reader.IsDBNull(2) ? LogPosition.Genesis(genesisHead) : Position(reader.GetFieldValue<byte[]>(2), shard),
            reader.IsDBNull(3) ? 0 : checked((ulong)reader.GetInt64(3)));
    }

    private static LogPosition Position(byte[] headerBytes, uint shard) => BlockHeader.TryRead(headerBytes, out var header)
        ? LogPosition.After(header)
        : throw new LogCorruptException(shard, 0, "the last one has no readable header");
}
