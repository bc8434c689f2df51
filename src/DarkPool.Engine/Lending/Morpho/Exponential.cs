using DarkPool.Engine.Arithmetic;

namespace DarkPool.Engine.Lending.Morpho;

/// <summary>
/// ExpLib of morpho-blue-irm a1a87fd5: <c>e^x = 2^q * e^r</c> with <c>x = q ln 2 + r</c> and the second-order series for <c>e^r</c>.
/// Wads, toward zero.
/// </summary>
internal static class Exponential
{
    private static readonly Int128 Wad = 1_000_000_000_000_000_000;
    private static readonly Int128 Ln2 = 693_147_180_559_945_309;

    // ln(1e-18): below it the result is zero.
    private static readonly Int128 LnWei = -Int128.Parse("41446531673892822312", System.Globalization.CultureInfo.InvariantCulture);

    // Above it the result would no longer fit the contract's type; it is held at the bound's value.
    private static readonly Int128 UpperBound = Int128.Parse("93859467695000404319", System.Globalization.CultureInfo.InvariantCulture);
    private static readonly UInt256 UpperValue = UInt256.Parse("57716089161558943949701069502944508345128422502756744429568");

    public static UInt256 Exp(Int128 x)
    {
        if (x < LnWei) return UInt256.Zero;
        if (x >= UpperBound) return UpperValue;
        var q = (int)((x + (x < 0 ? -(Ln2 / 2) : Ln2 / 2)) / Ln2);
        var r = x - (q * Ln2);
        var series = (UInt256)(UInt128)(Wad + r + (r * r / Wad / 2));
        return q >= 0 ? series * PowerOfTwo(q) : series / PowerOfTwo(-q);
    }

    private static UInt256 PowerOfTwo(int exponent) =>
        exponent < 128 ? new UInt256(0, UInt128.One << exponent) : new UInt256(UInt128.One << (exponent - 128), 0);
}
