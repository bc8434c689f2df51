namespace DarkPool.Protocol.Lending;

/// <summary>Governance: a reserve of a lending pool opens.</summary>
/// <param name="Pool">Number of the pool.</param>
/// <param name="Asset">Number of the asset.</param>
/// <param name="Feed">Number of the feed of its price.</param>
/// <param name="Decimals">Decimals of the asset.</param>
/// <param name="Parameters">Parameters to begin with.</param>
public readonly record struct ListReserve(uint Pool, uint Asset, uint Feed, byte Decimals, ReserveParameters Parameters)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 16 + ReserveParameters.Size;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="change">The change.</param>
    /// <returns>False if the length, a flag or a reserved byte is wrong.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out ListReserve change)
    {
        change = default;
        if (body.Length != Size) return false;
        var reader = new BodyReader(body);
        var pool = reader.UInt32();
        var asset = reader.UInt32();
        var feed = reader.UInt32();
        var decimals = reader.Byte();
        reader.Zeros(3);
        if (!reader.IsSound || !ReserveParameters.TryRead(body[16..], out var parameters)) return false;
        change = new ListReserve(pool, asset, feed, decimals, parameters);
        return true;
    }

    /// <summary>The body in bytes.</summary>
    /// <returns>A new array.</returns>
    public byte[] ToBytes()
    {
        var body = new byte[Size];
        var writer = new BodyWriter(body);
        writer.UInt32(Pool);
        writer.UInt32(Asset);
        writer.UInt32(Feed);
        writer.Byte(Decimals);
        writer.Zeros(3);
        Parameters.ToBytes().CopyTo(body.AsSpan(16));
        return body;
    }
}
