using System.Text.Json;
using System.Threading.Channels;
using DarkPool.EventStore.Facts;
using DarkPool.EventStore.Shards;
using DarkPool.Protocol.Settlement;

namespace DarkPool.Cli.Verification;

/// <summary>
/// Holds the settlement batches of a replay against the recorded ones, in order and beside the replay: one takes as long as thousands of
/// envelopes, which would wait for it.
/// </summary>
internal sealed class BatchVerification : IAsyncDisposable
{
    private readonly Channel<(ulong Block, byte[] Batch, bool IsRecorded)> _closed =
        Channel.CreateUnbounded<(ulong, byte[], bool)>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    private readonly List<SettlementBatch> _replayed = [];
    private readonly Task<Mismatch?> _running;

    public BatchVerification(BlockCheck check, ShardReader reader, CancellationToken cancellation) =>
        _running = Task.Run(() => RunAsync(check, reader, cancellation), cancellation);

    /// <summary>Whether there is nothing more to be learned from going on.</summary>
    public bool HasFailed => _running.IsCompleted;

    /// <summary>The batches of the replay. To be read after <see cref="EndAsync"/>.</summary>
    public IReadOnlyList<SettlementBatch> Replayed => _replayed;

    /// <summary>A batch that the replay of a block closed.</summary>
    /// <param name="block">The block's number.</param>
    /// <param name="batch">Its bytes.</param>
    /// <param name="isRecorded">Whether the block's result is recorded, and so the batch.</param>
    public void Add(ulong block, byte[] batch, bool isRecorded) => _closed.Writer.TryWrite((block, batch, isRecorded));

    /// <summary>Waits until all that were added are checked.</summary>
    /// <returns>The first mismatch, or null.</returns>
    public Task<Mismatch?> EndAsync()
    {
        _closed.Writer.TryComplete();
        return _running;
    }

    /// <summary>Ends it, if the replay was left in the middle.</summary>
    public async ValueTask DisposeAsync()
    {
        _closed.Writer.TryComplete();
        await ((Task)_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<Mismatch?> RunAsync(BlockCheck check, ShardReader reader, CancellationToken cancellation)
    {
        await using var recorded = reader.ReadBatchesAsync(cancellation).GetAsyncEnumerator(cancellation);
        await foreach ((ulong block, byte[] batch, bool isRecorded) in _closed.Reader.ReadAllAsync(cancellation))
        {
            if (SettlementBatch.TryRead(batch, out SettlementBatch? read))
                _replayed.Add(read);
            if (!isRecorded)
                continue;
            try
            {
                SettlementBatchClosed? closed = await recorded.MoveNextAsync() ? recorded.Current : null;
                if (check.Find(batch, closed) is { } problem)
                    return new Mismatch(block, problem);
            }
            catch (JsonException)
            {
                return new Mismatch(block, "its recorded settlement batch is not readable");
            }
        }
        return null;
    }
}
