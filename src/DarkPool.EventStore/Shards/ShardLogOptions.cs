using DarkPool.Protocol.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DarkPool.EventStore.Shards;

/// <summary>How a shard is opened for writing.</summary>
public sealed record ShardLogOptions
{
    /// <summary>The shard.</summary>
    public required uint Shard { get; init; }

    /// <summary>What block 1 names as its predecessor (docs/PROTOCOL.md section 1).</summary>
    public required Bytes32 GenesisHead { get; init; }

    /// <summary>Who opens it, for the message that a second host prints: a few words.</summary>
    public string Holder { get; init; } = $"{Environment.MachineName}, process {Environment.ProcessId}";

    /// <summary>How long to wait for a predecessor that was killed: the server needs a moment to notice. Default 3 seconds.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// How long recorded executions may wait for a block to go with before they are written without one. Default 50 ms: a block
    /// normally comes within a few milliseconds, and a settlement batch waits for this.
    /// </summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How often an idle log looks whether the store is there and the epoch still its own. Default 1 second.</summary>
    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where an outage is told.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
