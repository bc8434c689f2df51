using System.Net.Sockets;
using DarkPool.Protocol.Link;
using Npgsql;

namespace DarkPool.Host.Store;

/// <summary>Tells a store that is gone, for which one waits, from a store that refuses.</summary>
internal static class StoreFault
{
    /// <summary>Classes of SQLSTATE that speak of the server's condition (PostgreSQL manual, appendix A): it starts or stops.</summary>
    private static readonly string[] ServerClasses = ["08", "53", "57", "58"];

    /// <summary>How often a store that is gone is tried again.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(250);

    /// <summary>Reads, and waits as long as the store is gone.</summary>
    internal static async Task<T> OutlastAsync<T>(Func<Task<T>> read, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Retry, time);
        while (true)
        {
            try
            {
                return await read();
            }
            catch (Exception e) when (IsOutage(e))
            {
                await timer.WaitForNextTickAsync(cancellationToken);
            }
        }
    }

    /// <summary>Whether an exception, or what it wraps, means that the store cannot be reached now.</summary>
    internal static bool IsOutage(Exception? exception) => exception switch
    {
        null or LinkException => false,
        PostgresException refusal => Array.Exists(ServerClasses, refusal.SqlState.StartsWith),
        NpgsqlException or SocketException or TimeoutException => true,
        _ => IsOutage(exception.InnerException),
    };
}
