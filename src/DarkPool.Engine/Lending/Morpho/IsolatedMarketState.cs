using DarkPool.Engine.Arithmetic;

namespace DarkPool.Engine.Lending.Morpho;

/// <summary>Totals of an isolated market, as its last accrual left them. Assets in base units.</summary>
public record struct IsolatedMarketState
{
    /// <summary>Assets supplied, with interest.</summary>
    public UInt128 SupplyAssets { get; internal set; }

    /// <summary>Shares of the supply.</summary>
    public UInt128 SupplyShares { get; internal set; }

    /// <summary>Assets owed, with interest.</summary>
    public UInt128 BorrowAssets { get; internal set; }

    /// <summary>Shares of the debt.</summary>
    public UInt128 BorrowShares { get; internal set; }

    /// <summary>Second of the last accrual.</summary>
    public ulong LastUpdate { get; internal set; }

    /// <summary>The market's share of interest, wad.</summary>
    public UInt128 Fee { get; internal set; }

    /// <summary>Rate at the target utilisation, wad per second; 0 before the first accrual.</summary>
    public UInt128 RateAtTarget { get; internal set; }

    internal readonly bool IsIlliquid => BorrowAssets > SupplyAssets;

    /// <summary>Assets supplied and not owed.</summary>
    internal readonly UInt256 Liquidity => IsIlliquid ? UInt256.Zero : (UInt256)(SupplyAssets - BorrowAssets);

    internal readonly UInt256 ToBorrowAssets(UInt256 shares, Rounding rounding) =>
        SharesMath.ToAssets(shares, BorrowAssets, BorrowShares, rounding);

    internal readonly UInt256 ToBorrowShares(UInt256 assets, Rounding rounding) =>
        SharesMath.ToShares(assets, BorrowAssets, BorrowShares, rounding);

    internal readonly UInt256 ToSupplyAssets(UInt256 shares, Rounding rounding) =>
        SharesMath.ToAssets(shares, SupplyAssets, SupplyShares, rounding);

    internal readonly UInt256 ToSupplyShares(UInt256 assets, Rounding rounding) =>
        SharesMath.ToShares(assets, SupplyAssets, SupplyShares, rounding);

    /// <summary>Brings debt and supply to <paramref name="now"/>.</summary>
    /// <returns>Supply shares that the fee's recipient earns.</returns>
    internal UInt256 Accrue(ulong now)
    {
        if (now == LastUpdate) return UInt256.Zero;
        var rate = AdaptiveCurve.Rate(SupplyAssets, BorrowAssets, RateAtTarget, now - LastUpdate);
        var interest = MorphoWad.Mul(BorrowAssets, MorphoWad.TaylorCompounded(rate.MeanBorrowRate, now - LastUpdate));
        RateAtTarget = (UInt128)rate.RateAtTarget;
        LastUpdate = now;
        AddDebt(interest, UInt256.Zero);
        AddSupply(interest, UInt256.Zero);
        if (Fee == 0) return UInt256.Zero;
        var fee = MorphoWad.Mul(interest, Fee);
        var shares = SharesMath.ToShares(fee, SupplyAssets - fee, SupplyShares, Rounding.Floor);
        AddSupply(UInt256.Zero, shares);
        return shares;
    }

    internal void AddSupply(UInt256 assets, UInt256 shares)
    {
        SupplyAssets = (UInt128)(SupplyAssets + assets);
        SupplyShares = (UInt128)(SupplyShares + shares);
    }

    internal void TakeSupply(UInt256 assets, UInt256 shares)
    {
        SupplyAssets = (UInt128)(SupplyAssets - assets);
        SupplyShares = (UInt128)(SupplyShares - shares);
    }

    internal void AddDebt(UInt256 assets, UInt256 shares)
    {
        BorrowAssets = (UInt128)(BorrowAssets + assets);
        BorrowShares = (UInt128)(BorrowShares + shares);
    }

    // Assets are rounded up on the way in, so the last share may pay a unit more than is owed.
    internal void TakeDebt(UInt256 assets, UInt256 shares)
    {
        BorrowAssets = assets > BorrowAssets ? 0 : (UInt128)(BorrowAssets - assets);
        BorrowShares = (UInt128)(BorrowShares - shares);
    }
}

/// <summary>One user's part in an isolated market.</summary>
public record struct IsolatedHolding
{
    /// <summary>Shares of the supply.</summary>
    public UInt128 SupplyShares { get; internal set; }

    /// <summary>Shares of the debt.</summary>
    public UInt128 BorrowShares { get; internal set; }

    /// <summary>Collateral, base units; it earns nothing.</summary>
    public UInt128 Collateral { get; internal set; }
}

/// <summary>Why an operation of an isolated market is refused; the contract's error strings in Pascal case. Append-only.</summary>
public enum IsolatedError : ushort
{
    /// <summary>It was done.</summary>
    None = 0,

    /// <summary>Exactly one of assets and shares must be given.</summary>
    InconsistentInput = 1,

    /// <summary>No assets.</summary>
    ZeroAssets = 2,

    /// <summary>The position would not be healthy.</summary>
    InsufficientCollateral = 3,

    /// <summary>More would be owed than is supplied.</summary>
    InsufficientLiquidity = 4,

    /// <summary>A healthy position is not liquidated.</summary>
    PositionIsHealthy = 5,

    /// <summary>A result does not fit its type, or more is taken than there is: the contract's <c>Panic(17)</c>.</summary>
    ArithmeticOverflow = 6,

    /// <summary>The fee is that already.</summary>
    AlreadySet = 7,
}

/// <summary>Assets and shares that an operation moved.</summary>
public readonly record struct Moved(UInt256 Assets, UInt256 Shares);

/// <summary>What a liquidation moved: assets in base units.</summary>
public readonly record struct IsolatedLiquidation(
    UInt256 RepaidAssets, UInt256 RepaidShares, UInt256 SeizedAssets, UInt256 BadDebtAssets, UInt256 BadDebtShares);
