using System.Diagnostics;

namespace DarkPool.Load.Attest;

/// <summary>Times two things in turns, so that what disturbs the machine disturbs both.</summary>
internal static class PairedTimes
{
    private const int Unmeasured = 20;
    private const int AllocationRounds = 50;

    /// <summary>Medians in milliseconds.</summary>
    public static (double First, double Second) Measure(Action first, Action second, int rounds)
    {
        var (firsts, seconds) = (new List<double>(rounds), new List<double>(rounds));
        for (var round = -Unmeasured; round < rounds; round++)
        {
            var (one, two) = (Time(first), Time(second));
            if (round < 0) continue;
            firsts.Add(one);
            seconds.Add(two);
        }

        return (Median(firsts), Median(seconds));
    }

    /// <summary>Bytes allocated by one call on this thread, the mean of several.</summary>
    public static long BytesAllocated(Action action)
    {
        action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < AllocationRounds; round++) action();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / AllocationRounds;
    }

    private static double Time(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
