using System.Text.Json.Serialization;
using DarkPool.EventStore.Configuration;

namespace DarkPool.EventStore.Facts;

/// <summary>A block as it was appended, docs/PROTOCOL.md section 7. The only event that is not JSON.</summary>
/// <param name="Block">Header and body, exactly the bytes that were hashed.</param>
public sealed record BlockAppended(byte[] Block);

/// <summary>A sequencer took the shard: from here on only blocks of this epoch may follow.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Epoch">The epoch, from 1, one more than the one before.</param>
/// <param name="Holder">Who took it, for people: host name and process id.</param>
/// <param name="AfterBlock">Number of the last block before this epoch; 0 if there is none.</param>
/// <param name="Time">When, in microseconds since 1970.</param>
public sealed record SequencerEpochStarted(uint Shard, ulong Epoch, string Holder, ulong AfterBlock, long Time);

/// <summary>The public result of a block, as the enclave gave it out.</summary>
public sealed record BlockExecuted
{
    /// <summary>Number of the block, from 1.</summary>
    public required ulong Number { get; init; }

    /// <summary>Time of the block, microseconds since 1970.</summary>
    public required long Time { get; init; }

    /// <summary>Hash of the block's header, 32 bytes.</summary>
    [JsonConverter(typeof(HexBytesConverter))]
    public required byte[] Head { get; init; }

    /// <summary>State root after the block, 32 bytes.</summary>
    [JsonConverter(typeof(HexBytesConverter))]
    public required byte[] StateRoot { get; init; }

    /// <summary>Entries in the block.</summary>
    public required uint Entries { get; init; }

    /// <summary>Envelopes that had no effect and no answer: of unknown sessions, or hellos that do not open.</summary>
    public required uint Dropped { get; init; }

    /// <summary>Sessions that the block opened, by ascending index.</summary>
    public required IReadOnlyList<OpenedSession> Opened { get; init; }

    /// <summary>Numbers of the sessions that closed.</summary>
    public required IReadOnlyList<ulong> Closed { get; init; }

    /// <summary>Public entries that changed nothing, by ascending index.</summary>
    public required IReadOnlyList<RefusedEntry> Refused { get; init; }

    /// <summary>The enclave's Ed25519 signature of the block statement, 64 bytes.</summary>
    [JsonConverter(typeof(HexBytesConverter))]
    public required byte[] Signature { get; init; }

    /// <summary>Sequence of the settlement batch that closed with this block; null if none did.</summary>
    public ulong? Settlement { get; init; }
}

/// <summary>A session that a block opened.</summary>
/// <param name="Index">Index of its hello in the block.</param>
/// <param name="RateClass">Rate class of its report stream.</param>
public sealed record OpenedSession(uint Index, byte RateClass);

/// <summary>A public entry that changed nothing.</summary>
/// <param name="Index">Index of the entry in the block.</param>
/// <param name="Code">The reason, as the link protocol numbers it.</param>
public sealed record RefusedEntry(uint Index, byte Code);

/// <summary>A sealed snapshot of the enclave's state was stored; its bytes are in <c>snapshot_chunk</c>.</summary>
public sealed record SnapshotSealed
{
    /// <summary>Names its chunks.</summary>
    public required Guid Id { get; init; }

    /// <summary>The last block that the state contains.</summary>
    public required ulong Block { get; init; }

    /// <summary>Head after that block, 32 bytes.</summary>
    [JsonConverter(typeof(HexBytesConverter))]
    public required byte[] Head { get; init; }

    /// <summary>Length of the sealed bytes.</summary>
    public required long Length { get; init; }

    /// <summary>Number of chunks that hold them.</summary>
    public required int Chunks { get; init; }

    /// <summary>SHA-256 of the sealed bytes.</summary>
    [JsonConverter(typeof(HexBytesConverter))]
    public required byte[] Hash { get; init; }
}
