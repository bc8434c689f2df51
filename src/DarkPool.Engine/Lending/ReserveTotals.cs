using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending.Aave;
using DarkPool.Engine.Lending.Morpho;

namespace DarkPool.Engine.Lending;

/// <summary>What is public of a reserve, with interest to the block's time. Amounts in base units, rates and indices in rays.</summary>
public readonly record struct ReserveTotals
{
    /// <summary>The pool's number.</summary>
    public required uint Pool { get; init; }

    /// <summary>The asset.</summary>
    public required uint Asset { get; init; }

    /// <summary>Whether the price may be relied on.</summary>
    public required bool HasPrice { get; init; }

    /// <summary>Price of a whole token in the base currency (USD, 8 decimals).</summary>
    public required UInt128 Price { get; init; }

    /// <summary>All supply.</summary>
    public required UInt128 Supplied { get; init; }

    /// <summary>All debt.</summary>
    public required UInt128 Borrowed { get; init; }

    /// <summary>What the reserve holds.</summary>
    public required UInt128 Available { get; init; }

    /// <summary>Debt that was written off and is not covered.</summary>
    public required UInt128 Deficit { get; init; }

    /// <summary>Debt over debt and what is held.</summary>
    public required UInt128 Utilisation { get; init; }

    /// <summary>What suppliers earn a year.</summary>
    public required UInt128 LiquidityRate { get; init; }

    /// <summary>What borrowers owe a year.</summary>
    public required UInt128 BorrowRate { get; init; }

    /// <summary>What a scaled unit of supply is worth.</summary>
    public required UInt128 LiquidityIndex { get; init; }

    /// <summary>What a scaled unit of debt is worth.</summary>
    public required UInt128 BorrowIndex { get; init; }

    /// <summary>What governance set.</summary>
    public required ReserveParameters Parameters { get; init; }

    internal static ReserveTotals Of(ListedPool listed, int index)
    {
        ref readonly var reserve = ref listed.Pool.ReserveAt(index);
        var (income, debtIndex) = (reserve.NormalizedIncome(listed.Pool.Now), reserve.NormalizedDebt(listed.Pool.Now));
        var borrowed = WadRay.RayMul(reserve.ScaledDebt, debtIndex, Rounding.Ceiling);
        return new ReserveTotals
        {
            Pool = listed.Terms.Number,
            Asset = listed.Reserves[index].Asset,
            HasPrice = listed.Reserves[index].IsPriced,
            Price = reserve.Price,
            Supplied = LendingDesk.Saturated(WadRay.RayMul(reserve.ScaledSupply, income, Rounding.Floor)),
            Borrowed = LendingDesk.Saturated(borrowed),
            Available = reserve.VirtualBalance,
            Deficit = reserve.Deficit,
            Utilisation = borrowed.IsZero ? 0 : LendingDesk.Saturated(WadRay.RayDiv(borrowed, borrowed + reserve.VirtualBalance)),
            LiquidityRate = reserve.LiquidityRate,
            BorrowRate = reserve.DebtRate,
            LiquidityIndex = LendingDesk.Saturated(income),
            BorrowIndex = LendingDesk.Saturated(debtIndex),
            Parameters = reserve.Parameters,
        };
    }
}

/// <summary>What is public of an isolated market: totals as its last accrual left them.</summary>
/// <param name="Market">The isolated market's number.</param>
/// <param name="HasPrice">Whether the price may be relied on.</param>
/// <param name="State">The totals.</param>
/// <param name="Lltv">Loan to value at which positions are liquidated, wad.</param>
/// <param name="Price">Loan base units per collateral base unit, scaled by 1e36.</param>
public readonly record struct IsolatedTotals(uint Market, bool HasPrice, IsolatedMarketState State, UInt128 Lltv, UInt256 Price);
