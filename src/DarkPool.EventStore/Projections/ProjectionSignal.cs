using JasperFx.Events.Daemon.HighWater;

namespace DarkPool.EventStore.Projections;

/// <summary>Wakes the daemon when this process has written something that a projection waits for, so that it need not poll often.</summary>
internal sealed class ProjectionSignal : IDaemonWakeup
{
    private readonly SemaphoreSlim _raised = new(0, 1);

    /// <summary>Whether this process runs the projections.</summary>
    public bool Running { get; set; }

    public void Raise()
    {
        try
        {
            _raised.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is raised already.
        }
    }

    public Task WaitAsync(TimeSpan timeout, CancellationToken token) => _raised.WaitAsync(timeout, token);

    /// <summary>Nothing: the daemon disposes what it is given, and another daemon may be given it next.</summary>
    public void Dispose()
    {
    }
}
