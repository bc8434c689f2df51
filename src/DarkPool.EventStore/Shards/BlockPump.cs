using System.Buffers;
using System.Data;
using System.Threading.Channels;
using DarkPool.EventStore.Configuration;
using DarkPool.EventStore.Facts;
using Npgsql;

namespace DarkPool.EventStore.Shards;

/// <summary>
/// Reads and checks a log block by block on a thread of its own, a few blocks ahead of whoever takes them. The thread waits for the
/// server itself: a block of a megabyte arrives in many pieces, each of which would be a detour over the thread pool.
/// </summary>
internal sealed class BlockPump
{
    private const string Query = $"""
        select bdata from {MartenConfiguration.Schema}.mt_events
        where stream_id = $1 and type = '{EventNames.BlockAppended}' and version >= $2 order by version
        """;

    private const int BlocksAhead = 4;

    private readonly NpgsqlDataSource _source;
    private readonly uint _shard;
    private readonly long _version;
    private readonly CancellationToken _stopping;
    private readonly Channel<StoredBlock> _blocks = Channel.CreateBounded<StoredBlock>(
        new BoundedChannelOptions(BlocksAhead) { SingleReader = true, SingleWriter = true });

    /// <summary>Starts to read.</summary>
    /// <param name="source">The database.</param>
    /// <param name="shard">The shard.</param>
    /// <param name="start">The end of the log before the first block to read.</param>
    /// <param name="version">Version of the last event before it.</param>
    /// <param name="stopping">Ends the thread.</param>
    public BlockPump(NpgsqlDataSource source, uint shard, LogPosition start, long version, CancellationToken stopping)
    {
        _source = source;
        _shard = shard;
        _version = version;
        _stopping = stopping;
        Position = start;
        Ended = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The blocks in order; complete at the end of the log or before the first faulty block.</summary>
    public ChannelReader<StoredBlock> Blocks => _blocks.Reader;

    /// <summary>Completes when the thread has ended, and never fails.</summary>
    public Task Ended { get; }

    /// <summary>The last block without fault. To be read when <see cref="Blocks"/> is complete.</summary>
    public LogPosition Position { get; private set; }

    /// <summary>What is wrong with the block after it; null if nothing is. To be read when <see cref="Blocks"/> is complete.</summary>
    public string? Fault { get; private set; }

    private void Run()
    {
        Exception? failure = null;
        try
        {
            Read();
        }
        catch (Exception e)
        {
            failure = e;
        }

        _blocks.Writer.Complete(failure);
    }

    private void Read()
    {
        using var connection = _source.OpenConnection();
        using var command = new NpgsqlCommand(Query, connection) { CommandTimeout = 0 };
        command.Parameters.AddWithValue(StreamKeys.Shard(_shard));
        command.Parameters.AddWithValue(_version + 1);
        using var rows = command.ExecuteReader(CommandBehavior.SequentialAccess);
        var more = true;
        try
        {
            while (more = rows.Read())
            {
                if (!TryTake(rows)) break;
            }
        }
        finally
        {
            // Else closing the reader would fetch the rest of the log first.
            if (more) command.Cancel();
        }
    }

    private bool TryTake(NpgsqlDataReader rows)
    {
        var length = (int)rows.GetBytes(0, 0, null, 0, 0);
        var pooled = ArrayPool<byte>.Shared.Rent(length);
        for (var got = 0; got < length;) got += (int)rows.GetBytes(0, got, pooled, got, length - got);
        Fault = BlockLink.FindFaultInDepth(pooled.AsSpan(0, length), _shard, Position, out var reader);
        if (Fault is not null) return false;

        var block = new StoredBlock(reader.Header, reader.Envelopes, pooled.AsMemory(0, length), pooled);
        Position = new LogPosition(block.Header.Number, block.Head, block.Header.Time);
        while (!_blocks.Writer.TryWrite(block))
        {
            if (!_blocks.Writer.WaitToWriteAsync(_stopping).AsTask().GetAwaiter().GetResult()) return false;
        }

        return !_stopping.IsCancellationRequested;
    }
}
