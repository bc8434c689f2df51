namespace DarkPool.Enclave.Sessions;

/// <summary>Bounds of the session table.</summary>
internal static class SessionLimits
{
    /// <summary>
    /// Sessions of a shard. A live key of NSec costs a locked page and four memory mappings of the process, of which Linux allows 65,530;
    /// a session has at most one and a stream another, which leaves half of them free.
    /// </summary>
    public const int MaxSessions = 4096;

    /// <summary>Open sessions of one account; the oldest is closed for the ninth.</summary>
    public const int MaxPerAccount = 8;
}
