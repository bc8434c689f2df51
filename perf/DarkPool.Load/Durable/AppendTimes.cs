using System.Diagnostics;

namespace DarkPool.Load.Durable;

/// <summary>The durations of appends of one kind. Only the appends are counted, not the making of blocks between them.</summary>
internal sealed class AppendTimes
{
    private readonly List<TimeSpan> _durations = [];

    public int Count => _durations.Count;

    public TimeSpan Total { get; private set; }

    public async Task TimeAsync(Func<Task> append)
    {
        var start = Stopwatch.GetTimestamp();
        await append();
        var duration = Stopwatch.GetElapsedTime(start);
        _durations.Add(duration);
        Total += duration;
    }

    public AppendFigures Figures(int envelopesPerBlock)
    {
        var sorted = _durations.Order().ToList();
        var blocksPerSecond = Count / Total.TotalSeconds;
        return new AppendFigures
        {
            BlocksPerSecond = blocksPerSecond,
            EnvelopesPerSecond = blocksPerSecond * envelopesPerBlock,
            P50Ms = sorted[Count / 2].TotalMilliseconds,
            P99Ms = sorted[(int)(Count * 0.99)].TotalMilliseconds,
        };
    }
}
