using System.Text.Json.Serialization;
using DarkPool.EventStore.Configuration;

namespace DarkPool.EventStore.Facts;

/// <summary>A signed price entered the log.</summary>
/// <param name="Feed">The feed.</param>
/// <param name="Round">Round of the source, ascending.</param>
/// <param name="Time">When the source observed it, microseconds since 1970.</param>
/// <param name="Price">The price, in the feed's own unit.</param>
/// <param name="SourceKey">Ed25519 public key of the source, 32 bytes.</param>
/// <param name="Signature">Its signature, 64 bytes.</param>
/// <param name="Block">Block that carries it.</param>
/// <param name="Index">Index of the entry in the block.</param>
public sealed record PriceObserved(
    uint Feed,
    ulong Round,
    long Time,
    long Price,
    [property: JsonConverter(typeof(HexBytesConverter))] byte[] SourceKey,
    [property: JsonConverter(typeof(HexBytesConverter))] byte[] Signature,
    ulong Block,
    uint Index);
