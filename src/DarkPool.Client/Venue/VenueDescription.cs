namespace DarkPool.Client.Venue;

/// <summary>
/// What a venue says about itself (docs/PROTOCOL.md section 10.1). The host says it, so it is a hint: what is sealed and what is
/// trusted depends on evidence and signatures only.
/// </summary>
public sealed record VenueDescription
{
    /// <summary>Version of the protocol.</summary>
    public required int Protocol { get; init; }

    /// <summary>Venue id, 64 hex digits.</summary>
    public required string VenueId { get; init; }

    /// <summary>Head before the first block, 64 hex digits.</summary>
    public required string GenesisHead { get; init; }

    /// <summary>Number of the shard.</summary>
    public required uint Shard { get; init; }

    /// <summary>The chain on which it settles.</summary>
    public required VenueChain Chain { get; init; }

    /// <summary>Listed assets.</summary>
    public required IReadOnlyList<VenueAsset> Assets { get; init; }

    /// <summary>Listed markets.</summary>
    public required IReadOnlyList<VenueMarket> Markets { get; init; }

    /// <summary>Who governs it.</summary>
    public required VenueGovernance Governance { get; init; }

    /// <summary>What one request may hold.</summary>
    public required VenueLimits Limits { get; init; }

    /// <summary>Least time between two settlement batches, in microseconds; null before governance has set it.</summary>
    public ulong? SettlementInterval { get; init; }

    /// <summary>Where it stands.</summary>
    public required VenueStatus Status { get; init; }
}

/// <summary>The chain of a venue.</summary>
/// <param name="ChainId">EIP-155 chain id.</param>
/// <param name="Vault">Address of the vault, <c>0x</c> and 40 hex digits.</param>
/// <param name="Registry">Address of the settlement registry.</param>
/// <param name="Url">JSON-RPC address for clients; null if the venue offers none.</param>
public sealed record VenueChain(ulong ChainId, string Vault, string Registry, string? Url);

/// <summary>A listed asset.</summary>
/// <param name="Asset">Its number.</param>
/// <param name="Token">Address of its ERC-20 token.</param>
/// <param name="Decimals">Decimal places of its display unit.</param>
/// <param name="Symbol">Its symbol.</param>
public sealed record VenueAsset(uint Asset, string Token, int Decimals, string Symbol);

/// <summary>A listed market.</summary>
/// <param name="Market">Its number.</param>
/// <param name="BaseAsset">What is traded.</param>
/// <param name="QuoteAsset">What is paid.</param>
/// <param name="Rule">Name of the matching rule: <c>continuous</c>.</param>
/// <param name="LotSize">Base units of the base asset in a lot.</param>
/// <param name="TickValue">Base units of the quote asset for a tick and a lot.</param>
/// <param name="PublicationDelay">Microseconds from a trade to its publication, at least.</param>
/// <param name="Symbol">Its symbol.</param>
public sealed record VenueMarket(
    uint Market, uint BaseAsset, uint QuoteAsset, string Rule, string LotSize, string TickValue, ulong PublicationDelay, string Symbol);

/// <summary>Who governs a venue.</summary>
/// <param name="Threshold">Signatures that a command needs.</param>
/// <param name="Keys">Ed25519 public keys, 64 hex digits each.</param>
/// <param name="NextSequence">Sequence of the next command.</param>
public sealed record VenueGovernance(int Threshold, IReadOnlyList<string> Keys, ulong NextSequence);

/// <summary>Bounds of requests.</summary>
/// <param name="BodyBytes">Most bytes of a body.</param>
/// <param name="EnvelopesPerRequest">Most envelopes of a body.</param>
public sealed record VenueLimits(int BodyBytes, int EnvelopesPerRequest);

/// <summary>Where a venue stands.</summary>
/// <param name="State"><c>live</c>, or why it is not.</param>
/// <param name="Block">Number of the last block.</param>
/// <param name="Head">Hash of its header, 64 hex digits.</param>
/// <param name="StateRoot">State root after it, 64 hex digits; null before the first execution.</param>
/// <param name="Time">Its time in microseconds since 1970.</param>
/// <param name="Settlement">How far settlement is.</param>
public sealed record VenueStatus(
    string State, ulong Block, string Head, string? StateRoot, long Time, VenueSettlement Settlement);

/// <summary>How far settlement is.</summary>
/// <param name="Closed">Sequence of the last batch that the enclave closed.</param>
/// <param name="Confirmed">Sequence of the last batch confirmed on chain.</param>
public sealed record VenueSettlement(ulong Closed, ulong Confirmed);
