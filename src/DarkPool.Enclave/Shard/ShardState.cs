using DarkPool.Enclave.Outboxes;
using DarkPool.Enclave.Sessions;
using DarkPool.Engine;
using DarkPool.Protocol.Identity;

namespace DarkPool.Enclave.Shard;

/// <summary>Everything that follows from the log: what a snapshot holds.</summary>
internal sealed class ShardState
{
    public ShardState(Venue venue, LogPosition position)
    {
        Venue = venue;
        Position = position;
        Reports = new ReportDesk(Accounts);
        SessionDesk = new SessionDesk(venue, Sessions, Accounts, Hellos, Pages, Reports);
    }

    public Venue Venue { get; }

    /// <summary>The last executed block.</summary>
    public LogPosition Position { get; set; }

    public SessionTable Sessions { get; } = new();

    public AccountSessions Accounts { get; } = new();

    public HelloMemory Hellos { get; } = new();

    public ReportPages Pages { get; } = new();

    public BatchAnchors Anchors { get; } = new();

    public ReportDesk Reports { get; }

    public SessionDesk SessionDesk { get; }

    /// <summary>The state before the first block.</summary>
    /// <param name="genesis">What the venue began with.</param>
    /// <param name="hashSeed">As of <see cref="Venue"/>: it shows in no result.</param>
    /// <param name="drawSeed">As of <see cref="Venue"/>: every replay needs the same.</param>
    public static ShardState AtGenesis(Genesis genesis, ulong hashSeed, in Bytes32 drawSeed) =>
        new(new Venue(hashSeed, new Digest(drawSeed.Span)), new LogPosition(0, long.MinValue, genesis.GenesisHead));
}
