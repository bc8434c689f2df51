using DarkPool.EventStore.Configuration;
using DarkPool.EventStore.Facts;
using JasperFx.Events;
using Marten;
using Marten.Exceptions;
using Marten.Services;
using Npgsql;

namespace DarkPool.EventStore.Shards;

/// <summary>
/// Taking a shard: the epoch is raised by compare-and-set and the stream gets <see cref="SequencerEpochStarted"/>, in one transaction. So
/// a writer of an older epoch fails twice over, at the epoch and at the stream's version, whichever it reaches first.
/// </summary>
internal static class SequencerEpoch
{
    /// <summary>Takes the epoch after the one that <paramref name="tail"/> saw.</summary>
    /// <exception cref="FenceLostException">Somebody else was faster; nothing was written.</exception>
    public static async Task<SequencerEpochStarted> TakeAsync(
        IDocumentStore store,
        NpgsqlConnection connection,
        uint shard,
        ShardTail tail,
        string holder,
        TimeProvider time,
        CancellationToken cancellation)
    {
        var started = new SequencerEpochStarted(
            shard, checked(tail.Epoch + 1), holder, tail.Last.Number, time.GetUtcNow().ToUnixTimeMilliseconds() * 1000);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (!await CompareAndSetAsync(transaction, tail.Epoch, started, cancellation))
            throw new FenceLostException(shard, started.Epoch, "another sequencer took this epoch first");

        await using var session = store.LightweightSession(SessionOptions.ForTransaction(transaction));
        if (tail.Version == 0) session.Events.StartStream(StreamKeys.Shard(shard), started);
        else session.Events.Append(StreamKeys.Shard(shard), tail.Version + 1, started);
        try
        {
            await session.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
        catch (Exception e) when (IsConflict(e))
        {
            throw new FenceLostException(shard, started.Epoch, "the shard's stream has moved", e);
        }

        return started;
    }

    /// <summary>
    /// Marten's ways to say that a stream is not where it was expected: the first by version, the others for a stream that is new, where
    /// the loser only sees that a row is there already.
    /// </summary>
    public static bool IsConflict(Exception exception) => exception switch
    {
        EventStreamUnexpectedMaxEventIdException or JasperFx.Events.ExistingStreamIdCollisionException => true,
        Marten.Exceptions.ExistingStreamIdCollisionException => true,
        MartenCommandException { InnerException: PostgresException inner } => IsConflict(inner),
        PostgresException refusal => refusal.SqlState == PostgresErrorCodes.UniqueViolation,
        _ => false,
    };

    private static async Task<bool> CompareAndSetAsync(
        NpgsqlTransaction transaction, ulong expected, SequencerEpochStarted started, CancellationToken cancellation)
    {
        const string Table = $"{MartenConfiguration.Schema}.sequencer_epoch";
        await using var command = new NpgsqlCommand(
            $"""
            insert into {Table} as held (shard, epoch, holder) values ($1, $2, $3)
            on conflict (shard) do update set epoch = excluded.epoch, holder = excluded.holder, taken = excluded.taken where held.epoch = $4
            """,
            transaction.Connection,
            transaction);
        command.Parameters.AddWithValue((long)started.Shard);
        command.Parameters.AddWithValue(checked((long)started.Epoch));
        command.Parameters.AddWithValue(started.Holder);
        command.Parameters.AddWithValue(checked((long)expected));
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }
}
