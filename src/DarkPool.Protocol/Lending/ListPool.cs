using DarkPool.Protocol.Identity;

namespace DarkPool.Protocol.Lending;

/// <summary>Governance: a lending pool opens.</summary>
/// <param name="Pool">Number of the pool.</param>
/// <param name="Version">Whose semantics it follows; an unknown one is kept, for the engine to refuse.</param>
/// <param name="Treasury">Account that receives the protocol's part.</param>
public readonly record struct ListPool(uint Pool, PoolVersion Version, Bytes32 Treasury)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 40;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="change">The change.</param>
    /// <returns>False if the length, a flag or a reserved byte is wrong.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out ListPool change)
    {
        change = default;
        if (body.Length != Size) return false;
        var reader = new BodyReader(body);
        var pool = reader.UInt32();
        var version = (PoolVersion)reader.Byte();
        reader.Zeros(3);
        var treasury = reader.Bytes32();
        change = new ListPool(pool, version, treasury);
        return reader.IsSound;
    }

    /// <summary>The body in bytes.</summary>
    /// <returns>A new array.</returns>
    public byte[] ToBytes()
    {
        var body = new byte[Size];
        var writer = new BodyWriter(body);
        writer.UInt32(Pool);
        writer.Byte((byte)Version);
        writer.Zeros(3);
        writer.Bytes32(Treasury);
        return body;
    }
}
