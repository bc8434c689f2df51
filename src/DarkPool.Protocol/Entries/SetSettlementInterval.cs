using System.Buffers.Binary;

namespace DarkPool.Protocol.Entries;

/// <summary>Governance: how long a settlement batch gathers.</summary>
/// <param name="Interval">Microseconds.</param>
public readonly record struct SetSettlementInterval(ulong Interval)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 8;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="change">The change.</param>
    /// <returns>False if the length is wrong.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out SetSettlementInterval change)
    {
        change = default;
        if (body.Length != Size) return false;
        change = new SetSettlementInterval(BinaryPrimitives.ReadUInt64LittleEndian(body));
        return true;
    }

    /// <summary>The body in bytes.</summary>
    /// <returns>A new array.</returns>
    public byte[] ToBytes()
    {
        var body = new byte[Size];
        BinaryPrimitives.WriteUInt64LittleEndian(body, Interval);
        return body;
    }
}
