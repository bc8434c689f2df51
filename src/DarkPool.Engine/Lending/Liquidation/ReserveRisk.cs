using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending.Aave;

namespace DarkPool.Engine.Lending.Liquidation;

/// <summary>
/// What a reserve's scaled balances are worth at one instant: price times index. A position's health moves only as these factors do.
/// Values are in the base currency (8 decimals), scaled by 2^<see cref="ValueBits"/>.
/// </summary>
internal struct ReserveRisk
{
    /// <summary>Bits of fraction that values carry.</summary>
    public const int ValueBits = 16;

    /// <summary>From scaled supply to its value.</summary>
    public BoundedFactor Supply { get; private set; }

    /// <summary>From scaled debt to its value.</summary>
    public BoundedFactor Debt { get; private set; }

    /// <summary>What one base unit of the asset is worth, rounded up: the most that rounding to base units takes.</summary>
    public UInt128 UnitValue { get; private set; }

    /// <summary>Level of the supply factor.</summary>
    public uint SupplyLevel { get; private set; }

    /// <summary>Level of the debt factor.</summary>
    public uint DebtLevel { get; private set; }

    /// <summary>Takes price and indices as they are at <paramref name="now"/>.</summary>
    public void Refresh(in Reserve reserve, ulong now)
    {
        try
        {
            Take(reserve, now);
        }
        catch (OverflowException)
        {
            // No position in this reserve can be valued: each is looked at exactly until it can.
            UnitValue = BoundedFactor.TooLarge;
        }
    }

    private void Take(in Reserve reserve, ulong now)
    {
        UInt256 price = reserve.Price;
        var supply = price * reserve.NormalizedIncome(now);
        // While nobody owes, the debt index stands still, whatever the rate.
        var debt = price * (reserve.ScaledDebt == 0 ? reserve.DebtIndex : reserve.NormalizedDebt(now));
        var denominator = WadRay.Ray * reserve.Unit;
        Supply = new BoundedFactor(supply, denominator, ValueBits);
        Debt = new BoundedFactor(debt, denominator, ValueBits);
        SupplyLevel = LogLevel.Of(supply);
        DebtLevel = LogLevel.Of(debt);
        var unitValue = WideMath.DivideCeiling(price, reserve.Unit);
        UnitValue = unitValue.Low >> (BoundedFactor.MaxBits - ValueBits) == 0 ? unitValue.Low << ValueBits : BoundedFactor.TooLarge;
    }
}
