namespace DarkPool.Load.OrderFlow.Sessions;

/// <summary>
/// The distributions of the published sessions, each of which takes a fixed count of words, so that a seed gives the same session in any
/// language.
/// </summary>
internal sealed class SessionRandom(uint seed)
{
    private const double Smallest = 1e-300;

    private readonly MersenneTwister _words = new(seed);

    /// <summary>A number from 0 to below 1, of 53 bits.</summary>
    public double Uniform()
    {
        var upper = _words.Next() >> 5;
        var lower = _words.Next() >> 6;
        return ((upper * (double)(1 << 26)) + lower) * (1.0 / (1L << 53));
    }

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public uint Whole(uint least, uint most) => least + (uint)(Uniform() * (most - least + 1));

    /// <summary>A standard normal number (Box and Muller, 1958; the cosine of the pair).</summary>
    public double Normal()
    {
        var radius = Math.Max(Uniform(), Smallest);
        var angle = Uniform();
        return Math.Sqrt(-2.0 * Math.Log(radius)) * Math.Cos(2.0 * Math.PI * angle);
    }

    /// <summary>An exponential number of a rate.</summary>
    public double Exponential(double rate) => -Math.Log(Math.Max(Uniform(), Smallest)) / rate;

    /// <summary>Whether something of that probability comes true.</summary>
    public bool Happens(double probability) => Uniform() < probability;
}
