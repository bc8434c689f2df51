namespace DarkPool.Engine.Lending;

/// <summary>What governance lists an isolated market with. It does not change afterwards.</summary>
public sealed record IsolatedMarketTerms
{
    /// <summary>The isolated market's number, below <see cref="LendingLimits.MaxIsolatedMarkets"/>.</summary>
    public required uint Number { get; init; }

    /// <summary>A listed asset, which is lent.</summary>
    public required uint LoanAsset { get; init; }

    /// <summary>Another listed asset, which secures the loans.</summary>
    public required uint CollateralAsset { get; init; }

    /// <summary>The loan asset's feed; null if the collateral's feed quotes in the loan asset.</summary>
    public uint? LoanFeed { get; init; }

    /// <summary>The collateral's feed.</summary>
    public required uint CollateralFeed { get; init; }

    /// <summary>Decimals of the loan asset.</summary>
    public required byte LoanDecimals { get; init; }

    /// <summary>Decimals of the collateral.</summary>
    public required byte CollateralDecimals { get; init; }

    /// <summary>Loan to value at which positions are liquidated, wad; above 0 and below 1e18.</summary>
    public required UInt128 Lltv { get; init; }

    /// <summary>The 32-byte key of the account that receives the fee's shares.</summary>
    public required Digest FeeRecipient { get; init; }
}
