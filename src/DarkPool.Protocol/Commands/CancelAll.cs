using System.Buffers.Binary;

namespace DarkPool.Protocol.Commands;

/// <summary>Cancels open orders of the account: all, or those of one market or side.</summary>
/// <param name="Market">Number of the market; <see cref="EveryMarket"/> for all.</param>
/// <param name="Side">The side; <see cref="Side.None"/> for both.</param>
public readonly record struct CancelAll(uint Market, Side Side)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 8;

    /// <summary>Names every market.</summary>
    public const uint EveryMarket = uint.MaxValue;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="command">The command.</param>
    /// <returns>False if the length is not <see cref="Size"/> or a reserved byte is not zero.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out CancelAll command)
    {
        command = default;
        if (body.Length != Size || body[5..].ContainsAnyExcept((byte)0)) return false;
        command = new CancelAll(BinaryPrimitives.ReadUInt32LittleEndian(body), (Side)body[4]);
        return true;
    }

    /// <summary>Writes the body.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(destination, Market);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], (byte)Side);
    }

    /// <summary>A constant: an order must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(CancelAll);
}
