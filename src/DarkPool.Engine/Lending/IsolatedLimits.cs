using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending.Morpho;

namespace DarkPool.Engine.Lending;

/// <summary>How far a position in an isolated market can go; a loan is tried on the market, so that what is told is what it does.</summary>
internal static class IsolatedLimits
{
    private const int MostSteps = 2;

    /// <summary>Most that could be borrowed, base units.</summary>
    public static UInt128 MaxBorrowable(ListedIsolatedMarket listed, uint user)
    {
        if (!listed.IsPriced) return 0;
        var market = listed.Market;
        var position = market.PositionOf(user);
        var allowed = MorphoWad.Mul(Value(position.Holding.Collateral, market.Price), listed.Terms.Lltv);
        var owed = position.State.ToBorrowAssets(position.Holding.BorrowShares, Rounding.Ceiling);
        if (allowed <= owed) return 0;
        var most = UInt256.Min(allowed - owed, position.State.Liquidity);
        for (var step = 0; step <= MostSteps && !most.IsZero; step++, most -= UInt256.One)
        {
            var kept = market.Keep(user);
            var isGiven = market.Borrow(user, most, UInt256.Zero, out _) == IsolatedError.None;
            market.Restore(kept);
            if (isGiven) return LendingDesk.Saturated(most);
            if (most == UInt256.One) break;
        }

        return 0;
    }

    /// <summary>Most collateral that could be taken, base units.</summary>
    public static UInt128 WithdrawableCollateral(ListedIsolatedMarket listed, uint user)
    {
        var position = listed.Market.PositionOf(user);
        UInt256 collateral = position.Holding.Collateral;
        if (position.Holding.BorrowShares == 0) return position.Holding.Collateral;
        if (!listed.IsPriced || listed.Market.Price.IsZero) return 0;
        var needed = WideMath.MultiplyDivide(
            NeededValue(listed, position), MorphoWad.OraclePriceScale, listed.Market.Price, Rounding.Ceiling);
        return collateral > needed ? LendingDesk.Saturated(collateral - needed) : 0;
    }

    /// <summary>Most supply that could be taken, base units.</summary>
    public static UInt128 MaxWithdrawal(ListedIsolatedMarket listed, uint user)
    {
        var position = listed.Market.PositionOf(user);
        var supply = position.State.ToSupplyAssets(position.Holding.SupplyShares, Rounding.Floor);
        return LendingDesk.Saturated(UInt256.Min(supply, position.State.Liquidity));
    }

    /// <summary>The lowest price at which the position is not liquidatable; 0 without debt, the greatest without collateral.</summary>
    public static UInt256 LiquidationPrice(ListedIsolatedMarket listed, uint user)
    {
        var position = listed.Market.PositionOf(user);
        if (position.Holding.BorrowShares == 0) return UInt256.Zero;
        return position.Holding.Collateral == 0
            ? UInt256.MaxValue
            : WideMath.MultiplyDivide(
                NeededValue(listed, position), MorphoWad.OraclePriceScale, position.Holding.Collateral, Rounding.Ceiling);
    }

    /// <summary>Value of collateral in loan base units, rounded down.</summary>
    public static UInt256 Value(UInt128 collateral, UInt256 price) =>
        WideMath.MultiplyDivide(collateral, price, MorphoWad.OraclePriceScale, Rounding.Floor);

    // The least value of collateral that allows the debt.
    private static UInt256 NeededValue(ListedIsolatedMarket listed, in IsolatedMarket.Position position) => MorphoWad.Div(
        position.State.ToBorrowAssets(position.Holding.BorrowShares, Rounding.Ceiling), listed.Terms.Lltv, Rounding.Ceiling);
}
