using System.Globalization;

namespace DarkPool.Local.Postgres;

/// <summary>
/// The server's own lock file, <c>postmaster.pid</c>. After a kill -9 it stays, and the server refuses to start if any process has come to
/// own the number in it, which in containers is the rule.
/// </summary>
internal static class PostmasterFile
{
    private const string FileName = "postmaster.pid";
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits for a server that is still shutting down on this cluster, then removes what a killed one left.</summary>
    /// <exception cref="TimeoutException">A server keeps running on the cluster.</exception>
    public static async Task ClearAsync(string cluster, TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        // Only /proc tells whose number it is; elsewhere the server's own check has to do.
        if (!OperatingSystem.IsLinux()) return;
        var path = Path.Combine(cluster, FileName);
        var started = time.GetTimestamp();
        using var timer = new PeriodicTimer(Poll, time);
        while (Owner(path) is { } process && IsServerOf(process, cluster))
        {
            if (time.GetElapsedTime(started) > patience)
            {
                throw new TimeoutException($"A PostgreSQL server (process {process}) keeps running on {cluster}");
            }

            await timer.WaitForNextTickAsync(cancellation);
        }

        File.Delete(path);
    }

    private static int? Owner(string path)
    {
        try
        {
            var first = File.ReadLines(path).FirstOrDefault();
            return int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var process) ? process : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static bool IsServerOf(int process, string cluster)
    {
        try
        {
            // A server's current folder is its cluster.
            return Directory.ResolveLinkTarget($"/proc/{process}/cwd", returnFinalTarget: false)?.FullName == cluster;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
