using System.Threading.Tasks.Sources;
using DarkPool.Host.Hosting;
using DarkPool.Host.Http;

namespace DarkPool.Host.Sequencing;

/// <summary>
/// What waits to enter a block, in order of arrival, bounded in bytes. Requests enqueue from any thread; one block builder takes out.
/// Its wait is a reusable value task, so a block costs no allocation here.
/// </summary>
internal sealed class Intake : IValueTaskSource, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<Submission> _queue = new();
    private readonly Availability _availability;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly long _maxBytes;
    private ManualResetValueTaskSourceCore<bool> _wait = new() { RunContinuationsAsynchronously = true };
    private readonly BlockSettings _blocks;
    private bool _waiting;
    private bool _waitsForFull;
    private bool _woken;
    private int _entries;
    private long _bytes;
    private bool _ended;

    /// <param name="maxBytes">Most bytes that may wait; a submission past it is refused.</param>
    /// <param name="blocks">What a full block is.</param>
    /// <param name="availability">Whether submissions are taken at all.</param>
    /// <param name="time">Clock of arrivals and of the wait.</param>
    internal Intake(long maxBytes, BlockSettings blocks, Availability availability, TimeProvider time)
    {
        _maxBytes = maxBytes;
        _availability = availability;
        _blocks = blocks;
        _time = time;
        _timer = time.CreateTimer(static intake => ((Intake)intake!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Bytes that wait.</summary>
    internal long Bytes
    {
        get { lock (_gate) return _bytes; }
    }

    /// <summary>Whether nothing waits.</summary>
    internal bool IsEmpty
    {
        get { lock (_gate) return _queue.Count == 0; }
    }

    /// <summary>Whether enough waits to fill a block.</summary>
    internal bool FillsBlock
    {
        get { lock (_gate) return EnoughForBlock; }
    }

    /// <summary>How long the first submission has waited; zero if none does.</summary>
    internal TimeSpan Waited
    {
        get { lock (_gate) return _queue.TryPeek(out var first) ? _time.GetElapsedTime(first.Arrival) : TimeSpan.Zero; }
    }

    /// <summary>Takes a submission into the queue, or says why not; then it still belongs to the caller.</summary>
    internal Problem? TryEnqueue(Submission submission)
    {
        lock (_gate)
        {
            if (_ended) return Problems.Draining;
            if (_availability.Refusal is { } refusal) return refusal;
            if (_bytes + submission.Length > _maxBytes) return Problems.IntakeFull;
            submission.Arrival = _time.GetTimestamp();
            _queue.Enqueue(submission);
            _bytes += submission.Length;
            _entries += submission.Count;
            if (!_waiting || (_waitsForFull && !EnoughForBlock)) return null;
            _waiting = false;
        }

        _wait.SetResult(true);
        return null;
    }

    /// <summary>Ends intake for good if nothing waits; from then on every submission is refused.</summary>
    internal bool TryEnd()
    {
        lock (_gate) return _ended = _queue.Count == 0;
    }

    /// <summary>Refuses what waits and is in no block yet: none of it reached the log, so clients may send it again.</summary>
    internal void RefuseWaiting(Problem reason)
    {
        List<Submission> untouched = [];
        lock (_gate)
        {
            for (var left = _queue.Count; left > 0; left--)
            {
                var submission = _queue.Dequeue();
                if (submission.IsBegun)
                {
                    _queue.Enqueue(submission);
                    continue;
                }

                _bytes -= submission.Length;
                _entries -= submission.Remaining;
                untouched.Add(submission);
            }
        }

        foreach (var submission in untouched) submission.Fail(reason);
    }

    /// <summary>Moves what waits into a block, first come first, until the block is full.</summary>
    internal void MoveInto(BlockInFlight block)
    {
        lock (_gate)
        {
            while (_queue.TryPeek(out var submission))
            {
                var moved = block.Take(submission);
                _entries -= moved;
                if (submission.Remaining > 0) return;
                _queue.Dequeue();
                _bytes -= submission.Length;
            }
        }
    }

    /// <summary>Ends when something waits, when the time is over, or when <see cref="Wake"/> was called since the last wait.</summary>
    internal ValueTask WaitForAnyAsync(TimeSpan atMost) => WaitAsync(false, atMost);

    /// <summary>As <see cref="WaitForAnyAsync"/>, but for enough to fill a block.</summary>
    internal ValueTask WaitForFullAsync(TimeSpan atMost) => WaitAsync(true, atMost);

    /// <summary>Ends a wait now, or the next one at once.</summary>
    internal void Wake()
    {
        lock (_gate)
        {
            if (!_waiting)
            {
                _woken = true;
                return;
            }

            _waiting = false;
        }

        _wait.SetResult(true);
    }

    public void Dispose() => _timer.Dispose();

    private bool EnoughForBlock => _entries >= _blocks.Entries || _bytes >= _blocks.BodyBytes;

    private ValueTask WaitAsync(bool full, TimeSpan atMost)
    {
        lock (_gate)
        {
            if (_woken || (full ? EnoughForBlock : _entries > 0) || atMost <= TimeSpan.Zero)
            {
                _woken = false;
                return ValueTask.CompletedTask;
            }

            _wait.Reset();
            _waiting = true;
            _waitsForFull = full;
            _timer.Change(atMost, Timeout.InfiniteTimeSpan);
            return new ValueTask(this, _wait.Version);
        }
    }

    void IValueTaskSource.GetResult(short token) => _wait.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _wait.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _wait.OnCompleted(continuation, state, token, flags);
}
