namespace DarkPool.Protocol.Link;

/// <summary>Bounds of the link between host and enclave.</summary>
public static class LinkLimits
{
    /// <summary>
    /// Bytes of a frame after its length field: room for the largest batch of stream frames (8,192 streams of 4 KiB) and then some.
    /// </summary>
    public const int MaxFrame = 64 * 1024 * 1024;

    /// <summary>Bytes of a snapshot part: small against <see cref="MaxFrame"/>, large against the cost of a system call.</summary>
    public const int SnapshotPart = 4 * 1024 * 1024;

    /// <summary>Bytes of a whole sealed snapshot: what one array of the runtime holds.</summary>
    public const int MaxSnapshot = 2_000_000_000;

    /// <summary>Requests that may wait for their answer at once; the host's pipeline is far shorter.</summary>
    public const int MaxRequestsInFlight = 1024;

    /// <summary>Blocks that may be executed ahead of their commit: bounds what a lost append would throw away.</summary>
    public const int MaxUncommittedBlocks = 64;

    /// <summary>Deposit offers that the host may leave unread; the enclave offers far fewer ahead of the log.</summary>
    public const int MaxOffersUnread = 4096;

    /// <summary>Bytes of sealed key epochs: thousands of epochs.</summary>
    public const int MaxSealedKeys = 1024 * 1024;
}
