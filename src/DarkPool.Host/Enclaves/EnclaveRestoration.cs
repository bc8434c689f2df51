using DarkPool.EventStore.Facts;
using DarkPool.EventStore.Shards;
using DarkPool.Host.Hosting;
using DarkPool.Host.Requests;
using DarkPool.Host.Sequencing;
using DarkPool.Host.Store;
using DarkPool.Host.Venue;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Link;

namespace DarkPool.Host.Enclaves;

/// <summary>
/// Brings an enclave to the end of the log: the latest snapshot, then every block after it, then live. What the replay gives is compared
/// with what is recorded, so a log or an enclave that is not the same as before is noticed here.
/// </summary>
internal sealed partial class EnclaveRestoration(
    OpenStore store,
    ShardLog log,
    Sequencer sequencer,
    ExecutionRecorder recorder,
    VenueFacts facts,
    TimeProvider time,
    ILogger<EnclaveRestoration> logger)
{
    /// <summary>Blocks sent ahead of their answers: enough to keep the enclave's cores busy, few against its memory.</summary>
    private const int BlocksAhead = 16;

    /// <summary>Blocks between two lines of progress.</summary>
    private const ulong ProgressBlocks = 5_000;

    /// <summary>How often an enclave whose chain does not answer is asked again.</summary>
    private static readonly TimeSpan LiveRetry = TimeSpan.FromSeconds(1);

    private readonly string _keyStream = StreamKeys.Enclave(log.Shard);

    /// <summary>Restores, replays, goes live.</summary>
    /// <returns>What the enclave claims to be.</returns>
    /// <exception cref="LinkException">The enclave went away or refused.</exception>
    /// <exception cref="HostFailure">The enclave does not agree with what is recorded.</exception>
    internal async Task<Attestation> RunAsync(EnclaveLink enclave, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var snapshot = await store.Shard.ReadLatestSnapshotAsync(cancellationToken);
        var keys = await ReadKeysAsync(cancellationToken);
        var restored = await enclave.RestoreAsync(snapshot?.Bytes ?? [], keys, cancellationToken);
        await CheckSnapshotAsync(restored, cancellationToken);
        if (!restored.SealedKeys.AsSpan().SequenceEqual(keys)) await StoreKeysAsync(enclave, restored.SealedKeys, cancellationToken);
        Restoring(restored.Block, log.Last.Number);
        await ReplayAsync(enclave, restored.Block + 1, cancellationToken);
        sequencer.Snapshots.Begin(restored.Block, log.Last.Number);
        await GoLiveAsync(enclave, cancellationToken);
        Restored(log.Last.Number, (long)time.GetElapsedTime(start).TotalMilliseconds);
        return await IdentifyAsync(enclave, cancellationToken);
    }

    private async Task<byte[]> ReadKeysAsync(CancellationToken cancellationToken)
    {
        var stored = await store.Venue.ReadFactsAsync(_keyStream, cancellationToken);
        return stored.OfType<KeyEpochStarted>().LastOrDefault()?.SealedSecret ?? [];
    }

    /// <summary>Key epochs must be in the store before anything can be sealed to them: they open the log.</summary>
    private async Task StoreKeysAsync(EnclaveLink enclave, byte[] sealedKeys, CancellationToken cancellationToken)
    {
        var claims = (await IdentifyAsync(enclave, cancellationToken)).Claims;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds() * 1_000;
        var started = new KeyEpochStarted(claims.KeyEpoch, claims.EncryptionKey.ToArray(), sealedKeys, log.Last.Number, now);
        await log.AppendFactsAsync(_keyStream, [started], cancellationToken);
    }

    private async Task CheckSnapshotAsync(Restored restored, CancellationToken cancellationToken)
    {
        if (restored.Block == 0) return;
        var block = await store.Shard.ReadBlockAsync(restored.Block, cancellationToken);
        if (block is null)
            throw Refused($"the snapshot is of block {restored.Block}, but the log ends at block {log.Last.Number}: it has been truncated");
        if (!block.Head.Span.SequenceEqual(restored.Head))
            throw Refused($"the snapshot is of another log: block {restored.Block} has another head");
    }

    private async Task ReplayAsync(EnclaveLink enclave, ulong from, CancellationToken cancellationToken)
    {
        await using var recorded = store.Shard.ReadExecutionsAsync(from, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var ahead = new Queue<(StoredBlock Block, Task<BlockExecution> Result)>();
        await foreach (var block in store.Shard.ReadBlocksAsync(from, cancellationToken))
        {
            ahead.Enqueue((block, enclave.ReplayAsync(block.Bytes, cancellationToken)));
            if (ahead.Count >= BlocksAhead) await TakeAsync();
        }

        while (ahead.Count > 0) await TakeAsync();

        async Task TakeAsync()
        {
            var (block, result) = ahead.Dequeue();
            var execution = await result;
            if (execution.Number <= log.LastExecuted && await recorded.MoveNextAsync()) Compare(recorded.Current, execution);
            if (!await sequencer.AnswerReplayedAsync(execution, cancellationToken)) await AcceptAsync(block, execution, cancellationToken);
            block.Dispose();
            if (execution.Number % ProgressBlocks == 0) Progress(execution.Number, log.Last.Number);
        }
    }

    private async Task AcceptAsync(StoredBlock block, BlockExecution execution, CancellationToken cancellationToken)
    {
        var blockFacts = BlockFacts.Of(block.Bytes.Span, execution);
        facts.Executed(execution, blockFacts);
        await recorder.RecordAsync(execution, blockFacts, cancellationToken);
    }

    private static void Compare(BlockExecuted recorded, BlockExecution replayed)
    {
        if (recorded.Number != replayed.Number || !recorded.Head.AsSpan().SequenceEqual(replayed.Head))
            throw Refused($"block {replayed.Number} is not the one whose result is recorded");
        if (!recorded.StateRoot.AsSpan().SequenceEqual(replayed.StateRoot))
            throw Refused($"block {replayed.Number} gives another state root than the recorded one");
    }

    private async Task GoLiveAsync(EnclaveLink enclave, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(LiveRetry, time);
        while (true)
        {
            var answer = await enclave.GoLiveAsync(cancellationToken);
            if (answer.State == LiveState.Live) return;
            if (answer.State == LiveState.ReplayOnly) throw Refused("it was started for replay only and never goes live");
            ChainSilent();
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private static async Task<Attestation> IdentifyAsync(EnclaveLink enclave, CancellationToken cancellationToken)
    {
        var answer = await enclave.IdentifyAsync(new byte[Bytes32.Size], cancellationToken);
        return EnclaveIdentity.TryRead(answer.Claims, out var claims)
            ? new Attestation(claims, answer.Provider, answer.Evidence)
            : throw Refused("its claims are not of a form that this host knows");
    }

    private static HostFailure Refused(string reason) => new(ExitCode.EnclaveRefused, $"the enclave cannot serve this log: {reason}");

    [LoggerMessage(LogLevel.Information, "Restoring the enclave from block {Snapshot}; the log ends at block {Last}")]
    private partial void Restoring(ulong snapshot, ulong last);

    [LoggerMessage(LogLevel.Information, "Replayed block {Block} of {Last}")]
    private partial void Progress(ulong block, ulong last);

    [LoggerMessage(LogLevel.Information, "The enclave is live at block {Block}, after {Milliseconds} ms")]
    private partial void Restored(ulong block, long milliseconds);

    [LoggerMessage(LogLevel.Warning, "The enclave does not go live because its chain does not answer; it is asked again")]
    private partial void ChainSilent();
}
