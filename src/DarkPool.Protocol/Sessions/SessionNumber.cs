namespace DarkPool.Protocol.Sessions;

/// <summary>A session is named by the place of its hello in the log: <c>block * 65,536 + index</c>.</summary>
public static class SessionNumber
{
    /// <summary>Bits of the index.</summary>
    public const int IndexBits = 16;

    /// <summary>The number of the session that a hello opens.</summary>
    /// <param name="block">Number of the hello's block.</param>
    /// <param name="index">Index of the hello in its block.</param>
    /// <returns>The number.</returns>
    /// <exception cref="OverflowException">A place that has no number: 2^48 blocks are never reached.</exception>
    public static ulong At(ulong block, int index) => checked((block * (1UL << IndexBits)) + (ushort)index);

    /// <summary>The block of a session's hello.</summary>
    /// <param name="session">Number of the session.</param>
    /// <returns>Number of the block.</returns>
    public static ulong BlockOf(ulong session) => session >> IndexBits;

    /// <summary>The index of a session's hello in its block.</summary>
    /// <param name="session">Number of the session.</param>
    /// <returns>The index.</returns>
    public static int IndexOf(ulong session) => (int)(session & ((1UL << IndexBits) - 1));
}
