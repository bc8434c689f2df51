using System.Threading.Channels;
using DarkPool.EventStore.Shards;
using DarkPool.Host.Hosting;
using DarkPool.Host.Store;
using DarkPool.Host.Telemetry;
using DarkPool.Protocol.Link;

namespace DarkPool.Host.Sequencing;

/// <summary>
/// Puts entries in order. Three loops hand blocks on: one builds them and sends them to the enclave, one makes them durable, one answers
/// the requests. While a block is being written the next one fills, so commits group themselves under load; the enclave executes ahead of
/// the append, but keeps every result until <c>Commit</c>.
/// </summary>
internal sealed class Sequencer : IDisposable
{
    /// <summary>One that fills, one that waits for the store, one that is written, one whose receipts are made.</summary>
    private const int BlocksInFlight = 4;

    private readonly Intake _intake;
    private readonly DepositOffers _offers;
    private readonly ShardLog _log;
    private readonly ExecutionRecorder _recorder;
    private readonly BlockCompletion _completion;
    private readonly BlockClosing _closing;
    private readonly HostMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly BlockInFlight[] _blocks = new BlockInFlight[BlocksInFlight];
    private readonly Channel<BlockInFlight> _free = Channel.CreateBounded<BlockInFlight>(BlocksInFlight);
    private readonly Queue<BlockInFlight> _postponed = new();
    private LogPosition _position;
    private Task _saving = Task.CompletedTask;

    internal Sequencer(
        BlockSettings settings,
        Intake intake,
        DepositOffers offers,
        ShardLog log,
        ExecutionRecorder recorder,
        BlockCompletion completion,
        HostMetrics metrics,
        TimeProvider time)
    {
        (_intake, _offers, _log, _recorder, _completion, _metrics, _time) = (intake, offers, log, recorder, completion, metrics, time);
        _closing = new BlockClosing(settings, intake, offers, time);
        Snapshots = new SnapshotSchedule(settings);
        _position = log.Last;
        for (var i = 0; i < _blocks.Length; i++)
        {
            _blocks[i] = new BlockInFlight(log.Shard, settings);
            _free.Writer.TryWrite(_blocks[i]);
        }
    }

    /// <summary>When snapshots are due; not to be touched while <see cref="RunAsync"/> runs.</summary>
    internal SnapshotSchedule Snapshots { get; }

    /// <summary>
    /// Sequences until the enclave goes away, or until everything taken has been answered after <paramref name="draining"/>.
    /// Either way every sealed block is durable when it returns.
    /// </summary>
    /// <exception cref="FenceLostException">Another sequencer took the shard; the block it wrote at was not written.</exception>
    internal async Task RunAsync(EnclaveLink enclave, CancellationToken draining, CancellationToken stopping)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await using var wakeOnEnd = end.Token.Register(_intake.Wake);
        await using var wakeOnDrain = draining.Register(_intake.Wake);
        _ = enclave.Gone.ContinueWith(_ => _intake.Wake(), TaskScheduler.Default);
        var built = Channel.CreateBounded<BlockInFlight>(1);
        var durable = Channel.CreateBounded<BlockInFlight>(BlocksInFlight);
        await Task.WhenAll(
            GuardAsync(() => BuildAsync(enclave, built.Writer, draining, end.Token), built.Writer, end),
            GuardAsync(() => WriteAsync(enclave, built.Reader, durable.Writer, end.Token), durable.Writer, end),
            GuardAsync(() => AnswerAsync(durable.Reader, end.Token), null, end));
        await _saving;
    }

    /// <summary>A block was replayed in a new enclave: answers the requests that wait for it since the old one went away.</summary>
    /// <returns>False if nobody waits for this block.</returns>
    internal async Task<bool> AnswerReplayedAsync(BlockExecution execution, CancellationToken cancellationToken)
    {
        if (!_postponed.TryPeek(out var block) || block.Header.Number != execution.Number) return false;
        await FinishAsync(_postponed.Dequeue(), execution, cancellationToken);
        return true;
    }

    /// <summary>The host ends while requests still wait: tells them. What is in a sealed block may be in the log.</summary>
    internal void Abandon()
    {
        foreach (var block in _blocks) block.Abandon();
    }

    public void Dispose()
    {
        foreach (var block in _blocks) block.Dispose();
    }

    private async Task BuildAsync(
        EnclaveLink enclave, ChannelWriter<BlockInFlight> built, CancellationToken draining, CancellationToken end)
    {
        while (true)
        {
            var block = await _free.Reader.ReadAsync(end);
            if (!await _closing.WaitAsync(enclave.Gone, draining, end))
            {
                _free.Writer.TryWrite(block);
                return;
            }

            _offers.MoveInto(block);
            _intake.MoveInto(block);
            block.Seal(_position, Microseconds(_time.GetUtcNow()), _log.Epoch);
            _position = LogPosition.After(block.Header);
            _closing.Sealed();
            block.Execute(enclave);
            var asked = Snapshots.IsDueAfter(block.Header) ? block.AskForSnapshot() : Task.CompletedTask;
            await built.WriteAsync(block, end);
            await asked.WaitAsync(end);
        }
    }

    private async Task WriteAsync(
        EnclaveLink enclave, ChannelReader<BlockInFlight> built, ChannelWriter<BlockInFlight> durable, CancellationToken end)
    {
        await foreach (var block in built.ReadAllAsync(CancellationToken.None))
        {
            var start = _time.GetTimestamp();
            await _log.AppendBlockAsync(block.Bytes, end);
            _metrics.BlockDurable((int)block.Header.EntryCount, _time.GetElapsedTime(start));
            block.Commit(enclave, _time.GetTimestamp());
            _closing.Written();
            await durable.WriteAsync(block, CancellationToken.None);
        }
    }

    private async Task AnswerAsync(ChannelReader<BlockInFlight> durable, CancellationToken end)
    {
        await foreach (var block in durable.ReadAllAsync(CancellationToken.None))
        {
            if (await block.ResultAsync() is { } execution) await FinishAsync(block, execution, end);
            else _postponed.Enqueue(block);
        }
    }

    private async Task FinishAsync(BlockInFlight block, BlockExecution execution, CancellationToken cancellationToken)
    {
        await _completion.CompleteAsync(block, execution, _recorder, cancellationToken);
        if (block.Snapshot is { } snapshot) _saving = SaveAsync(snapshot, _saving, cancellationToken);
        block.Reset();
        _free.Writer.TryWrite(block);
    }

    private async Task SaveAsync(Task<SealedSnapshot> snapshot, Task previous, CancellationToken cancellationToken)
    {
        await previous;
        try
        {
            await _recorder.SaveAsync(await snapshot, cancellationToken);
        }
        catch (LinkException)
        {
            // The enclave went away before it was sealed; the log has everything.
        }
    }

    /// <summary>A loop that fails ends the others too, and closes what it feeds.</summary>
    private static async Task GuardAsync(Func<Task> loop, ChannelWriter<BlockInFlight>? output, CancellationTokenSource end)
    {
        try
        {
            await Task.Run(loop, CancellationToken.None);
        }
        catch
        {
            await end.CancelAsync();
            throw;
        }
        finally
        {
            output?.TryComplete();
        }
    }

    private static long Microseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
