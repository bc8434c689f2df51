using System.Runtime.CompilerServices;
using DarkPool.EventStore.Configuration;
using DarkPool.EventStore.Facts;
using Marten;
using Npgsql;

namespace DarkPool.EventStore.Shards;

/// <summary>Reads the recorded results of a shard's blocks.</summary>
internal sealed class ExecutionReader(NpgsqlDataSource source, ISerializer serializer, uint shard)
{
    private const string From = $"""
        select data from {MartenConfiguration.Schema}.mt_events
        where stream_id = $1 and type = '{EventNames.BlockExecuted}' and (data ->> 'number')::bigint >= $2
        order by (data ->> 'number')::bigint
        """;

    private const string Batches = $"""
        select data from {MartenConfiguration.Schema}.mt_events
        where stream_id = $1 and type = '{EventNames.SettlementBatchClosed}' and seq_id >= $2 order by seq_id
        """;

    public IAsyncEnumerable<BlockExecuted> ReadAsync(ulong from, CancellationToken cancellation) =>
        ReadJsonAsync<BlockExecuted>(From, checked((long)from), cancellation);

    public IAsyncEnumerable<SettlementBatchClosed> ReadBatchesAsync(CancellationToken cancellation) =>
        ReadJsonAsync<SettlementBatchClosed>(Batches, 1, cancellation);

    public async Task<BlockExecuted?> ReadOneAsync(ulong number, CancellationToken cancellation)
    {
        await foreach (var executed in ReadAsync(number, cancellation)) return executed.Number == number ? executed : null;
        return null;
    }

    private async IAsyncEnumerable<T> ReadJsonAsync<T>(string sql, long from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
#pragma warning disable CA2100 // The texts are the constants above.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        command.Parameters.AddWithValue(StreamKeys.Shard(shard));
        command.Parameters.AddWithValue(from);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) yield return serializer.FromJson<T>(reader, 0);
    }
}
