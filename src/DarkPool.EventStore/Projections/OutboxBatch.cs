using System.Text.Json.Serialization;
using DarkPool.EventStore.Configuration;

namespace DarkPool.EventStore.Projections;

/// <summary>How far the publication of a settlement batch has come. Append-only.</summary>
public enum PublicationState
{
    /// <summary>Closed and signed; no transaction carries it.</summary>
    Pending,

    /// <summary>A transaction was sent.</summary>
    Submitted,

    /// <summary>On chain, deep enough.</summary>
    Confirmed,
}

/// <summary>A settlement batch on its way to the chain.</summary>
public sealed class OutboxBatch
{
    /// <summary>Sequence of the batch, from 1 without gaps.</summary>
    public long Id { get; set; }

    /// <summary>How far it has come.</summary>
    public PublicationState State { get; set; }

    /// <summary>The batch in its wire format.</summary>
    public byte[] Batch { get; set; } = [];

    /// <summary>The enclave's secp256k1 signature of its EIP-712 digest: r ‖ s ‖ v.</summary>
    [JsonConverter(typeof(HexBytesConverter))]
    public byte[] Signature { get; set; } = [];

    /// <summary>Hash of the latest transaction sent, or of the one that was confirmed; null while pending.</summary>
    [JsonConverter(typeof(HexBytesConverter))]
    public byte[]? Transaction { get; set; }

    /// <summary>Nonce of that transaction.</summary>
    public ulong? Nonce { get; set; }

    /// <summary>EVM block it was confirmed in.</summary>
    public ulong? EvmBlock { get; set; }

    /// <summary>Hash of that EVM block.</summary>
    [JsonConverter(typeof(HexBytesConverter))]
    public byte[]? EvmBlockHash { get; set; }

    /// <summary>How often a reorganisation took it off the chain.</summary>
    public int Reorganisations { get; set; }
}
