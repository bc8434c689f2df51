using System.Collections.Immutable;

namespace DarkPool.Engine.Markets;

/// <summary>What governance lists an asset with. It does not change afterwards.</summary>
public sealed record AssetTerms
{
    /// <summary>Bytes of a token's address.</summary>
    public const int TokenSize = 20;

    /// <summary>The asset's number, below <see cref="VenueLimits.MaxAssets"/>.</summary>
    public required uint Number { get; init; }

    /// <summary>The token's address on the chain: 20 bytes, of one asset only.</summary>
    public required ImmutableArray<byte> Token { get; init; }
}
