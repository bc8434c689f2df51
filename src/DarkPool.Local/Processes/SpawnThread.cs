using System.Collections.Concurrent;
using System.Diagnostics;

namespace DarkPool.Local.Processes;

/// <summary>
/// The one thread that starts children, alive as long as this process. The kernel sends a parent-death signal when the <em>thread</em>
/// that forked ends (prctl(2), PR_SET_PDEATHSIG), so a thread of the pool, which may retire, must never start one.
/// </summary>
internal static class SpawnThread
{
    private static readonly BlockingCollection<Action> Work = [];

    static SpawnThread() => new Thread(Run) { IsBackground = true, Name = "child starter" }.Start();

    /// <summary>Starts the process on that thread.</summary>
    public static Process Start(ProcessStartInfo info)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Work.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(info) ?? throw new InvalidOperationException("No new process"));
            }
#pragma warning disable CA1031 // Handed to the caller, who sees it as his own.
            catch (Exception e)
#pragma warning restore CA1031
            {
                started.SetException(e);
            }
        });
        return started.Task.GetAwaiter().GetResult();
    }

    private static void Run()
    {
        foreach (var action in Work.GetConsumingEnumerable()) action();
    }
}
