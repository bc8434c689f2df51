namespace DarkPool.Load.OrderFlow.Sessions;

/// <summary>
/// MT19937 (Matsumoto and Nishimura, "Mersenne Twister: a 623-dimensionally equidistributed uniform pseudo-random number generator",
/// 1998), seeded as by C++'s <c>std::mt19937</c>: the published sessions are defined by its words. No use for secrets.
/// </summary>
internal sealed class MersenneTwister
{
    private const int Words = 624;
    private const int Middle = 397;
    private const uint Twist = 0x9908B0DF;
    private const uint UpperMask = 0x80000000;
    private const uint SeedMultiplier = 1812433253;

    private readonly uint[] _state = new uint[Words];
    private int _next = Words;

    public MersenneTwister(uint seed)
    {
        _state[0] = seed;
        for (var i = 1; i < Words; i++)
        {
            var before = _state[i - 1];
            _state[i] = (SeedMultiplier * (before ^ (before >> 30))) + (uint)i;
        }
    }

    /// <summary>The next 32 bits.</summary>
    public uint Next()
    {
        if (_next == Words) Renew();
        var word = _state[_next++];
        word ^= word >> 11;
        word ^= (word << 7) & 0x9D2C5680;
        word ^= (word << 15) & 0xEFC60000;
        return word ^ (word >> 18);
    }

    private void Renew()
    {
        for (var i = 0; i < Words; i++)
        {
            var word = (_state[i] & UpperMask) | (_state[(i + 1) % Words] & ~UpperMask);
            _state[i] = _state[(i + Middle) % Words] ^ (word >> 1) ^ ((word & 1) * Twist);
        }

        _next = 0;
    }
}
