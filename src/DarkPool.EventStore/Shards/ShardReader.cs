using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using DarkPool.EventStore.Configuration;
using DarkPool.EventStore.Facts;
using DarkPool.EventStore.Snapshots;
using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Identity;
using Marten;
using Npgsql;

namespace DarkPool.EventStore.Shards;

/// <summary>
/// Reads a shard's log, with or without a sequencer at work. Blocks come straight from Npgsql: Marten's reader would build an object and a
/// JSON document around each. Every block is checked against its predecessor before it is given out.
/// </summary>
public sealed class ShardReader
{
    private const string BlockByNumber = $"""
        select version, bdata from {MartenConfiguration.Schema}.mt_events
        where stream_id = $1 and type = '{EventNames.BlockAppended}' and substring(bdata from 17 for 8) = $2
        """;

    private readonly NpgsqlDataSource _source;
    private readonly uint _shard;
    private readonly Bytes32 _genesisHead;
    private readonly SnapshotReader _snapshots;
    private readonly ExecutionReader _executions;
    private readonly PublishedSheets _sheets;

    internal ShardReader(NpgsqlDataSource source, ISerializer serializer, uint shard, Bytes32 genesisHead)
    {
        _source = source;
        _shard = shard;
        _genesisHead = genesisHead;
        _snapshots = new SnapshotReader(source, serializer, shard);
        _executions = new ExecutionReader(source, serializer, shard);
        _sheets = new PublishedSheets(source, serializer, shard);
    }

    /// <summary>The end of the log.</summary>
    /// <exception cref="LogCorruptException">The last block has no readable header.</exception>
    public async Task<LogPosition> ReadLastAsync(CancellationToken cancellation = default)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellation);
        return (await ShardTail.ReadAsync(connection, _shard, _genesisHead, cancellation)).Last;
    }

    /// <summary>Streams all blocks from a number on, in order.</summary>
    /// <param name="from">The first block, from 1.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="LogCorruptException">A block is not what was appended; it is named.</exception>
    public async IAsyncEnumerable<StoredBlock> ReadBlocksAsync(
        ulong from, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfZero(from);
        var (start, version) = await FindPredecessorAsync(from, cancellation);
        if (start is null) yield break;

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var pump = new BlockPump(_source, _shard, start, version, stopping.Token);
        try
        {
            await foreach (var block in pump.Blocks.ReadAllAsync(cancellation)) yield return block;
        }
        finally
        {
            await stopping.CancelAsync();
            await pump.Ended;
        }

        await AssertRecordedHeadAsync(pump.Position, cancellation);
        if (pump.Fault is { } fault) throw new LogCorruptException(_shard, pump.Position.Number + 1, fault);
    }

    /// <summary>One block by its number; its form, its root and the recorded head are checked, its link is not.</summary>
    /// <returns>Null if the log does not reach that far.</returns>
    /// <exception cref="LogCorruptException">The block is not what was appended.</exception>
    public async Task<StoredBlock?> ReadBlockAsync(ulong number, CancellationToken cancellation = default)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellation);
        var (bytes, _) = await FindAsync(connection, number, cancellation);
        if (bytes is null) return null;
        var fault = BlockReader.Open(bytes, out var reader);
        if (fault != BlockFault.None) throw new LogCorruptException(_shard, number, $"its form is wrong ({fault})");
        var before = new LogPosition(number - 1, reader.Header.PreviousHead, reader.Header.Time);
        var reason = BlockLink.FindFaultInDepth(bytes, _shard, before, out reader);
        if (reason is not null) throw new LogCorruptException(_shard, number, reason);
        var block = new StoredBlock(reader.Header, reader.Envelopes, bytes);
        await AssertRecordedHeadAsync(LogPosition.After(block.Header), cancellation);
        return block;
    }

    /// <summary>The recorded public results of blocks, from a number on, in order.</summary>
    public IAsyncEnumerable<BlockExecuted> ReadExecutionsAsync(ulong from, CancellationToken cancellation = default) =>
        _executions.ReadAsync(from, cancellation);

    /// <summary>The recorded public result of one block; null if none is recorded.</summary>
    public Task<BlockExecuted?> ReadExecutionAsync(ulong number, CancellationToken cancellation = default) =>
        _executions.ReadOneAsync(number, cancellation);

    /// <summary>All settlement batches that closed, in order.</summary>
    public IAsyncEnumerable<SettlementBatchClosed> ReadBatchesAsync(CancellationToken cancellation = default) =>
        _executions.ReadBatchesAsync(cancellation);

    /// <summary>The latest signed reserve sheet; null before the first.</summary>
    public Task<ReservesPublished?> ReadReservesAsync(CancellationToken cancellation = default) =>
        _sheets.ReadReservesAsync(cancellation);

    /// <summary>Signed sheets of liquidations, in order.</summary>
    /// <param name="after">The number of the last liquidation already known; 0 for the beginning.</param>
    /// <param name="limit">Most sheets, from 1.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public IAsyncEnumerable<LiquidationsPublished> ReadLiquidationsAsync(
        ulong after, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return _sheets.ReadLiquidationsAsync(after, limit, cancellation);
    }

    /// <summary>The latest snapshot whose bytes are whole; null if there is none.</summary>
    public Task<SealedSnapshot?> ReadLatestSnapshotAsync(CancellationToken cancellation = default) =>
        _snapshots.ReadLatestAsync(cancellation);

    /// <summary>
    /// A changed header breaks the next block's link and not its own. What the enclave said of the block tells which of the two was
    /// changed.
    /// </summary>
    private async Task AssertRecordedHeadAsync(LogPosition position, CancellationToken cancellation)
    {
        var executed = await _executions.ReadOneAsync(position.Number, cancellation);
        if (executed is not null && !position.Head.Span.SequenceEqual(executed.Head))
            throw new LogCorruptException(_shard, position.Number, "its head is not the one recorded when it was executed");
    }

    /// <summary>The position before a block and the version of the event there; no position if the log does not reach that far.</summary>
    private async Task<(LogPosition? Position, long Version)> FindPredecessorAsync(
        ulong number, CancellationToken cancellation)
    {
        if (number == 1) return (LogPosition.Genesis(_genesisHead), 0);
        await using var connection = await _source.OpenConnectionAsync(cancellation);
        var (bytes, version) = await FindAsync(connection, number - 1, cancellation);
        if (bytes is null) return (null, 0);
        if (!BlockHeader.TryRead(bytes, out var header)) throw new LogCorruptException(_shard, number - 1, "its header is not readable");
        return (LogPosition.After(header), version);
    }

    private async Task<(byte[]? Bytes, long Version)> FindAsync(NpgsqlConnection connection, ulong number, CancellationToken cancellation)
    {
        var key = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(key, number);
        await using var command = new NpgsqlCommand(BlockByNumber, connection);
        command.Parameters.AddWithValue(StreamKeys.Shard(_shard));
        command.Parameters.AddWithValue(key);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? (reader.GetFieldValue<byte[]>(1), reader.GetInt64(0)) : (null, 0);
    }
}
