using DarkPool.Engine.Arithmetic;

namespace DarkPool.Engine.Lending.Aave;

/// <summary>Parameters of a reserve. Factors in basis points, caps in whole tokens (0: none).</summary>
public record struct ReserveParameters
{
    /// <summary>Decimals of the asset: base units per token are 10^this.</summary>
    public byte Decimals { get; init; }

    /// <summary>Loan to value outside e-modes.</summary>
    public uint LoanToValue { get; set; }

    /// <summary>Liquidation threshold outside e-modes.</summary>
    public uint LiquidationThreshold { get; set; }

    /// <summary>Liquidation bonus outside e-modes; 10,500 is 5 %.</summary>
    public uint LiquidationBonus { get; set; }

    /// <summary>The treasury's share of interest.</summary>
    public uint ReserveFactor { get; set; }

    /// <summary>The treasury's share of the bonus.</summary>
    public uint LiquidationProtocolFee { get; set; }

    /// <summary>Most that may be borrowed.</summary>
    public ulong BorrowCap { get; set; }

    /// <summary>Most that may be supplied.</summary>
    public ulong SupplyCap { get; set; }

    /// <summary>The curve of interest rates.</summary>
    public InterestRateCurve Curve { get; set; }

    /// <summary>Whether new debt is taken.</summary>
    public bool BorrowingEnabled { get; set; }

    /// <summary>Neither supply nor debt may be added.</summary>
    public bool Frozen { get; set; }

    /// <summary>Nothing moves.</summary>
    public bool Paused { get; set; }

    /// <summary>Second until which nothing is liquidated after a pause.</summary>
    public ulong GraceUntil { get; set; }
}

/// <summary>
/// A reserve: what of an asset is supplied and owed. Indices in rays; balances are scaled, that is divided by the index at which they came;
/// amounts in the asset's base units; times in seconds.
/// </summary>
public struct Reserve
{
    /// <summary>Its parameters.</summary>
    internal ReserveParameters Parameters;

    /// <summary>Price of one token in the base currency (USD, 8 decimals).</summary>
    public UInt128 Price { get; internal set; }

    /// <summary>What a scaled unit of supply is worth.</summary>
    public UInt128 LiquidityIndex { get; internal set; }

    /// <summary>What a scaled unit of debt is worth.</summary>
    public UInt128 DebtIndex { get; internal set; }

    /// <summary>Yearly rate that suppliers earn, ray.</summary>
    public UInt128 LiquidityRate { get; internal set; }

    /// <summary>Yearly rate that borrowers owe, ray.</summary>
    public UInt128 DebtRate { get; internal set; }

    /// <summary>Second of the last accrual.</summary>
    public ulong LastUpdate { get; internal set; }

    /// <summary>Scaled supply that the treasury has earned and not yet minted.</summary>
    public UInt128 AccruedToTreasury { get; internal set; }

    /// <summary>What the reserve holds, as the pool counts it.</summary>
    public UInt128 VirtualBalance { get; internal set; }

    /// <summary>Debt that was written off and is not covered.</summary>
    public UInt128 Deficit { get; internal set; }

    /// <summary>Sum of all scaled supplies.</summary>
    public UInt128 ScaledSupply { get; internal set; }

    /// <summary>Sum of all scaled debts.</summary>
    public UInt128 ScaledDebt { get; internal set; }

    /// <summary>Base units of one token.</summary>
    public readonly UInt256 Unit => PowersOfTen[Parameters.Decimals];

    private static readonly UInt256[] PowersOfTen = MakePowers();

    /// <summary>The supply index at <paramref name="now"/>.</summary>
    public readonly UInt256 NormalizedIncome(ulong now) =>
        now == LastUpdate ? LiquidityIndex : WadRay.RayMul(InterestAccrual.Linear(LiquidityRate, now - LastUpdate), LiquidityIndex);

    /// <summary>The debt index at <paramref name="now"/>.</summary>
    public readonly UInt256 NormalizedDebt(ulong now) =>
        now == LastUpdate ? DebtIndex : WadRay.RayMul(InterestAccrual.Compound(DebtRate, now - LastUpdate), DebtIndex);

    /// <summary>Brings the indices to <paramref name="now"/> and gives the treasury its share.</summary>
    public void Accrue(ulong now)
    {
        if (now == LastUpdate) return;
        var before = DebtIndex;
        if (LiquidityRate != 0) LiquidityIndex = (UInt128)NormalizedIncome(now);
        if (ScaledDebt != 0) DebtIndex = (UInt128)NormalizedDebt(now);
        AccrueTreasury(before);
        LastUpdate = now;
    }

    /// <summary>The treasury's share of what the debt index grew by since it was <paramref name="before"/>.</summary>
    public void AccrueTreasury(UInt256 before)
    {
        var accrued = WadRay.RayMul(ScaledDebt, DebtIndex - before, Rounding.Floor);
        var share = WadRay.PercentMul(accrued, (ulong)Parameters.ReserveFactor);
        if (!share.IsZero) AccruedToTreasury = (UInt128)(AccruedToTreasury + WadRay.RayDiv(share, LiquidityIndex, Rounding.Floor));
    }

    /// <summary>Sets the rates for what the reserve holds after an operation, and counts what moved.</summary>
    public void Rebalance(UInt256 added, UInt256 taken)
    {
        var available = VirtualBalance + added - taken;
        var debt = WadRay.RayMul(ScaledDebt, DebtIndex, Rounding.Ceiling);
        var rates = Parameters.Curve.Rates(debt, available, Deficit, Parameters.ReserveFactor);
        LiquidityRate = (UInt128)rates.Liquidity;
        DebtRate = (UInt128)rates.VariableBorrow;
        VirtualBalance = (UInt128)available;
    }

    /// <summary>Value in the base currency of an amount in base units.</summary>
    public readonly UInt256 Value(UInt256 amount, Rounding rounding) => WideMath.MultiplyDivide(amount, Price, Unit, rounding);

    private static UInt256[] MakePowers()
    {
        var powers = new UInt256[39];
        powers[0] = UInt256.One;
        for (var i = 1; i < powers.Length; i++) powers[i] = powers[i - 1] * 10UL;
        return powers;
    }
}
