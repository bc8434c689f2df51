namespace DarkPool.Protocol.Lending;

/// <summary>Governance: a reserve is frozen or paused, or that ends.</summary>
/// <param name="Pool">Number of the pool.</param>
/// <param name="Asset">Number of the asset.</param>
/// <param name="IsFrozen">No new supply and no new debt.</param>
/// <param name="IsPaused">Nothing moves.</param>
/// <param name="GraceSeconds">When a pause ends: seconds in which nothing of it is liquidated.</param>
public readonly record struct SetReserveState(uint Pool, uint Asset, bool IsFrozen, bool IsPaused, uint GraceSeconds)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 16;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="change">The change.</param>
    /// <returns>False if the length, a flag or a reserved byte is wrong.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out SetReserveState change)
    {
        change = default;
        if (body.Length != Size) return false;
        var reader = new BodyReader(body);
        var pool = reader.UInt32();
        var asset = reader.UInt32();
        var isFrozen = reader.Flag();
        var isPaused = reader.Flag();
        reader.Zeros(2);
        var graceSeconds = reader.UInt32();
        change = new SetReserveState(pool, asset, isFrozen, isPaused, graceSeconds);
        return reader.IsSound;
    }

    /// <summary>The body in bytes.</summary>
    /// <returns>A new array.</returns>
    public byte[] ToBytes()
    {
        var body = new byte[Size];
        var writer = new BodyWriter(body);
        writer.UInt32(Pool);
        writer.UInt32(Asset);
        writer.Flag(IsFrozen);
        writer.Flag(IsPaused);
        writer.Zeros(2);
        writer.UInt32(GraceSeconds);
        return body;
    }
}
