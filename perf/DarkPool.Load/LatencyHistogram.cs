using System.Diagnostics;

namespace DarkPool.Load;

/// <summary>Counts durations by the nanosecond up to one millisecond, and keeps the largest.</summary>
internal sealed class LatencyHistogram
{
    private const int Nanoseconds = 1_000_000;

    private readonly long[] _counts = new long[Nanoseconds];
    private long _beyond;

    /// <summary>Durations counted.</summary>
    public long Count { get; private set; }

    /// <summary>The largest, in nanoseconds.</summary>
    public long Max { get; private set; }

    /// <summary>Counts one duration, given in ticks of <see cref="Stopwatch"/>.</summary>
    public void Add(long stopwatchTicks)
    {
        var nanoseconds = Stopwatch.Frequency == 1_000_000_000 ? stopwatchTicks : stopwatchTicks * 1_000_000_000 / Stopwatch.Frequency;
        Count++;
        Max = Math.Max(Max, nanoseconds);
        if ((ulong)nanoseconds < Nanoseconds) _counts[nanoseconds]++;
        else _beyond++;
    }

    /// <summary>The duration, in nanoseconds, that a share of all do not exceed.</summary>
    public long Percentile(double share)
    {
        var rank = (long)Math.Ceiling(share * Count);
        var seen = 0L;
        for (var nanoseconds = 0; nanoseconds < Nanoseconds; nanoseconds++)
        {
            seen += _counts[nanoseconds];
            if (seen >= rank) return nanoseconds;
        }

        return Max;
    }
}
