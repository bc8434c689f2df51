using DarkPool.EventStore.Facts;
using DarkPool.EventStore.Projections;
using DarkPool.EventStore.Snapshots;
using DarkPool.Protocol.Link;
using Marten;

namespace DarkPool.EventStore.Shards;

/// <summary>
/// A shard's log, open for writing by the one sequencer that holds its epoch. Blocks go in one at a time, each durable when its task
/// completes; public results of executed blocks travel with the next block. While the store is gone, writes wait and then go on by
/// themselves, exactly once each.
/// </summary>
public sealed class ShardLog : IAsyncDisposable
{
    /// <summary>The most facts in one transaction: a replay records hundreds of thousands, and one statement should stay small.</summary>
    private const int MaxFactsPerAppend = 512;

    private readonly ShardLogOptions _options;
    private readonly ISerializer _serializer;
    private readonly ShardWriter _writer;
    private readonly FactWriter _facts;
    private readonly SnapshotWriter _snapshots;
    private readonly ProjectionSignal _projections;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _upkeep;
    private readonly PendingExecutions _pending;

    internal ShardLog(
        ShardLogOptions options, VenueStore store, SequencerConnection connection, ShardTail tail, SequencerEpochStarted started)
    {
        _options = options;
        _projections = store.ProjectionSignal;
        _serializer = store.Documents.Options.Serializer();
        Epoch = started.Epoch;
        Last = tail.Last;
        _pending = new PendingExecutions(_serializer, tail.LastExecuted);
        var fence = new StreamFence(StreamKeys.Shard(options.Shard), options.Shard, started.Epoch, tail.Version + 1);
        var settings = new ShardSettings(store.ConnectionString, options.Patience, options.Time, options.Logger);
        _writer = new ShardWriter(settings, connection, fence, ChangeState);
        _facts = new FactWriter(store.Documents, store.Source, options.Shard, started.Epoch, options.Time);
        _snapshots = new SnapshotWriter(store.Source, options.Shard, started.Epoch);
        _upkeep = KeepUpAsync();
    }

    /// <summary>Is told each change of <see cref="State"/>, on whatever thread brought it about; must return at once.</summary>
    public event Action<ShardLogState>? StateChanged;

    /// <summary>The shard.</summary>
    public uint Shard => _options.Shard;

    /// <summary>The sequencer epoch that this log holds; every block must name it.</summary>
    public ulong Epoch { get; }

    /// <summary>The end of the log: what the next block links to.</summary>
    public LogPosition Last { get; private set; }

    /// <summary>Number of the last block whose execution is recorded, or is about to be; 0 if none is.</summary>
    public ulong LastExecuted => _pending.LastExecuted;

    /// <summary>Whether the log takes blocks.</summary>
    public ShardLogState State { get; private set; }

    /// <summary>Appends a block. When the task completes, the block is durable.</summary>
    /// <param name="block">Header and body; must not change until the task completes.</param>
    /// <param name="cancellation">Ends the wait for a store that is gone.</param>
    /// <returns>The new end of the log.</returns>
    /// <exception cref="ArgumentException">The block does not follow the last one, or is of another epoch. Nothing is written.</exception>
    /// <exception cref="FenceLostException">Another sequencer took the shard. Nothing was written.</exception>
    /// <exception cref="OutcomeUnknownException">Cancelled when nobody could know whether the block was written.</exception>
    public async Task<LogPosition> AppendBlockAsync(ReadOnlyMemory<byte> block, CancellationToken cancellation = default)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            AssertWritable();
            var fault = BlockLink.FindFault(block.Span, Shard, Last, out var reader);
            var header = reader.Header;
            if (fault is null && header.SequencerEpoch != Epoch) fault = $"it is of sequencer epoch {header.SequencerEpoch}";
            if (fault is not null) throw new ArgumentException($"This block cannot follow block {Last.Number}: {fault}.", nameof(block));
            await WriteAsync(new AppendBatch(_pending.Take(), block), cancellation);
            Last = LogPosition.After(header);
            return Last;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// Records the public result of an executed block. It is written together with the next block, or shortly after if none comes; it is
    /// not durable before, and need not be: the log gives it again.
    /// </summary>
    /// <param name="execution">The result; that of a block recorded before is ignored.</param>
    /// <param name="cancellation">Ends the wait for a store that is gone.</param>
    /// <exception cref="ArgumentException">The result of the block before is not recorded yet, or the batch is not readable.</exception>
    public async ValueTask RecordExecutionAsync(BlockExecution execution, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(execution);
        AssertInLog(execution.Number, nameof(execution));
        if (_pending.Add(execution) >= MaxFactsPerAppend) await FlushAsync(cancellation);
    }

    /// <summary>Writes what <see cref="RecordExecutionAsync"/> left waiting.</summary>
    /// <inheritdoc cref="AppendBlockAsync" path="/exception"/>
    public async Task FlushAsync(CancellationToken cancellation = default)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            await FlushWithinGateAsync(cancellation);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Appends facts to another stream than the shard's own, under the same epoch, each exactly once.</summary>
    /// <param name="stream">One of <see cref="StreamKeys"/>.</param>
    /// <param name="facts">Records of <c>DarkPool.EventStore.Facts</c>, at least one.</param>
    /// <param name="cancellation">Ends the wait for a store that is gone.</param>
    /// <exception cref="FenceLostException">Another sequencer took the shard. Nothing was written.</exception>
    public async Task AppendFactsAsync(string stream, IReadOnlyList<object> facts, CancellationToken cancellation = default)
    {
        await _facts.AppendAsync(stream, facts, cancellation);
        _projections.Raise();
    }

    /// <summary>Stores a sealed snapshot of the state after a block of this log; older ones than the last two are deleted.</summary>
    /// <param name="position">The block, with its head.</param>
    /// <param name="sealedState">The bytes, sealed by the enclave.</param>
    /// <param name="cancellation">Ends the wait for a store that is gone.</param>
    /// <inheritdoc cref="AppendBlockAsync" path="/exception"/>
    public async Task SaveSnapshotAsync(LogPosition position, ReadOnlyMemory<byte> sealedState, CancellationToken cancellation = default)
    {
        AssertInLog(position.Number, nameof(position));
        var snapshot = await _snapshots.WriteChunksAsync(position, sealedState, cancellation);
        await _gate.WaitAsync(cancellation);
        try
        {
            AssertWritable();
            await WriteAsync(new AppendBatch([AppendFact.Of(snapshot, _serializer)], null), cancellation);
        }
        finally
        {
            _gate.Release();
        }

        await _snapshots.DeleteOldAsync(cancellation);
    }

    /// <summary>Writes what waits, as far as the store is there, and gives the shard up.</summary>
    public async ValueTask DisposeAsync()
    {
        if (State == ShardLogState.Closed) return;
        await _stop.CancelAsync();
        await _upkeep;
        if (State == ShardLogState.Open) await FlushAsync();
        ChangeState(ShardLogState.Closed);
        await _writer.DisposeAsync();
        _facts.Dispose();
        _stop.Dispose();
        _gate.Dispose();
    }

    private async Task FlushWithinGateAsync(CancellationToken cancellation)
    {
        AssertWritable();
        for (var facts = _pending.Take(); facts.Count > 0; facts = _pending.Take())
            await WriteAsync(new AppendBatch(facts, null), cancellation);
    }

    private async Task WriteAsync(AppendBatch batch, CancellationToken cancellation)
    {
        try
        {
            await _writer.WriteAsync(batch, cancellation);
            if (batch.ConcernsProjections) _projections.Raise();
        }
        catch (FenceLostException)
        {
            ChangeState(ShardLogState.FenceLost);
            throw;
        }
        catch (OutcomeUnknownException)
        {
            ChangeState(ShardLogState.OutcomeUnknown);
            throw;
        }
    }

    private void AssertWritable()
    {
        if (State is ShardLogState.FenceLost) throw new FenceLostException(Shard, Epoch, "another sequencer took the shard");
        if (State is ShardLogState.OutcomeUnknown or ShardLogState.Closed)
            throw new InvalidOperationException($"The log of shard {Shard} is {State}.");
    }

    private void AssertInLog(ulong block, string parameter)
    {
        if (block > Last.Number) throw new ArgumentException($"Block {block} is not in the log yet.", parameter);
    }

    private void ChangeState(ShardLogState state)
    {
        if (state == State || State is ShardLogState.FenceLost or ShardLogState.Closed) return;
        State = state;
        StateChanged?.Invoke(state);
    }

    /// <summary>Flushes what waits too long and probes an idle store, until the log is closed or lost.</summary>
    private async Task KeepUpAsync()
    {
        using var timer = new PeriodicTimer(_options.FlushInterval, _options.Time);
        try
        {
            while (State is ShardLogState.Open or ShardLogState.StoreUnavailable && await timer.WaitForNextTickAsync(_stop.Token))
            {
                // An append under way is as good as a probe, and takes what waits with it.
                if (!await _gate.WaitAsync(TimeSpan.Zero)) continue;
                try
                {
                    if (State == ShardLogState.Open) await FlushWithinGateAsync(_stop.Token);
                    if (_options.Time.GetElapsedTime(_writer.LastContact) >= _options.ProbeInterval) await _writer.ProbeAsync(_stop.Token);
                }
                finally
                {
                    _gate.Release();
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
        catch (FenceLostException)
        {
            ChangeState(ShardLogState.FenceLost);
        }
    }
}
