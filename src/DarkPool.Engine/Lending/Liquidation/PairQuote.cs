using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending.Aave;
using DarkPool.Engine.Lending.Morpho;

namespace DarkPool.Engine.Lending.Liquidation;

/// <summary>
/// What lots and ticks of a liquidation market are worth at the pool's prices. Prices to sellers' harm are rounded up, to buyers' harm
/// down: an ask is never below what the bonus allows, a bid's limit never above what its discount allows.
/// </summary>
internal readonly struct PairQuote
{
    private const int Fraction = 32;

    private static readonly UInt256 FractionUnit = 1UL << Fraction;

    private readonly UInt256 _over;
    private readonly UInt256 _under;

    /// <summary>Takes the pool's prices of now.</summary>
    public PairQuote(LiquidationTerms terms, in Reserve collateral, in Reserve debt)
    {
        _over = terms.LotSize * (UInt256)collateral.Price * debt.Unit;
        _under = terms.TickValue * (UInt256)debt.Price * collateral.Unit;
        LotValue = WideMath.DivideCeiling(terms.LotSize * (UInt256)collateral.Price * FractionUnit, collateral.Unit);
        TickValue = terms.TickValue * (UInt256)debt.Price * FractionUnit / debt.Unit;
    }

    /// <summary>Takes an isolated market's price of now: loan base units per collateral base unit, times 1e36. Its base currency is the
    /// loan asset's base unit.</summary>
    public PairQuote(LiquidationTerms terms, UInt256 price)
    {
        _over = terms.LotSize * price;
        _under = terms.TickValue * MorphoWad.OraclePriceScale;
        LotValue = WideMath.DivideCeiling(_over * FractionUnit, MorphoWad.OraclePriceScale);
        TickValue = terms.TickValue * FractionUnit;
    }

    /// <summary>Value of a lot of collateral: base currency * 2^32, rounded up.</summary>
    public UInt256 LotValue { get; }

    /// <summary>Value of one tick for one lot: base currency * 2^32, rounded down.</summary>
    public UInt256 TickValue { get; }

    /// <summary>Whether both sides have a price that ticks can tell.</summary>
    public bool IsUsable => !_over.IsZero && !_under.IsZero && !TickValue.IsZero && Ticks(_over, _under, Rounding.Ceiling) < MaxTicks;

    private static long MaxTicks => long.MaxValue >> 8;

    /// <summary>The oracle's price in whole ticks, rounded down.</summary>
    public long OracleTicks => Ticks(_over, _under, Rounding.Floor);

    /// <summary>The least price at which a lot with this bonus (a wad) may be sold; at least one tick.</summary>
    public long AskTicks(UInt256 bonus) => Math.Max(1, Ticks(_over * WadRay.Wad, _under * (WadRay.Wad + bonus), Rounding.Ceiling));

    /// <summary>The highest price that a buyer pays who wants this discount in basis points below the oracle's price.</summary>
    public long LimitTicks(uint discount) =>
        Ticks(_over * (WadRay.HundredPercent - discount), _under * WadRay.HundredPercent, Rounding.Floor);

    /// <summary>
    /// The least price at which selling a lot raises health: above it, what is repaid weighs more than what the lot lent to health.
    /// </summary>
    /// <param name="threshold">Liquidation threshold of the collateral, basis points.</param>
    /// <param name="health">The health factor, a wad above zero.</param>
    public long RaisingTicks(uint threshold, UInt256 health)
    {
        var needed = LotValue * threshold * WadRay.Wad / (health * TickValue * WadRay.HundredPercent);
        return needed >= (ulong)MaxTicks ? MaxTicks : (long)(ulong)needed + 1;
    }

    private static long Ticks(UInt256 over, UInt256 under, Rounding rounding)
    {
        var ticks = rounding == Rounding.Floor ? over / under : WideMath.DivideCeiling(over, under);
        return ticks >= (ulong)MaxTicks ? MaxTicks : (long)(ulong)ticks;
    }
}
