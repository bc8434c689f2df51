using DarkPool.Host.Hosting;
using DarkPool.Host.Http;
using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Envelopes;

namespace DarkPool.Host.Sequencing;

/// <summary>
/// The checked entries of one request on their way into blocks: usually into one, sometimes cut over two. It owns the request's pooled body
/// from the moment intake takes it until its last entry is in a block.
/// </summary>
internal sealed class Submission
{
    private readonly PooledBytes _body;
    private readonly TaskCompletionSource<Answer<SubmissionResult>> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SubmissionResult _result = new();
    private int _offset;
    private int _unanswered;

    /// <param name="kind">Kind of all its entries.</param>
    /// <param name="body">Envelopes one after another, or the data of one other entry; already checked.</param>
    /// <param name="count">How many entries that is.</param>
    internal Submission(EntryKind kind, PooledBytes body, int count)
    {
        Kind = kind;
        Count = count;
        Remaining = count;
        _unanswered = count;
        _body = body;
    }

    internal EntryKind Kind { get; }

    /// <summary>Entries in all.</summary>
    internal int Count { get; }

    /// <summary>Entries that are in no block yet.</summary>
    internal int Remaining { get; private set; }

    /// <summary>Bytes of the body.</summary>
    internal int Length => _body.Length;

    /// <summary>Whether a part of it is in a block, so that the rest must follow.</summary>
    internal bool IsBegun => Remaining < Count;

    /// <summary>When intake took it, in the clock's ticks.</summary>
    internal long Arrival { get; set; }

    /// <summary>Receipts of all its entries, or why none of them entered the log.</summary>
    internal Task<Answer<SubmissionResult>> Completion => _done.Task;

    /// <summary>Copies as many entries as fit; the others wait for the next block.</summary>
    /// <returns>How many fitted.</returns>
    internal int MoveInto(BlockBuilder block, BlockSettings limits)
    {
        var moved = 0;
        while (Remaining > 0)
        {
            var entry = NextEntry();
            if (!BlockInFlight.HasRoom(block, entry.Length, limits) || !block.TryAppend(Kind, entry)) break;
            _offset += entry.Length;
            Remaining--;
            moved++;
        }

        if (Remaining == 0) _body.Dispose();
        return moved;
    }

    /// <summary>A run of its entries is durable and executed; called in the order of the runs. The last one completes it.</summary>
    internal void Answer(in SubmissionRun run, ReadOnlySpan<byte> receipt)
    {
        _result.Add(run, receipt);
        _unanswered -= run.Count;
        if (_unanswered == 0) _done.TrySetResult(_result);
    }

    /// <summary>None of it entered the log, and none will.</summary>
    internal void Fail(Problem reason)
    {
        _body.Dispose();
        _done.TrySetResult(reason);
    }

    private ReadOnlySpan<byte> NextEntry()
    {
        var rest = _body.Span[_offset..];
        return Kind == EntryKind.Envelope ? rest[..EnvelopeLimits.SizeOf((SizeClass)rest[2])] : rest;
    }
}
