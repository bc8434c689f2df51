using System.Text.Json.Serialization;
using DarkPool.EventStore.Configuration;

namespace DarkPool.EventStore.Facts;

/// <summary>The host looked at an enclave's evidence and found it in order. Clients judge for themselves.</summary>
/// <param name="Provider">Name of the evidence provider.</param>
/// <param name="EvidenceHash">SHA-256 of the evidence.</param>
/// <param name="SigningKey">The Ed25519 key that the evidence binds, 32 bytes.</param>
/// <param name="PolicyHash">Hash of the policy it was judged by, 32 bytes.</param>
/// <param name="Time">When, microseconds since 1970.</param>
public sealed record EvidenceVerified(
    string Provider,
    [property: JsonConverter(typeof(HexBytesConverter))] byte[] EvidenceHash,
    [property: JsonConverter(typeof(HexBytesConverter))] byte[] SigningKey,
    [property: JsonConverter(typeof(HexBytesConverter))] byte[] PolicyHash,
    long Time);

/// <summary>The settlement registry knows the enclave's address.</summary>
/// <param name="EvmAddress">The address that signs settlement batches, 20 bytes.</param>
/// <param name="SigningKey">The enclave's Ed25519 key, 32 bytes.</param>
/// <param name="Transaction">Hash of the registering transaction, 32 bytes.</param>
/// <param name="Time">When, microseconds since 1970.</param>
public sealed record EnclaveRegistered(
    [property: JsonConverter(typeof(HexBytesConverter))] byte[] EvmAddress,
    [property: JsonConverter(typeof(HexBytesConverter))] byte[] SigningKey,
    [property: JsonConverter(typeof(HexBytesConverter))] byte[] Transaction,
    long Time);

/// <summary>An encryption key came into force.</summary>
/// <param name="Epoch">The key epoch, from 1.</param>
/// <param name="PublicKey">X25519 public key, 32 bytes.</param>
/// <param name="SealedSecret">The secret key, sealed by the enclave to itself: only an enclave of the same identity opens it.</param>
/// <param name="AfterBlock">The last block when the epoch began.</param>
/// <param name="Time">When, microseconds since 1970.</param>
public sealed record KeyEpochStarted(
    uint Epoch,
    [property: JsonConverter(typeof(HexBytesConverter))] byte[] PublicKey,
    byte[] SealedSecret,
    ulong AfterBlock,
    long Time);
