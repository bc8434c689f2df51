namespace DarkPool.Cli.Replay;

/// <summary>
/// An open loop: step i is due i / rate seconds after the first, whether or not the venue has answered what came before. Latencies count
/// from when a step was due, so that a venue which falls behind cannot hide it by delaying the next step.
/// </summary>
/// <param name="perSecond">Steps a second, above 0.</param>
/// <param name="time">The clock.</param>
internal sealed class Pace(double perSecond, TimeProvider time)
{
    /// <summary>As fine as timers are; steps that are due meanwhile leave together.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly double _ticksEach = time.TimestampFrequency / perSecond;
    private long _start;

    /// <summary>Waits until a step is due.</summary>
    /// <param name="step">Number of the step, from 0, ascending.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Timestamp at which it was due.</returns>
    public async ValueTask<long> AwaitAsync(int step, CancellationToken cancellation)
    {
        if (step == 0)
            _start = time.GetTimestamp();
        long due = _start + (long)(step * _ticksEach);
        if (time.GetTimestamp() >= due)
            return due;
        using var timer = new PeriodicTimer(Tick, time);
        while (time.GetTimestamp() < due)
            await timer.WaitForNextTickAsync(cancellation);
        return due;
    }
}
