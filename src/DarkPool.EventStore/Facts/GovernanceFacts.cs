using System.Text.Json.Serialization;
using DarkPool.EventStore.Configuration;

namespace DarkPool.EventStore.Facts;

/// <summary>Where in the log a governance command stands.</summary>
/// <param name="Sequence">Sequence of the command, from 1 without gaps.</param>
/// <param name="Block">The block.</param>
/// <param name="Index">Index of the entry in the block.</param>
public sealed record GovernancePosition(ulong Sequence, ulong Block, uint Index);

/// <summary>An asset was listed.</summary>
/// <param name="At">The command that did it.</param>
/// <param name="Asset">Number of the asset.</param>
/// <param name="Token">Address of its token, 20 bytes.</param>
/// <param name="Decimals">Decimals of the token, for display.</param>
/// <param name="Symbol">Symbol, for display.</param>
public sealed record AssetListed(
    GovernancePosition At,
    uint Asset,
    [property: JsonConverter(typeof(HexBytesConverter))] byte[] Token,
    byte Decimals,
    string Symbol);

/// <summary>A market was listed.</summary>
/// <param name="At">The command that did it.</param>
/// <param name="Market">Number of the market.</param>
/// <param name="BaseAsset">The asset that is traded.</param>
/// <param name="QuoteAsset">The asset that it is paid with.</param>
/// <param name="Rule">Matching rule: 1 continuous.</param>
/// <param name="LotSize">Base units of the base asset per lot.</param>
/// <param name="TickValue">Base units of the quote asset per tick and lot.</param>
/// <param name="PublicationDelay">Microseconds between a trade and its earliest settlement.</param>
/// <param name="Symbol">Symbol, for display.</param>
public sealed record MarketListed(
    GovernancePosition At,
    uint Market,
    uint BaseAsset,
    uint QuoteAsset,
    byte Rule,
    [property: JsonConverter(typeof(DecimalStringConverter))] UInt128 LotSize,
    [property: JsonConverter(typeof(DecimalStringConverter))] UInt128 TickValue,
    ulong PublicationDelay,
    string Symbol);

/// <summary>The key that signs a feed's prices was set or taken away.</summary>
/// <param name="At">The command that did it.</param>
/// <param name="Feed">The feed.</param>
/// <param name="Enabled">Whether prices of this key count from now on.</param>
/// <param name="SourceKey">Ed25519 public key, 32 bytes.</param>
public sealed record PriceSourceSet(
    GovernancePosition At,
    uint Feed,
    bool Enabled,
    [property: JsonConverter(typeof(HexBytesConverter))] byte[] SourceKey);

/// <summary>The time between settlement batches was set.</summary>
/// <param name="At">The command that did it.</param>
/// <param name="Interval">Microseconds.</param>
public sealed record SettlementIntervalSet(GovernancePosition At, ulong Interval);

/// <summary>
/// A governance command took effect that lists nothing and names no source: a market was halted, configured, and the like. What it says is
/// in the block.
/// </summary>
/// <param name="At">The command that did it.</param>
/// <param name="Type">Its number in docs/PROTOCOL.md section 7.</param>
public sealed record GovernanceApplied(GovernancePosition At, ushort Type);
