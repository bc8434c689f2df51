using Microsoft.Extensions.Logging;

namespace DarkPool.EventStore.Shards;

/// <summary>
/// Writes batches to a shard's stream under one epoch, exactly once each: it waits while the store is gone, and resolves what it cannot
/// know (a connection lost during the commit) by looking into the stream before it tries again. One batch at a time.
/// </summary>
internal sealed partial class ShardWriter : IAsyncDisposable
{
    private readonly ShardSettings _settings;
    private readonly Action<ShardLogState> _changed;
    private SequencerConnection? _connection;
    private StreamFence _fence;

    public ShardWriter(ShardSettings settings, SequencerConnection connection, StreamFence fence, Action<ShardLogState> changed)
    {
        _settings = settings;
        _connection = connection;
        _fence = fence;
        _changed = changed;
        LastContact = settings.Time.GetTimestamp();
    }

    /// <summary>When the store was last spoken to, with or without an answer: a timestamp of the settings' clock.</summary>
    public long LastContact { get; private set; }

    /// <summary>Writes a batch. Returns when it is durable.</summary>
    /// <exception cref="FenceLostException">The epoch is over; the batch is not in the stream.</exception>
    /// <exception cref="OutcomeUnknownException">Cancelled after an attempt whose outcome is not known.</exception>
    public async Task WriteAsync(AppendBatch batch, CancellationToken cancellation)
    {
        var attempted = false;
        for (var failures = 0; ;)
        {
            try
            {
                if (_connection is null)
                {
                    await ReconnectAsync(cancellation);
                    if (attempted && await _connection!.ContainsAsync(_fence, batch, cancellation)) break;
                }

                attempted = true;
                if (!await _connection!.AppendAsync(_fence, batch)) throw Lost("its expected version or epoch no longer holds");
                break;
            }
            catch (OperationCanceledException) when (attempted)
            {
                throw new OutcomeUnknownException();
            }
            catch (Exception e) when (SequencerEpoch.IsConflict(e))
            {
                throw Lost("its place in the stream is taken", e);
            }
            catch (Exception e) when (Outage.Is(e))
            {
                await DropConnectionAsync(e);
                await PauseAsync(++failures, attempted, cancellation);
            }
        }

        _fence = _fence with { Version = _fence.Version + batch.Count };
        Reached();
    }

    /// <summary>Looks whether the store is there and the epoch still ours; one attempt.</summary>
    /// <exception cref="FenceLostException">The epoch is over.</exception>
    public async Task ProbeAsync(CancellationToken cancellation)
    {
        try
        {
            if (_connection is null) await ReconnectAsync(cancellation);
            else await AssertEpochAsync(_connection, cancellation);
            Reached();
        }
        catch (Exception e) when (Outage.Is(e))
        {
            await DropConnectionAsync(e);
            LastContact = _settings.Time.GetTimestamp();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection) await connection.DisposeAsync();
        _connection = null;
    }

    private async Task ReconnectAsync(CancellationToken cancellation)
    {
        var connection = await SequencerConnection.ConnectAsync(_settings.ConnectionString, cancellation);
        try
        {
            // Before the lock, because whoever took the epoch may hold it for good; after it, because only then nobody can take the epoch.
            await AssertEpochAsync(connection, cancellation);
            await connection.TakeLockAsync(_fence.Shard, _settings.Patience, cancellation);
            await AssertEpochAsync(connection, cancellation);
            _connection = connection;
        }
        catch (ShardInUseException e)
        {
            await connection.DisposeAsync();
            throw new TimeoutException(e.Message, e);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task AssertEpochAsync(SequencerConnection connection, CancellationToken cancellation)
    {
        var epoch = await connection.ReadEpochAsync(_fence.Shard, cancellation);
        if (epoch != _fence.Epoch) throw Lost($"epoch {epoch} is in force");
    }

    private async Task DropConnectionAsync(Exception reason)
    {
        LogStoreGone(_settings.Logger, _fence.Shard, reason.Message);
        _changed(ShardLogState.StoreUnavailable);
        await DisposeAsync();
    }

    private async Task PauseAsync(int failures, bool attempted, CancellationToken cancellation)
    {
        try
        {
            await Outage.PauseAsync(failures, _settings.Time, cancellation);
        }
        catch (OperationCanceledException) when (attempted)
        {
            throw new OutcomeUnknownException();
        }
    }

    private void Reached()
    {
        LastContact = _settings.Time.GetTimestamp();
        _changed(ShardLogState.Open);
    }

    private FenceLostException Lost(string reason, Exception? inner = null) => new(_fence.Shard, _fence.Epoch, reason, inner);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Shard {Shard}: the event store cannot be reached and is tried again: {Reason}")]
    private static partial void LogStoreGone(ILogger logger, uint shard, string reason);
}

/// <summary>What a shard's writer works with.</summary>
/// <param name="ConnectionString">The database.</param>
/// <param name="Patience">How long to wait for a predecessor's lock.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">The log.</param>
internal sealed record ShardSettings(string ConnectionString, TimeSpan Patience, TimeProvider Time, ILogger Logger);
