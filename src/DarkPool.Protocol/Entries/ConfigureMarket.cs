using System.Buffers.Binary;

namespace DarkPool.Protocol.Entries;

/// <summary>Governance: a market's parameters change. Open orders stay as they are.</summary>
/// <param name="Market">Number of the market.</param>
/// <param name="Parameters">All of them, changed or not.</param>
public readonly record struct ConfigureMarket(uint Market, MarketParameters Parameters)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 8 + MarketParameters.Size;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="change">The change.</param>
    /// <returns>False if the length or a reserved byte is wrong.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out ConfigureMarket change)
    {
        change = default;
        if (body.Length != Size || BinaryPrimitives.ReadUInt32LittleEndian(body[4..]) != 0) return false;
        if (!MarketParameters.TryRead(body[8..], out var parameters)) return false;
        change = new ConfigureMarket(BinaryPrimitives.ReadUInt32LittleEndian(body), parameters);
        return true;
    }

    /// <summary>The body in bytes.</summary>
    /// <returns>A new array.</returns>
    public byte[] ToBytes()
    {
        var body = new byte[Size];
        BinaryPrimitives.WriteUInt32LittleEndian(body, Market);
        Parameters.Write(body.AsSpan(8));
        return body;
    }
}
