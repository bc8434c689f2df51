namespace DarkPool.Host.Hosting;

/// <summary>Why the process ends, when it is not because somebody asked it to.</summary>
internal sealed class HostExit(IHostApplicationLifetime lifetime)
{
    private HostFailure? _failure;

    /// <summary>The first fault that ended the host; null after a drain.</summary>
    internal HostFailure? Failure => Volatile.Read(ref _failure);

    /// <summary>Ends the host with a fault. Only the first one counts.</summary>
    internal void Fail(HostFailure failure)
    {
        Interlocked.CompareExchange(ref _failure, failure, null);
        lifetime.StopApplication();
    }
}
