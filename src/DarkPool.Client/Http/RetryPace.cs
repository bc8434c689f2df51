namespace DarkPool.Client.Http;

/// <summary>Paces attempts against a venue that is away: pauses that double up to a bound, until a deadline.</summary>
internal sealed class RetryPace(TimeProvider time, TimeSpan retryFor)
{
    /// <summary>The first pause: a host that restarts on the same machine is back in about this many of them.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest pause: what a client waits at most after the venue is back.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private TimeSpan _pause = Shortest;
    private long? _firstFailure;

    /// <summary>Waits before the next attempt; false once the deadline has passed since the first failure.</summary>
    public async ValueTask<bool> WaitAsync(CancellationToken cancellation)
    {
        _firstFailure ??= time.GetTimestamp();
        if (time.GetElapsedTime(_firstFailure.Value) >= retryFor)
            return false;
        using var timer = new PeriodicTimer(_pause, time);
        await timer.WaitForNextTickAsync(cancellation);
        _pause = _pause + _pause < Longest ? _pause + _pause : Longest;
        return true;
    }
}
