using DarkPool.Engine.Lending.Aave;

namespace DarkPool.Engine.Lending;

/// <summary>Whose semantics a pool follows to the wei. Append-only.</summary>
public enum PoolVersion : byte
{
    /// <summary>None: never valid.</summary>
    None = 0,

    /// <summary>Aave v3.6.</summary>
    AaveV36 = 1,

    /// <summary>Aave v3.7.</summary>
    AaveV37 = 2,
}

/// <summary>What governance lists a pool with. It does not change afterwards.</summary>
/// <param name="Number">The pool's number, below <see cref="LendingLimits.MaxPools"/>.</param>
/// <param name="Version">Whose semantics it follows.</param>
/// <param name="Treasury">The 32-byte key of the account that receives the protocol's part.</param>
public sealed record PoolTerms(uint Number, PoolVersion Version, Digest Treasury);

/// <summary>What governance lists a reserve with.</summary>
/// <param name="Pool">The pool's number.</param>
/// <param name="Asset">A listed asset, once in a pool.</param>
/// <param name="Feed">A feed with terms of at most 8 decimals: its price is the asset's in the base currency (USD).</param>
/// <param name="Parameters">The parameters to begin with.</param>
public sealed record ReserveTerms(uint Pool, uint Asset, uint Feed, ReserveParameters Parameters);

/// <summary>The limits of lending. Each bounds memory or a loop.</summary>
public static class LendingLimits
{
    /// <summary>Pools: their prices are looked at in every block.</summary>
    public const uint MaxPools = 16;

    /// <summary>Isolated markets: their prices are looked at in every block.</summary>
    public const uint MaxIsolatedMarkets = 1024;

    /// <summary>Decimals of a pool's base currency, USD.</summary>
    public const byte BaseDecimals = 8;

    /// <summary>Most decimals of an asset that is lent: base units of one token still fit 128 bits.</summary>
    public const byte MaxAssetDecimals = 38;

    /// <summary>Largest cap, whole tokens: 2^36 - 1, as in Aave's configuration word.</summary>
    public const ulong MaxCap = (1UL << 36) - 1;

    /// <summary>Longest grace period after a pause: four hours, as in Aave's configurator.</summary>
    public const ulong MaxGraceSeconds = 4 * 60 * 60;
}
