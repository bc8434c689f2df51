namespace DarkPool.Protocol.Lending;

/// <summary>Governance: how a feed of several sources speaks.</summary>
/// <param name="Feed">Number of the feed.</param>
/// <param name="Decimals">One whole token is worth price / 10^decimals of the base currency; at most 8 for a reserve of a pool.</param>
/// <param name="MinimumSources">Fresh sources that must agree; 1 to 16.</param>
/// <param name="IsFrozen">Nothing is taken, and what depends on it pauses.</param>
/// <param name="HasFallback">Whether there is a fallback.</param>
/// <param name="Fallback">The feed to ask while this one is stale or out of bounds; 0 without one.</param>
/// <param name="MaxDeviation">Farthest from the median that an observation counts, basis points.</param>
/// <param name="Heartbeat">Microseconds for which an observation counts.</param>
/// <param name="LowestPrice">Lowest price that is believed.</param>
/// <param name="HighestPrice">Highest price that is believed.</param>
public readonly record struct ConfigureFeed(
    uint Feed, byte Decimals, byte MinimumSources, bool IsFrozen, bool HasFallback, uint Fallback, uint MaxDeviation,
    long Heartbeat, long LowestPrice, long HighestPrice)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 40;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="change">The change.</param>
    /// <returns>False if the length, a flag or a reserved byte is wrong.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out ConfigureFeed change)
    {
        change = default;
        if (body.Length != Size) return false;
        var reader = new BodyReader(body);
        var feed = reader.UInt32();
        var decimals = reader.Byte();
        var minimumSources = reader.Byte();
        var isFrozen = reader.Flag();
        var hasFallback = reader.Flag();
        var fallback = reader.UInt32();
        var maxDeviation = reader.UInt32();
        var heartbeat = reader.Int64();
        var lowestPrice = reader.Int64();
        var highestPrice = reader.Int64();
        change = new ConfigureFeed(
            feed, decimals, minimumSources, isFrozen, hasFallback, fallback, maxDeviation, heartbeat, lowestPrice, highestPrice);
        return reader.IsSound;
    }

    /// <summary>The body in bytes.</summary>
    /// <returns>A new array.</returns>
    public byte[] ToBytes()
    {
        var body = new byte[Size];
        var writer = new BodyWriter(body);
        writer.UInt32(Feed);
        writer.Byte(Decimals);
        writer.Byte(MinimumSources);
        writer.Flag(IsFrozen);
        writer.Flag(HasFallback);
        writer.UInt32(Fallback);
        writer.UInt32(MaxDeviation);
        writer.Int64(Heartbeat);
        writer.Int64(LowestPrice);
        writer.Int64(HighestPrice);
        return body;
    }
}
