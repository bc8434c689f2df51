namespace DarkPool.Protocol.Lending;

/// <summary>Governance: a reserve gets other parameters.</summary>
/// <param name="Pool">Number of the pool.</param>
/// <param name="Asset">Number of the asset.</param>
/// <param name="Parameters">All of them.</param>
public readonly record struct ConfigureReserve(uint Pool, uint Asset, ReserveParameters Parameters)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 8 + ReserveParameters.Size;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="change">The change.</param>
    /// <returns>False if the length, a flag or a reserved byte is wrong.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out ConfigureReserve change)
    {
        change = default;
        if (body.Length != Size) return false;
        var reader = new BodyReader(body);
        var pool = reader.UInt32();
        var asset = reader.UInt32();
        if (!reader.IsSound || !ReserveParameters.TryRead(body[8..], out var parameters)) return false;
        change = new ConfigureReserve(pool, asset, parameters);
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
        Parameters.ToBytes().CopyTo(body.AsSpan(8));
        return body;
    }
}
