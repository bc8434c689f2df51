namespace DarkPool.Chain.Publication;

/// <summary>Times of facts.</summary>
internal static class Clock
{
    /// <summary>Microseconds since 1970.</summary>
    public static long Microseconds(TimeProvider time) =>
        (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
