namespace DarkPool.Enclave.Opening;

/// <summary>
/// Threads that help the executor: they run the chunks of posted jobs, job by job, and rest when there is none.
/// The executor itself helps with whatever it waits for, so a crew of none is slower and nothing else.
/// </summary>
internal sealed class Crew : IDisposable
{
    /// <summary>More threads than this do not help one executor.</summary>
    public const int MaxHands = 15;

    /// <summary>Looks for work this often before it sleeps: about as long as the executor needs between two blocks under load.</summary>
    private const int SpinsBeforeSleep = 40;

    private readonly object _gate = new();
    private readonly List<ChunkedJob> _jobs = [];
    private readonly Thread[] _threads;
    private int _sleeping;
    private volatile bool _stopping;

    public Crew(int hands)
    {
        _threads = new Thread[Math.Clamp(hands, 0, MaxHands)];
        for (var i = 0; i < _threads.Length; i++)
        {
            _threads[i] = new Thread(Work) { IsBackground = true, Name = $"crew {i + 1}" };
            _threads[i].Start();
        }
    }

    /// <summary>One thread fewer than the machine has: the executor is the other.</summary>
    public static int HandsOfMachine => Environment.ProcessorCount - 1;

    /// <summary>Offers a job that has been armed.</summary>
    /// <param name="job">The job.</param>
    /// <param name="first">Whether it goes before all others, because the executor stands still until it is done.</param>
    public void Post(ChunkedJob job, bool first = false)
    {
        if (_threads.Length == 0) return;
        lock (_gate)
        {
            for (var i = _jobs.Count - 1; i >= 0; i--)
            {
                if (_jobs[i] == job || !_jobs[i].HasChunks) _jobs.RemoveAt(i);
            }

            _jobs.Insert(first ? 0 : _jobs.Count, job);
            if (_sleeping > 0) Monitor.PulseAll(_gate);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.PulseAll(_gate);
        }

        foreach (var thread in _threads) thread.Join();
    }

    private void Work()
    {
        var spin = default(SpinWait);
        while (!_stopping)
        {
            if (Next() is { } job)
            {
                job.TryRunOne();
                if (job.HasChunks) WakeSleeping();
                spin.Reset();
                continue;
            }

            if (spin.Count < SpinsBeforeSleep) spin.SpinOnce(sleep1Threshold: -1);
            else Sleep();
        }
    }

    /// <summary>A chunk may have brought more of them than there were when the job was posted.</summary>
    private void WakeSleeping()
    {
        if (Volatile.Read(ref _sleeping) == 0) return;
        lock (_gate) Monitor.PulseAll(_gate);
    }

    private void Sleep()
    {
        lock (_gate)
        {
            _sleeping++;
            while (Find() is null && !_stopping) Monitor.Wait(_gate);
            _sleeping--;
        }
    }

    private ChunkedJob? Next()
    {
        lock (_gate) return Find();
    }

    private ChunkedJob? Find()
    {
        foreach (var job in _jobs)
        {
            if (job.HasChunks) return job;
        }

        return null;
    }
}
