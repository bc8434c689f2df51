using System.Text.Json.Serialization;
using DarkPool.EventStore.Configuration;

namespace DarkPool.EventStore.Facts;

/// <summary>A settlement batch closed: the public result of the blocks since the last one, signed (docs/PROTOCOL.md section 9).</summary>
public sealed record SettlementBatchClosed
{
    /// <summary>Sequence of the batch, from 1 without gaps.</summary>
    public required ulong Sequence { get; init; }

    /// <summary>The first block it covers.</summary>
    public required ulong FirstBlock { get; init; }

    /// <summary>The last block it covers; the one it closed with.</summary>
    public required ulong LastBlock { get; init; }

    /// <summary>Time of the last block, microseconds since 1970.</summary>
    public required long Time { get; init; }

    /// <summary>State root of the batch before; zeros in the first.</summary>
    [JsonConverter(typeof(HexBytesConverter))]
    public required byte[] PreviousRoot { get; init; }

    /// <summary>State root after the last block.</summary>
    [JsonConverter(typeof(HexBytesConverter))]
    public required byte[] StateRoot { get; init; }

    /// <summary>Merkle root over what each account owns.</summary>
    [JsonConverter(typeof(HexBytesConverter))]
    public required byte[] EntitlementRoot { get; init; }

    /// <summary>Head of the log after the last block.</summary>
    [JsonConverter(typeof(HexBytesConverter))]
    public required byte[] LogHead { get; init; }

    /// <summary>The settled markets.</summary>
    public required IReadOnlyList<SettledMarket> Markets { get; init; }

    /// <summary>The batch in its wire format: what the signature covers and the chain receives.</summary>
    public required byte[] Batch { get; init; }

    /// <summary>The enclave's secp256k1 signature of the batch's EIP-712 digest: r ‖ s ‖ v, 65 bytes.</summary>
    [JsonConverter(typeof(HexBytesConverter))]
    public required byte[] Signature { get; init; }
}

/// <summary>The trades of one market in one batch.</summary>
/// <param name="Market">The market.</param>
/// <param name="Trades">Number of trades.</param>
/// <param name="Price">Volume-weighted mean price in ticks, rounded down.</param>
/// <param name="Quantity">Lots traded.</param>
/// <param name="Notional">Base units of the quote asset that changed hands.</param>
public sealed record SettledMarket(
    uint Market,
    uint Trades,
    long Price,
    [property: JsonConverter(typeof(DecimalStringConverter))] UInt128 Quantity,
    [property: JsonConverter(typeof(DecimalStringConverter))] UInt128 Notional);

/// <summary>A transaction that carries a batch was sent.</summary>
/// <param name="Sequence">Sequence of the batch.</param>
/// <param name="Transaction">Hash of the transaction, 32 bytes; zeros if the enclave's platform sent it, which does not tell.</param>
/// <param name="Nonce">Nonce of the sending account: a replacement has the same; 0 if the enclave's platform sent it.</param>
/// <param name="Time">When, microseconds since 1970.</param>
public sealed record SettlementSubmitted(
    ulong Sequence,
    [property: JsonConverter(typeof(HexBytesConverter))] byte[] Transaction,
    ulong Nonce,
    long Time);

/// <summary>The registry's event for a batch was found on chain, deep enough.</summary>
/// <param name="Sequence">Sequence of the batch.</param>
/// <param name="Transaction">Hash of the transaction that carried it, 32 bytes.</param>
/// <param name="EvmBlock">Number of the EVM block.</param>
/// <param name="EvmBlockHash">Hash of the EVM block, 32 bytes: what a reorganisation changes.</param>
/// <param name="Time">When it was found, microseconds since 1970.</param>
public sealed record SettlementConfirmed(
    ulong Sequence,
    [property: JsonConverter(typeof(HexBytesConverter))] byte[] Transaction,
    ulong EvmBlock,
    [property: JsonConverter(typeof(HexBytesConverter))] byte[] EvmBlockHash,
    long Time);

/// <summary>A confirmed batch is no longer on chain: a reorganisation took it away, and it is pending again.</summary>
/// <param name="Sequence">Sequence of the batch.</param>
/// <param name="Transaction">Hash of the transaction that had carried it, 32 bytes.</param>
/// <param name="EvmBlock">Number of the EVM block that it had been in.</param>
/// <param name="Time">When it was noticed, microseconds since 1970.</param>
public sealed record SettlementReorged(
    ulong Sequence,
    [property: JsonConverter(typeof(HexBytesConverter))] byte[] Transaction,
    ulong EvmBlock,
    long Time);
