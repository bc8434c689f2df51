using System.Text.Json;
using DarkPool.EventStore;
using DarkPool.EventStore.Facts;
using DarkPool.EventStore.Shards;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Link;
using DarkPool.Protocol.Settlement;

namespace DarkPool.Cli.Verification;

/// <summary>
/// Re-reads the whole log, checks every link, root and signature, and replays it in an enclave: the reader, the checks and the enclave
/// work on different blocks at the same time, and settlement batches are checked beside them.
/// </summary>
internal sealed class LogVerification
{
    /// <summary>Blocks sent ahead of their answers: enough to keep the enclave's cores busy, few against its memory.</summary>
    private const int BlocksAhead = 16;

    private readonly ShardReader _reader;
    private readonly EnclaveLink _enclave;
    private readonly BlockCheck _check;
    private readonly Queue<(StoredBlock Block, Task<BlockExecution> Replay)> _ahead = new();
    private ulong _blocks;
    private ulong _envelopes;
    private ulong _read;
    private ulong _withoutResult;

    private LogVerification(ShardReader reader, EnclaveLink enclave, BlockCheck check)
    {
        _reader = reader;
        _enclave = enclave;
        _check = check;
    }

    /// <summary>Blocks read so far, for a progress line.</summary>
    public ulong Read => Volatile.Read(ref _read);

    /// <summary>Blocks checked.</summary>
    public ulong Blocks => _blocks;

    /// <summary>Sealed envelopes in them.</summary>
    public ulong Envelopes => _envelopes;

    /// <summary>The settlement batches of the replay, in order.</summary>
    public IReadOnlyList<SettlementBatch> Batches { get; private set; } = [];

    /// <summary>Gives a fresh enclave the venue's keys.</summary>
    public static async Task<LogVerification> PrepareAsync(
        VenueStore store, Genesis genesis, EnclaveLink enclave, CancellationToken cancellation)
    {
        byte[] keys = (await store.ReadFactsAsync(StreamKeys.Enclave(genesis.Shard), cancellation))
            .OfType<KeyEpochStarted>().LastOrDefault()?.SealedSecret ?? [];
        await enclave.RestoreAsync(ReadOnlyMemory<byte>.Empty, keys, cancellation);
        IdentityAnswer answer = await enclave.IdentifyAsync(new byte[Bytes32.Size], cancellation);
        return EnclaveIdentity.TryRead(answer.Claims, out EnclaveIdentity? identity)
            ? new LogVerification(store.ReadShard(genesis.Shard, genesis.GenesisHead), enclave, new BlockCheck(genesis, identity))
            : throw new LinkException(LinkErrorCode.MalformedMessage, "The enclave's claims are not of a form that this version knows.");
    }

    /// <returns>The first mismatch, or null.</returns>
    public async Task<Mismatch?> RunAsync(CancellationToken cancellation)
    {
        await using var recorded = _reader.ReadExecutionsAsync(1, cancellation).GetAsyncEnumerator(cancellation);
        await using var batches = new BatchVerification(_check, _reader, cancellation);
        Mismatch? mismatch = await RunBlocksAsync(recorded, batches, cancellation);
        Mismatch? ofBatch = await batches.EndAsync();
        Batches = batches.Replayed;

        // Of the same block, the block itself was asked first.
        return mismatch is null || ofBatch?.Block < mismatch.Block ? ofBatch : mismatch;
    }

    private async Task<Mismatch?> RunBlocksAsync(
        IAsyncEnumerator<BlockExecuted> recorded, BatchVerification batches, CancellationToken cancellation)
    {
        try
        {
            await foreach (StoredBlock block in _reader.ReadBlocksAsync(1, cancellation))
            {
                Volatile.Write(ref _read, block.Header.Number);
                _ahead.Enqueue((block, _enclave.ReplayAsync(block.Bytes, cancellation)));
                if (_ahead.Count >= BlocksAhead && await TakeAsync() is { } mismatch)
                    return mismatch;
                if (batches.HasFailed)
                    return null;
            }
        }
        catch (LogCorruptException e)
        {
            // Blocks before it may not match either, and the first one counts.
            return await DrainAsync() ?? new Mismatch(e.Number, e.Message);
        }
        return await DrainAsync() ?? await FindMissingBlockAsync();

        async Task<Mismatch?> DrainAsync()
        {
            while (_ahead.Count > 0)
            {
                if (await TakeAsync() is { } mismatch)
                    return mismatch;
            }
            return null;
        }

        async Task<Mismatch?> TakeAsync()
        {
            (StoredBlock block, Task<BlockExecution> replay) = _ahead.Dequeue();
            ulong number = block.Header.Number;
            BlockExecution execution;
            try
            {
                execution = await replay;
            }
            catch (LinkException e)
            {
                return new Mismatch(number, $"the enclave refuses it ({e.Code}): {e.Message}");
            }
            BlockExecuted? result;
            try
            {
                result = await recorded.MoveNextAsync() ? recorded.Current : null;
            }
            catch (JsonException)
            {
                return new Mismatch(number, "its recorded result is not readable");
            }
            string? problem = _check.Find(block, result, execution) ?? CheckRecorded(result);
            if (problem is not null)
                return new Mismatch(number, problem);
            if (execution.Batch is { } batch)
                batches.Add(number, batch, isRecorded: result is not null);
            _blocks++;
            _envelopes += block.Envelopes;
            block.Dispose();
            return null;
        }

        // Beside a running host the log grows while it is read: a later result is wrong only if its block is not there.
        async Task<Mismatch?> FindMissingBlockAsync()
        {
            if (!await recorded.MoveNextAsync())
                return null;
            ulong number = recorded.Current.Number;
            return await _reader.ReadBlockAsync(number, cancellation) is null
                ? new Mismatch(number, "its result is recorded, but the block is missing")
                : null;
        }
    }

    /// <summary>A host that was killed leaves some last blocks without recorded results; its successor records them.</summary>
    private string? CheckRecorded(BlockExecuted? result)
    {
        if (result is not null)
            return null;
        return ++_withoutResult > LinkLimits.MaxUncommittedBlocks ? "no result is recorded for it and the many before it" : null;
    }
}
