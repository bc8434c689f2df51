using DarkPool.EventStore.Configuration;
using DarkPool.EventStore.Shards;
using Marten;
using Marten.Services;
using Npgsql;

namespace DarkPool.EventStore.Facts;

/// <summary>
/// Appends facts to the streams beside a shard's own, through Marten, under the shard's epoch: the transaction holds the epoch's row, so
/// that nobody takes the shard between the look at it and the commit. An attempt of unknown outcome is looked for by the ids of its events.
/// </summary>
internal sealed class FactWriter(IDocumentStore store, NpgsqlDataSource source, uint shard, ulong epoch, TimeProvider time) : IDisposable
{
    /// <summary>One at a time: two appends to one stream would only collide.</summary>
    private readonly SemaphoreSlim _gate = new(1, 1);

    public async Task AppendAsync(string stream, IReadOnlyList<object> facts, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfZero(facts.Count);
        if (stream == StreamKeys.Shard(shard)) throw new ArgumentException("The shard's own stream has its own ways in.", nameof(stream));
        foreach (var fact in facts)
        {
            if (!EventNames.All.ContainsKey(fact.GetType()))
                throw new ArgumentException($"{fact.GetType().Name} is not a fact.", nameof(facts));
        }

        Guid[] ids = [.. facts.Select(_ => Guid.CreateVersion7())];
        await _gate.WaitAsync(cancellation);
        try
        {
            for (var failures = 0; !await TryAppendAsync(stream, facts, ids, failures > 0, cancellation);)
                await Outage.PauseAsync(++failures, time, cancellation);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    /// <returns>False if the store is gone.</returns>
    private async Task<bool> TryAppendAsync(
        string stream, IReadOnlyList<object> facts, Guid[] ids, bool again, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await HoldEpochAsync(transaction, cancellation);
            if (again && await ContainsAsync(transaction, stream, ids[^1], cancellation)) return true;
            await using var session = store.LightweightSession(SessionOptions.ForTransaction(transaction));
            var appended = session.Events.Append(stream, facts).Events;
            for (var index = 0; index < ids.Length; index++) appended[index].Id = ids[index];
            await session.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            return true;
        }
        catch (Exception e) when (Outage.Is(e) || (e.InnerException is { } inner && Outage.Is(inner)))
        {
            return false;
        }
    }

    private async Task HoldEpochAsync(NpgsqlTransaction transaction, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"select epoch from {MartenConfiguration.Schema}.sequencer_epoch where shard = $1 for share",
            transaction.Connection,
            transaction);
        command.Parameters.AddWithValue((long)shard);
        if (await command.ExecuteScalarAsync(cancellation) is not long inForce || checked((ulong)inForce) != epoch)
            throw new FenceLostException(shard, epoch, "another epoch is in force");
    }

    private static async Task<bool> ContainsAsync(NpgsqlTransaction transaction, string stream, Guid id, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"select exists (select from {MartenConfiguration.Schema}.mt_events where stream_id = $1 and id = $2)",
            transaction.Connection,
            transaction);
        command.Parameters.AddWithValue(stream);
        command.Parameters.AddWithValue(id);
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
