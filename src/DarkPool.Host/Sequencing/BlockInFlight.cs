using DarkPool.Host.Hosting;
using DarkPool.EventStore.Shards;
using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Link;

namespace DarkPool.Host.Sequencing;

/// <summary>
/// One block from its first entry to its last receipt. A few of them are used in turn, so the bytes of a block, its tree and its list of
/// runs are never allocated again.
/// </summary>
internal sealed class BlockInFlight(uint shard, BlockSettings limits) : IDisposable
{
    private readonly BlockBuilder _builder = new(shard);
    private readonly List<(Submission Submission, int First, int Count)> _runs = [];
    private Task<ulong>? _execution;
    private Task<BlockExecution>? _result;
    private TaskCompletionSource? _committed;

    /// <summary>Header and body; after <see cref="Seal"/>.</summary>
    internal ReadOnlyMemory<byte> Bytes { get; private set; }

    /// <summary>The header; after <see cref="Seal"/>.</summary>
    internal BlockHeader Header { get; private set; }

    /// <summary>When the block was durable, in the clock's ticks.</summary>
    internal long DurableAt { get; private set; }

    /// <summary>The snapshot that the enclave seals after this block; null if none was asked for.</summary>
    internal Task<SealedSnapshot>? Snapshot { get; private set; }

    /// <summary>Which submission brought which entries.</summary>
    internal IReadOnlyList<(Submission Submission, int First, int Count)> Runs => _runs;

    /// <summary>All nodes over the entries, for receipts.</summary>
    internal EntriesTree Tree => _builder.Tree;

    /// <summary>Copies what fits of a submission and notes where it stands.</summary>
    /// <returns>How many entries fitted.</returns>
    internal int Take(Submission submission)
    {
        var first = _builder.Count;
        var moved = submission.MoveInto(_builder, limits);
        if (moved > 0) _runs.Add((submission, first, moved));
        return moved;
    }

    /// <summary>Appends an entry that no request waits for.</summary>
    /// <returns>False if the block is full.</returns>
    internal bool TryAppend(EntryKind kind, ReadOnlySpan<byte> data) =>
        HasRoom(_builder, data.Length, limits) && _builder.TryAppend(kind, data);

    /// <summary>Whether an entry fits into a block within the settings, which may be tighter than the protocol's limits.</summary>
    internal static bool HasRoom(BlockBuilder block, int dataLength, BlockSettings limits) =>
        block.Count < limits.Entries && block.BodyLength + BlockLimits.EntryHeaderSize + dataLength <= limits.BodyBytes;

    /// <summary>Closes the block behind its predecessor.</summary>
    /// <param name="previous">The end of the log.</param>
    /// <param name="now">Microseconds since 1970; the block's time is this, or its predecessor's if that is later.</param>
    /// <param name="epoch">The sequencer epoch.</param>
    internal void Seal(LogPosition previous, long now, ulong epoch)
    {
        Bytes = _builder.Seal(previous.Number + 1, Math.Max(now, previous.Time), previous.Head, epoch, out var header);
        Header = header;
    }

    /// <summary>Sends the block to the enclave, which keeps the result to itself until <see cref="Commit"/>.</summary>
    internal void Execute(EnclaveLink enclave) => _execution = enclave.ExecuteAsync(Bytes, CancellationToken.None);

    /// <summary>Asks for a snapshot after this block.</summary>
    /// <returns>Ends when the snapshot has been asked for: nothing may be executed before.</returns>
    internal Task AskForSnapshot() => (_committed = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Tells the enclave that the block is durable.</summary>
    internal void Commit(EnclaveLink enclave, long now)
    {
        DurableAt = now;
        _result = enclave.CommitAsync(Header.Number, CancellationToken.None);
        if (_committed is null) return;
        Snapshot = enclave.SnapshotAsync(CancellationToken.None);
        _committed.TrySetResult();
    }

    /// <summary>What the enclave made of it; null if the enclave went away first.</summary>
    internal async Task<BlockExecution?> ResultAsync()
    {
        try
        {
            await Task.WhenAll(_execution!, _result!);
            return await _result!;
        }
        catch (LinkException)
        {
            return null;
        }
    }

    /// <summary>Nobody will know in time what becomes of its entries: tells the requests that wait.</summary>
    internal void Abandon()
    {
        foreach (var (submission, _, _) in _runs) submission.Fail(Http.Problems.ReceiptDelayed);
    }

    /// <summary>Makes it an empty block again.</summary>
    internal void Reset()
    {
        _builder.Reset();
        _runs.Clear();
        Bytes = default;
        (_execution, _result, _committed, Snapshot) = (null, null, null, null);
    }

    public void Dispose() => _builder.Dispose();
}
