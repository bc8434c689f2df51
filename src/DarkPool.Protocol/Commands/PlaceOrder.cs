using System.Buffers.Binary;

namespace DarkPool.Protocol.Commands;

/// <summary>
/// Places an order. The codec checks the form only (length, flags): values are carried as they are, so that the engine can name
/// in its rejection which one is wrong.
/// </summary>
/// <param name="ClientOrderId">The owner's name for it, unique among the account's open orders; zero is allowed.</param>
/// <param name="Market">Number of the market.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="OrderType">How it is priced.</param>
/// <param name="TimeInForce">How long it stays.</param>
/// <param name="Price">In ticks of the market.</param>
/// <param name="Quantity">In lots of the market.</param>
/// <param name="Expiry">Microseconds since 1970 by block time; 0: none.</param>
public readonly record struct PlaceOrder(
    ulong ClientOrderId, uint Market, Side Side, OrderType OrderType, TimeInForce TimeInForce, long Price, ulong Quantity, long Expiry)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 40;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="command">The command.</param>
    /// <returns>False if the length is not <see cref="Size"/> or a flag is set.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out PlaceOrder command)
    {
        command = default;
        if (body.Length != Size || body[15] != 0) return false;
        command = new PlaceOrder(
            BinaryPrimitives.ReadUInt64LittleEndian(body),
            BinaryPrimitives.ReadUInt32LittleEndian(body[8..]),
            (Side)body[12],
            (OrderType)body[13],
            (TimeInForce)body[14],
            BinaryPrimitives.ReadInt64LittleEndian(body[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(body[24..]),
            BinaryPrimitives.ReadInt64LittleEndian(body[32..]));
        return true;
    }

    /// <summary>Writes the body.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination, ClientOrderId);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[8..], Market);
        destination[12] = (byte)Side;
        destination[13] = (byte)OrderType;
        destination[14] = (byte)TimeInForce;
        destination[15] = 0;
        BinaryPrimitives.WriteInt64LittleEndian(destination[16..], Price);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[24..], Quantity);
        BinaryPrimitives.WriteInt64LittleEndian(destination[32..], Expiry);
    }

    /// <summary>A constant: an order must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(PlaceOrder);
}
