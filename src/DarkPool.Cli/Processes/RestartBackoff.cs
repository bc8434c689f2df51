namespace DarkPool.Cli.Processes;

/// <summary>How long to wait before a part that died is started again.</summary>
internal sealed class RestartBackoff(TimeProvider time)
{
    /// <summary>The first restart is nearly at once: after a kill nothing is wrong with the part itself.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    /// <summary>A part that keeps dying is tried this often.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>A part that lived this long is considered to have started well.</summary>
    private static readonly TimeSpan LivedWell = TimeSpan.FromSeconds(15);

    /// <summary>Deaths in a row after which the stack gives up: about half a minute of trying.</summary>
    private const int MostFailures = 10;

    private int _failures;

    /// <summary>Notes a death; null means: give up.</summary>
    public TimeSpan? AfterDeath(long startedAt)
    {
        _failures = time.GetElapsedTime(startedAt) >= LivedWell ? 1 : _failures + 1;
        if (_failures > MostFailures)
            return null;
        TimeSpan pause = Shortest * Math.Pow(2, _failures - 1);
        return pause < Longest ? pause : Longest;
    }
}
