using System.Text.Json.Serialization;
using DarkPool.EventStore.Configuration;
using DarkPool.EventStore.Facts;

namespace DarkPool.EventStore.Projections;

/// <summary>A line of the tape: what is public about one settlement batch.</summary>
public sealed class TapeBatch
{
    /// <summary>Sequence of the batch, from 1 without gaps.</summary>
    public long Id { get; set; }

    /// <summary>The first block it covers.</summary>
    public ulong FirstBlock { get; set; }

    /// <summary>The last block it covers.</summary>
    public ulong LastBlock { get; set; }

    /// <summary>Time of the last block, microseconds since 1970.</summary>
    public long Time { get; set; }

    /// <summary>State root of the batch before.</summary>
    [JsonConverter(typeof(HexBytesConverter))]
    public byte[] PreviousRoot { get; set; } = [];

    /// <summary>State root after the last block.</summary>
    [JsonConverter(typeof(HexBytesConverter))]
    public byte[] StateRoot { get; set; } = [];

    /// <summary>Merkle root over what each account owns.</summary>
    [JsonConverter(typeof(HexBytesConverter))]
    public byte[] EntitlementRoot { get; set; } = [];

    /// <summary>Head of the log after the last block.</summary>
    [JsonConverter(typeof(HexBytesConverter))]
    public byte[] LogHead { get; set; } = [];

    /// <summary>The settled markets.</summary>
    public IReadOnlyList<SettledMarket> Markets { get; set; } = [];

    /// <summary>Whether the batch is on chain.</summary>
    public bool Confirmed { get; set; }

    /// <summary>Hash of the transaction that carried it on chain; null until it is confirmed.</summary>
    [JsonConverter(typeof(HexBytesConverter))]
    public byte[]? Transaction { get; set; }

    /// <summary>EVM block that holds it; null until it is confirmed.</summary>
    public ulong? EvmBlock { get; set; }
}
