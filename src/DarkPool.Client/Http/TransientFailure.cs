using System.Net;

namespace DarkPool.Client.Http;

/// <summary>Tells faults that pass by themselves from refusals that stay.</summary>
internal static class TransientFailure
{
    /// <summary>A connection that broke, was refused or took too long.</summary>
    public static bool Is(Exception exception) =>
        exception is HttpRequestException or IOException or TimeoutException or OperationCanceledException;

    /// <summary>The host is there but cannot serve now: it drains, restores, waits for its store, or limits this client's rate.</summary>
    public static bool Is(HttpStatusCode status) => status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway
        or HttpStatusCode.GatewayTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout;
}
