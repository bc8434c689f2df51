namespace DarkPool.Chain.Publication;

/// <summary>How patiently a <see cref="SettlementPublisher"/> works.</summary>
public sealed record PublisherOptions
{
    /// <summary>How many blocks, its own included, a batch must have on it to count as confirmed. Default 1, for local chains.</summary>
    public int Confirmations { get; init; } = 1;

    /// <summary>Block of the chain from which the registry's events are searched: where it was created.</summary>
    public ulong StartBlock { get; init; }

    /// <summary>Pause between looks at the chain while a batch is under way. Default 500 milliseconds.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Pause between looks at the chain while none is. Default 10 seconds.</summary>
    public TimeSpan IdleInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Pause after a first fault; it doubles with each further one up to <see cref="LongestPause"/>. Default 500 milliseconds.
    /// </summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest pause after a fault. Default 30 seconds.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a transaction may wait before it is replaced by one that pays more. Default 3 minutes.</summary>
    public TimeSpan ReplaceAfter { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>
    /// How long a node may show a chain shorter than what it showed before, as one of several nodes behind an address does, until that
    /// counts as a reorganisation. Default 15 seconds.
    /// </summary>
    public TimeSpan LagTolerance { get; init; } = TimeSpan.FromSeconds(15);
}
