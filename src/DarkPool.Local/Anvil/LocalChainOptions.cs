namespace DarkPool.Local.Anvil;

/// <summary>Where and how a <see cref="LocalChain"/> runs.</summary>
public sealed record LocalChainOptions
{
    /// <summary>The folder of the chain's state and log; created on first use, resumed later.</summary>
    public required string DataFolder { get; init; }

    /// <summary>TCP port on the loopback interface; 0, the default, is a free one.</summary>
    public int Port { get; init; }

    /// <summary>
    /// Null, the default: a block for every transaction, at once. Else additionally an empty block whenever this time has passed,
    /// in whole seconds, so that confirmations come without traffic; the node's work for a block grows with the number of blocks, so
    /// endless empty ones make a long-lived chain slow.
    /// </summary>
    public TimeSpan? BlockTime { get; init; }

    /// <summary>
    /// How often the state is saved while it changes. What a kill -9 of the node can undo is bounded by it. Default 1 second.
    /// </summary>
    public TimeSpan SaveInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the node may take to answer. Default 1 minute.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The clock of the waiting and saving; the system's by default.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
