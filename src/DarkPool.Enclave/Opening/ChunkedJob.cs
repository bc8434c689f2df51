namespace DarkPool.Enclave.Opening;

/// <summary>Work that falls into chunks which any thread may run, each exactly once and in any order. Armed again for every use.</summary>
internal abstract class ChunkedJob
{
    /// <summary>The most chunks of one use.</summary>
    public const int MaxChunks = (1 << CountBits) - 1;

    private const int CountBits = 20;
    private const long CountMask = (1L << CountBits) - 1;

    // One word, so that a thread which comes late cannot take a chunk of another use: generation, number of chunks, next chunk.
    private long _progress;
    private readonly object _done = new();
    private int _left;
    private bool _waited;
    private Exception? _failure;

    /// <summary>Whether some chunk is still to be started.</summary>
    public bool HasChunks
    {
        get
        {
            var progress = Volatile.Read(ref _progress);
            return (progress & CountMask) < ((progress >> CountBits) & CountMask);
        }
    }

    /// <summary>Runs one chunk that nobody has started. False if there is none.</summary>
    public bool TryRunOne()
    {
        var progress = Volatile.Read(ref _progress);
        while (true)
        {
            var chunk = progress & CountMask;
            if (chunk >= ((progress >> CountBits) & CountMask)) return false;
            var seen = Interlocked.CompareExchange(ref _progress, progress + 1, progress);
            if (seen == progress)
            {
                Run((int)chunk);
                return true;
            }

            progress = seen;
        }
    }

    /// <summary>
    /// Runs what is left and waits for what others have started: microseconds, so it spins, but not for long, because the other thread may
    /// not have a processor.
    /// </summary>
    public void Complete()
    {
        var spin = default(SpinWait);
        while (Volatile.Read(ref _left) != 0)
        {
            if (TryRunOne()) continue;
            if (spin.NextSpinWillYield) Sleep();
            else spin.SpinOnce();
        }

        if (_failure is not null) throw new InvalidOperationException("A part of a parallel job failed.", _failure);
    }

    /// <summary>Makes the job ready for its next use, whose data is in place; the last use must be complete.</summary>
    protected void Arm(int chunks)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(chunks, MaxChunks);
        _failure = null;
        Volatile.Write(ref _left, chunks);
        var generation = (Volatile.Read(ref _progress) >> (2 * CountBits)) + 1;
        Volatile.Write(ref _progress, (generation << (2 * CountBits)) | ((long)chunks << CountBits));
    }

    /// <summary>Adds chunks behind those of this use: for a chunk that finds out what there is to do.</summary>
    protected void Extend(int chunks)
    {
        Interlocked.Add(ref _left, chunks);
        Interlocked.Add(ref _progress, (long)chunks << CountBits);
        WakeWaiting();
    }

    protected abstract void RunChunk(int chunk);

    private void Sleep()
    {
        lock (_done)
        {
            Volatile.Write(ref _waited, true);
            Interlocked.MemoryBarrier();
            while (Volatile.Read(ref _left) != 0 && !HasChunks) Monitor.Wait(_done);
            _waited = false;
        }
    }

    private void WakeWaiting()
    {
        if (!Volatile.Read(ref _waited)) return;
        lock (_done) Monitor.PulseAll(_done);
    }

    private void Run(int chunk)
    {
        try
        {
            RunChunk(chunk);
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref _failure, e, null);
        }

        if (Interlocked.Decrement(ref _left) == 0) WakeWaiting();
    }
}
