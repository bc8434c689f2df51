using System.Buffers.Binary;
using DarkPool.Protocol.Identity;

namespace DarkPool.Protocol.Entries;

/// <summary>Governance: a key may, or may no longer, sign prices of a feed.</summary>
/// <param name="Feed">Number of the feed.</param>
/// <param name="Enabled">Whether it may.</param>
/// <param name="Source">Ed25519 public key of the source.</param>
public readonly record struct SetPriceSource(uint Feed, bool Enabled, Bytes32 Source)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 40;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="change">The change.</param>
    /// <returns>False if the length is wrong or enabled is neither 0 nor 1.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out SetPriceSource change)
    {
        change = default;
        if (body.Length != Size) return false;
        var enabled = BinaryPrimitives.ReadUInt32LittleEndian(body[4..]);
        if (enabled > 1) return false;
        change = new SetPriceSource(BinaryPrimitives.ReadUInt32LittleEndian(body), enabled == 1, new Bytes32(body[8..]));
        return true;
    }

    /// <summary>The body in bytes.</summary>
    /// <returns>A new array.</returns>
    public byte[] ToBytes()
    {
        var body = new byte[Size];
        BinaryPrimitives.WriteUInt32LittleEndian(body, Feed);
        BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(4), Enabled ? 1u : 0u);
        Source.CopyTo(body.AsSpan(8));
        return body;
    }
}
