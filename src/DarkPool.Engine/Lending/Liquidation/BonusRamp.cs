using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending.Aave;

namespace DarkPool.Engine.Lending.Liquidation;

/// <summary>
/// The bonus that a lot offers to buyers: it grows linearly with the time since the lot was opened and linearly with how far the health
/// has fallen, up to a cap. Wads: 5e16 is 5 %.
/// </summary>
internal readonly record struct BonusRamp(UInt256 Cap, ulong Seconds, UInt256 StartHealth, UInt256 FullHealth)
{
    /// <summary>The bonus at a health factor, so many seconds after the lot was opened.</summary>
    public UInt256 At(ulong elapsed, UInt256 health)
    {
        if (elapsed >= Seconds || health <= FullHealth) return Cap;
        var byTime = Cap * elapsed / Seconds;
        var distance = health >= StartHealth ? UInt256.Zero : StartHealth - health;
        return UInt256.Min(Cap, byTime + (Cap * distance / (StartHealth - FullHealth)));
    }

    /// <summary>A wad from basis points.</summary>
    public static UInt256 FromBasisPoints(uint basisPoints) => WadRay.Wad / WadRay.HundredPercent * basisPoints;
}
