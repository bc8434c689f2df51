using System.Net.Sockets;
using Npgsql;

namespace DarkPool.EventStore.Shards;

/// <summary>Tells an unreachable store, which one waits for, from a refusal, which one does not; and paces the waiting.</summary>
internal static class Outage
{
    /// <summary>The pause after the first failure; it doubles up to <see cref="LongestPause"/>.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);

    /// <summary>A server that comes back is noticed within this time.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(640);

    private const int Doublings = 5;

    /// <summary>Classes of SQLSTATE that speak of the server's condition, not of the statement (PostgreSQL manual, appendix A).</summary>
    private static readonly string[] ServerClasses = ["08", "53", "57", "58"];

    /// <summary>Whether waiting and trying again is the answer.</summary>
    public static bool Is(Exception exception) => exception switch
    {
        PostgresException refusal => refusal.IsTransient || Array.Exists(ServerClasses, refusal.SqlState.StartsWith),
        NpgsqlException broken => broken.IsTransient || broken.InnerException is IOException or SocketException or TimeoutException,
        IOException or SocketException or TimeoutException => true,
        _ => false,
    };

    /// <summary>Waits before the next attempt.</summary>
    /// <param name="failures">How many attempts have failed in a row, at least one.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task PauseAsync(int failures, TimeProvider time, CancellationToken cancellation)
    {
        var pause = FirstPause * (1 << Math.Min(failures - 1, Doublings));
        using var timer = new PeriodicTimer(pause < LongestPause ? pause : LongestPause, time);
        await timer.WaitForNextTickAsync(cancellation);
    }
}
