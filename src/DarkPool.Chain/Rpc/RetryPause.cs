namespace DarkPool.Chain.Rpc;

/// <summary>The pause before another try.</summary>
internal static class RetryPause
{
    /// <summary>Waits by the clock that is given.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="pause">How long; zero or less is no wait.</param>
    /// <param name="cancellation">Ends the wait.</param>
    internal static async Task PauseAsync(this TimeProvider time, TimeSpan pause, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (pause <= TimeSpan.Zero) return;
        using var timer = new PeriodicTimer(pause, time);
        await timer.WaitForNextTickAsync(cancellation);
    }
}
