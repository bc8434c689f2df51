using System.Runtime.CompilerServices;
using DarkPool.EventStore.Configuration;
using DarkPool.EventStore.Facts;
using DarkPool.Protocol.Lending;
using DarkPool.Protocol.Link;
using Marten;
using Npgsql;

namespace DarkPool.EventStore.Shards;

/// <summary>Signed sheets that left the enclave with blocks: what is public of loans and liquidations.</summary>
internal sealed class PublishedSheets(NpgsqlDataSource source, ISerializer serializer, uint shard)
{
    private const string LatestReserves = $"""
        select data from {MartenConfiguration.Schema}.mt_events
        where stream_id = $1 and type = '{EventNames.ReservesPublished}' order by seq_id desc limit 1
        """;

    // A sheet has a bounded number of liquidations, so the one that holds the number after $2 starts not long before it.
    private const string Liquidations = $"""
        select data from {MartenConfiguration.Schema}.mt_events
        where stream_id = $1 and type = '{EventNames.LiquidationsPublished}'
          and (data ->> 'first')::bigint > $2 - $3 and (data ->> 'first')::bigint + (data ->> 'count')::bigint > $2 + 1
        order by (data ->> 'first')::bigint limit $4
        """;

    /// <summary>The sheets of an execution, as facts.</summary>
    /// <exception cref="ArgumentException">A sheet is not readable.</exception>
    public static IEnumerable<object> Of(BlockExecution execution)
    {
        if (execution.Reserves is { } reserves) yield return new ReservesPublished(execution.Number, execution.Time, reserves);
        if (execution.Liquidations is not { } bytes) yield break;
        if (!LiquidationSheet.TryRead(bytes, out var sheet))
            throw new ArgumentException("The liquidation sheet is not readable.", nameof(execution));
        yield return new LiquidationsPublished(sheet.First, sheet.Liquidations.Length, sheet.Block, sheet.Time, bytes);
    }

    /// <summary>The latest reserve sheet; null before the first.</summary>
    public async Task<ReservesPublished?> ReadReservesAsync(CancellationToken cancellation)
    {
        await foreach (var sheet in ReadAsync<ReservesPublished>(LatestReserves, [], cancellation)) return sheet;
        return null;
    }

    /// <summary>Sheets with liquidations behind a number, in order.</summary>
    public IAsyncEnumerable<LiquidationsPublished> ReadLiquidationsAsync(ulong after, int limit, CancellationToken cancellation) =>
        after > long.MaxValue / 2
            ? AsyncEnumerable.Empty<LiquidationsPublished>()
            : ReadAsync<LiquidationsPublished>(
                Liquidations, [(long)after, (long)LiquidationSheet.MaxLiquidations, (long)limit], cancellation);

    private async IAsyncEnumerable<T> ReadAsync<T>(
        string sql, long[] parameters, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
#pragma warning disable CA2100 // The texts are the constants above.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        command.Parameters.AddWithValue(StreamKeys.Shard(shard));
        foreach (var parameter in parameters) command.Parameters.AddWithValue(parameter);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) yield return serializer.FromJson<T>(reader, 0);
    }
}
