namespace DarkPool.Chain.Rpc;

/// <summary>Limits of a <see cref="JsonRpcClient"/>.</summary>
public sealed record JsonRpcOptions
{
    /// <summary>How long one HTTP exchange may take. Default 10 seconds.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a call is tried in all when the node cannot be reached, at least 1. Default 3.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>Pause before the second attempt; it doubles with each further one. Default 200 milliseconds.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);
}
