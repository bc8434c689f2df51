using System.Runtime.InteropServices;

namespace DarkPool.Cli.Output;

/// <summary>Durations of which percentiles are wanted. Safe to use from any thread.</summary>
internal sealed class LatencySample(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<long> _ticks = [];

    /// <summary>Adds the time between two timestamps of the clock.</summary>
    public void Add(long from, long to)
    {
        long ticks = time.GetElapsedTime(from, to).Ticks;
        lock (_lock)
            _ticks.Add(ticks);
    }

    /// <summary>The smallest duration that this share of the sample does not exceed, in milliseconds; 0 for an empty sample.</summary>
    /// <param name="share">0 to 1.</param>
    public double PercentileMs(double share)
    {
        lock (_lock)
        {
            if (_ticks.Count == 0)
                return 0;
            CollectionsMarshal.AsSpan(_ticks).Sort();
            int rank = Math.Max(1, (int)Math.Ceiling(share * _ticks.Count));
            return Math.Round(TimeSpan.FromTicks(_ticks[rank - 1]).TotalMilliseconds, 3);
        }
    }
}
