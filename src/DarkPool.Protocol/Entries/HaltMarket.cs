using System.Buffers.Binary;

namespace DarkPool.Protocol.Entries;

/// <summary>Governance: a market matches nothing and takes no orders until it is resumed; cancels pass.</summary>
/// <param name="Market">Number of the market.</param>
public readonly record struct HaltMarket(uint Market)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 4;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="change">The change.</param>
    /// <returns>False if the length is wrong.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out HaltMarket change)
    {
        change = default;
        if (body.Length != Size) return false;
        change = new HaltMarket(BinaryPrimitives.ReadUInt32LittleEndian(body));
        return true;
    }

    /// <summary>The body in bytes.</summary>
    /// <returns>A new array.</returns>
    public byte[] ToBytes()
    {
        var body = new byte[Size];
        BinaryPrimitives.WriteUInt32LittleEndian(body, Market);
        return body;
    }
}

/// <summary>Governance: a halted market goes on.</summary>
/// <param name="Market">Number of the market.</param>
public readonly record struct ResumeMarket(uint Market)
{
    /// <summary>Reads a body.</summary>
    /// <param name="body">As of <see cref="HaltMarket"/>.</param>
    /// <param name="change">The change.</param>
    /// <returns>False if the length is wrong.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out ResumeMarket change)
    {
        var sound = HaltMarket.TryRead(body, out var halt);
        change = new ResumeMarket(halt.Market);
        return sound;
    }

    /// <summary>The body in bytes.</summary>
    /// <returns>A new array.</returns>
    public byte[] ToBytes() => new HaltMarket(Market).ToBytes();
}
