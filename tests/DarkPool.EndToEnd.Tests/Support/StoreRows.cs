using Npgsql;

namespace DarkPool.EndToEnd.Tests.Support;

/// <summary>Looks into the event store past its library.</summary>
internal static class StoreRows
{
    /// <summary>Events of all streams, and sequencer epochs among them.</summary>
    public static async Task<(long Events, long Epochs)> CountAsync(string connectionString)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(connectionString);
        await using NpgsqlCommand command = source.CreateCommand(
            "select count(*), count(*) filter (where type = 'sequencer_epoch_started') from darkpool.mt_events");
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    /// <summary>Inverts one bit of a stored block.</summary>
    public static async Task FlipAsync(string connectionString, ulong block, int offset)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(connectionString);
        await using NpgsqlCommand command = source.CreateCommand(
            """
            update darkpool.mt_events set bdata = set_byte(bdata, $1, get_byte(bdata, $1) # 1)
            where seq_id = (select seq_id from darkpool.mt_events where type = 'block_appended' order by version offset $2 limit 1)
            """);
        command.Parameters.AddWithValue(offset);
        command.Parameters.AddWithValue((long)block - 1);
        if (await command.ExecuteNonQueryAsync() != 1)
            throw new InvalidOperationException($"There is no block {block}.");
    }

    /// <summary>Gives the first settlement batch another signature.</summary>
    /// <returns>The block that it closed with, and the signature that it had.</returns>
    public static async Task<(ulong Block, string Signature)> SignBatchAsync(string connectionString, string signature)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(connectionString);
        await using NpgsqlCommand command = source.CreateCommand(
            """
            with first as (
                select seq_id, data ->> 'signature' as was from darkpool.mt_events
                where type = 'settlement_batch_closed' order by seq_id limit 1)
            update darkpool.mt_events event set data = jsonb_set(event.data, '{signature}', to_jsonb($1::text))
            from first where event.seq_id = first.seq_id
            returning (event.data ->> 'lastBlock')::bigint, first.was
            """);
        command.Parameters.AddWithValue(signature);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        if (!await reader.ReadAsync())
            throw new InvalidOperationException("There is no settlement batch.");
        return ((ulong)reader.GetInt64(0), reader.GetString(1));
    }
}
