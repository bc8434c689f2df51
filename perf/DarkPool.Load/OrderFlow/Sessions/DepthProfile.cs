namespace DarkPool.Load.OrderFlow.Sessions;

/// <summary>
/// How far from the middle orders are placed, in ticks from 0 to 799: a power law with a hump of eight ticks out, as real books have it.
/// </summary>
internal sealed class DepthProfile
{
    private const int Levels = 800;
    private const double Exponent = 2.23;
    private const double HumpHeight = 5.0;
    private const double HumpCentre = 8.0;

    private readonly double[] _cumulated = new double[Levels];

    public DepthProfile()
    {
        var sum = 0.0;
        for (var level = 0; level < Levels; level++)
        {
            var fromCentre = level - HumpCentre;
            sum += (1.0 / Math.Pow(level + 1.0, Exponent)) + (HumpHeight * Math.Exp(-0.5 * fromCentre * fromCentre));
            _cumulated[level] = sum;
        }
    }

    /// <summary>A level.</summary>
    public int Draw(SessionRandom random)
    {
        var found = Array.BinarySearch(_cumulated, random.Uniform() * _cumulated[^1]);
        return Math.Min(found < 0 ? ~found : found, Levels - 1);
    }
}
