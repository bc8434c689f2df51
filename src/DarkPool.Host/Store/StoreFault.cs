using System.Net.Sockets;
using Npgsql;

namespace DarkPool.Host.Store;

/// <summary>Tells a store that is gone from a store that refuses.</summary>
internal static class StoreFault
{
    /// <summary>Classes of SQLSTATE that speak of the server's condition (PostgreSQL manual, appendix A): it starts or stops.</summary>
    private static readonly string[] ServerClasses = ["08", "53", "57", "58"];

    /// <summary>Whether an exception, or what it wraps, means that the store cannot be reached now.</summary>
    internal static bool IsOutage(Exception? exception) => exception switch
    {
        null => false,
        PostgresException refusal => Array.Exists(ServerClasses, refusal.SqlState.StartsWith),
        NpgsqlException or SocketException or TimeoutException => true,
        _ => IsOutage(exception.InnerException),
    };
}
