using DarkPool.Engine.Arithmetic;

namespace DarkPool.Engine.Lending.Comet;

/// <summary>
/// Compound III's rate (Comet.sol d5a30b0a): a base and two slopes around a kink. Given per year as wads of 1e18, kept per second of a
/// year of 31,536,000, everything rounded down.
/// </summary>
public readonly struct KinkedRate
{
    private const ulong SecondsPerYear = 31_536_000;
    private static readonly UInt256 Wad = 1_000_000_000_000_000_000UL;

    private readonly UInt256 _kink;
    private readonly UInt256 _slopeLow;
    private readonly UInt256 _slopeHigh;
    private readonly UInt256 _base;

    /// <summary>Takes the parameters as Comet's configuration gives them: wads, rates per year.</summary>
    public KinkedRate(UInt256 kink, UInt256 slopeLowPerYear, UInt256 slopeHighPerYear, UInt256 basePerYear)
    {
        _kink = kink;
        _slopeLow = slopeLowPerYear / SecondsPerYear;
        _slopeHigh = slopeHighPerYear / SecondsPerYear;
        _base = basePerYear / SecondsPerYear;
    }

    /// <summary>The rate at a utilisation (wad), as a wad per second.</summary>
    public UInt256 PerSecond(UInt256 utilisation) =>
        utilisation <= _kink
            ? _base + Factor(_slopeLow, utilisation)
            : _base + Factor(_slopeLow, _kink) + Factor(_slopeHigh, utilisation - _kink);

    private static UInt256 Factor(UInt256 rate, UInt256 factor) => WideMath.MultiplyDivide(rate, factor, Wad, Rounding.Floor);
}
