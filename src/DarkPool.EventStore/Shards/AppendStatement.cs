using DarkPool.EventStore.Configuration;
using Npgsql;
using NpgsqlTypes;

namespace DarkPool.EventStore.Shards;

/// <summary>
/// The one statement that writes to a shard's stream. It does what Marten's rich append does (moves the stream's version, inserts events
/// that follow it) and checks version and epoch in the same breath, in one round trip that is its own transaction. Marten's session needs
/// three; on 64 KiB blocks that is the difference between half and nearly all of what PostgreSQL can take. Marten reads the result
/// like anything it wrote itself, which a test holds.
/// </summary>
internal sealed class AppendStatement : IAsyncDisposable
{
    private const string Sql = $$"""
        with fence as (
            update {{MartenConfiguration.Schema}}.mt_streams set version = $2 + $5, timestamp = now()
            where id = $1 and version = $2 and not is_archived
              and exists (select from {{MartenConfiguration.Schema}}.sequencer_epoch where shard = $3 and epoch = $4)
            returning 1)
        insert into {{MartenConfiguration.Schema}}.mt_events
            (seq_id, id, stream_id, version, data, bdata, type, mt_dotnet_type, tenant_id, timestamp, is_archived)
        select nextval('{{MartenConfiguration.Schema}}.mt_events_sequence'),
               fact.id, $1, $2 + fact.place, fact.data, null, fact.type, fact.dotnet, '*DEFAULT*', now(), false
        from fence, unnest($6, $7, $8, $9) with ordinality as fact(id, type, dotnet, data, place)
        union all
        select nextval('{{MartenConfiguration.Schema}}.mt_events_sequence'),
               $10, $1, $2 + $5, '{}', $11, '{{EventNames.BlockAppended}}', $12, '*DEFAULT*', now(), false
        from fence where $11 is not null
        """;

    private readonly NpgsqlCommand _command;

    private AppendStatement(NpgsqlCommand command) => _command = command;

    public static async Task<AppendStatement> PrepareAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var command = new NpgsqlCommand(Sql, connection);
        NpgsqlDbType[] types =
        [
            NpgsqlDbType.Varchar, NpgsqlDbType.Bigint, NpgsqlDbType.Bigint, NpgsqlDbType.Bigint, NpgsqlDbType.Bigint,
            NpgsqlDbType.Array | NpgsqlDbType.Uuid, NpgsqlDbType.Array | NpgsqlDbType.Varchar, NpgsqlDbType.Array | NpgsqlDbType.Varchar,
            NpgsqlDbType.Array | NpgsqlDbType.Jsonb, NpgsqlDbType.Uuid, NpgsqlDbType.Bytea, NpgsqlDbType.Varchar,
        ];
        foreach (var type in types) command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type });
        await command.PrepareAsync(cancellation);
        return new AppendStatement(command);
    }

    /// <summary>Writes all of a batch or nothing.</summary>
    /// <returns>Whether the fence held and the batch is written and committed.</returns>
    public async Task<bool> ExecuteAsync(StreamFence fence, AppendBatch batch)
    {
        object[] values =
        [
            fence.Stream, fence.Version, (long)fence.Shard, checked((long)fence.Epoch), (long)batch.Count,
            batch.FactIds, batch.FactTypes, batch.FactDotNetTypes, batch.FactBodies,
            batch.BlockId, batch.Block is { } block ? block : DBNull.Value, AppendFact.BlockDotNetType,
        ];
        for (var index = 0; index < values.Length; index++) _command.Parameters[index].Value = values[index];
        return await _command.ExecuteNonQueryAsync(CancellationToken.None) == batch.Count;
    }

    public ValueTask DisposeAsync() => _command.DisposeAsync();
}

/// <summary>What must still hold when a batch is written.</summary>
/// <param name="Stream">The shard's stream.</param>
/// <param name="Shard">The shard.</param>
/// <param name="Epoch">The epoch that the writer holds.</param>
/// <param name="Version">The stream's version, as the writer knows it.</param>
internal readonly record struct StreamFence(string Stream, uint Shard, ulong Epoch, long Version);
