// Source: docs/PROTOCOL.md section 10.1. Members are append-only.
using System.Text.Json.Serialization;

namespace DarkPool.Host.Http;

/// <summary>Shape of a problem document, for the interface description.</summary>
internal sealed record ProblemDocument(string Type, string Title, int Status, string? Detail);

internal sealed record SessionDocument(ulong Session, ulong Block, int Index, ReadOnlyMemory<byte> Receipt);

internal sealed record AttestationDocument(ClaimsDocument Claims, string Nonce, string Provider, ReadOnlyMemory<byte> Evidence);

internal sealed record ClaimsDocument(
    string SigningKey, string EvmAddress, uint KeyEpoch, string EncryptionKey, string VenueId, string PolicyHash, ulong AnchoredBlock,
    string AnchoredHead);

internal sealed record VenueDocument(
    int Protocol,
    string VenueId,
    string GenesisHead,
    uint Shard,
    ChainDocument Chain,
    EnclaveDocument? Enclave,
    GovernanceDocument Governance,
    LimitsDocument Limits,
    IReadOnlyList<SizeClassDocument> SizeClasses,
    IReadOnlyList<RateClassDocument> RateClasses,
    IReadOnlyList<SuiteDocument> Suites,
    IReadOnlyList<AssetDocument> Assets,
    IReadOnlyList<MarketDocument> Markets,
    IReadOnlyList<FeedDocument> Feeds,
    ulong? SettlementInterval,
    StatusDocument Status);

internal sealed record ChainDocument(ulong ChainId, string Vault, string Registry, string? Url);

internal sealed record EnclaveDocument(
    string SigningKey, string EvmAddress, uint KeyEpoch, string EncryptionKey, string PolicyHash, string Provider);

internal sealed record GovernanceDocument(int Threshold, IReadOnlyList<string> Keys, ulong NextSequence);

internal sealed record LimitsDocument(
    int BodyBytes, int EnvelopesPerRequest, int BlockEntries, int BlockBodyBytes, int Streams, int TapeLimit);

internal sealed record SizeClassDocument(int SizeClass, int Bytes);

internal sealed record RateClassDocument(int RateClass, int FramesPerSecond, int FrameBytes);

internal sealed record SuiteDocument(int Suite, string Name);

internal sealed record AssetDocument(uint Asset, string Token, int Decimals, string Symbol);

internal sealed record MarketDocument(
    uint Market, uint BaseAsset, uint QuoteAsset, string Rule, string LotSize, string TickValue, ulong PublicationDelay, string Symbol);

internal sealed record FeedDocument(uint Feed, string SourceKey);

internal sealed record StatusDocument(
    string State, ulong Block, string Head, string? StateRoot, long Time, SettlementStatusDocument Settlement);

internal sealed record SettlementStatusDocument(ulong Closed, ulong Confirmed);

internal sealed record TapeDocument(IReadOnlyList<BatchDocument> Batches, ulong Next);

internal sealed record BatchDocument(
    ulong Sequence,
    ulong FirstBlock,
    ulong LastBlock,
    long Time,
    string PreviousRoot,
    string StateRoot,
    string EntitlementRoot,
    string LogHead,
    string? Transaction,
    IReadOnlyList<SettledMarketDocument> Markets);

internal sealed record SettledMarketDocument(uint Market, uint Trades, long Price, string Quantity, string Notional);

internal sealed record BlockDocument(
    ulong Number,
    uint Shard,
    ulong Epoch,
    long Time,
    string PreviousHead,
    string EntriesRoot,
    string Head,
    IReadOnlyList<EntryDocument> Entries,
    ExecutionDocument? Execution);

internal sealed record EntryDocument(int Index, string Kind, int Length, string Hash);

internal sealed record ExecutionDocument(
    string StateRoot,
    string Signature,
    uint Dropped,
    IReadOnlyList<ulong> SessionsOpened,
    IReadOnlyList<ulong> SessionsClosed,
    ulong? SettlementSequence);

internal sealed record ReadinessDocument(string State, IReadOnlyList<string> Reasons);

/// <summary>How these documents become JSON, decided when the program is built.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProblemDocument))]
[JsonSerializable(typeof(SessionDocument))]
[JsonSerializable(typeof(AttestationDocument))]
[JsonSerializable(typeof(VenueDocument))]
[JsonSerializable(typeof(TapeDocument))]
[JsonSerializable(typeof(ReservesDocument))]
[JsonSerializable(typeof(LiquidationsDocument))]
[JsonSerializable(typeof(BatchDocument))]
[JsonSerializable(typeof(BlockDocument))]
[JsonSerializable(typeof(ReadinessDocument))]
internal sealed partial class VenueJson : JsonSerializerContext;
