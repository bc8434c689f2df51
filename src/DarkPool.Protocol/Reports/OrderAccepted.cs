using System.Buffers.Binary;
using DarkPool.Protocol.Commands;

namespace DarkPool.Protocol.Reports;

/// <summary>An order was taken; its fills follow.</summary>
/// <param name="ClientOrderId">The owner's name for the order.</param>
/// <param name="Market">Number of the market.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="OrderType">How it is priced.</param>
/// <param name="TimeInForce">How long it stays.</param>
/// <param name="Price">In ticks.</param>
/// <param name="Quantity">In lots.</param>
public readonly record struct OrderAccepted(
    ulong ClientOrderId, uint Market, Side Side, OrderType OrderType, TimeInForce TimeInForce, long Price, ulong Quantity)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 32;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="report">The report.</param>
    /// <returns>False if the length is not <see cref="Size"/> or a reserved byte is not zero.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out OrderAccepted report)
    {
        report = default;
        if (body.Length != Size || body[15] != 0) return false;
        report = new OrderAccepted(
            BinaryPrimitives.ReadUInt64LittleEndian(body),
            BinaryPrimitives.ReadUInt32LittleEndian(body[8..]),
            (Side)body[12],
            (OrderType)body[13],
            (TimeInForce)body[14],
            BinaryPrimitives.ReadInt64LittleEndian(body[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(body[24..]));
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
    }

    /// <summary>A constant: a report must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(OrderAccepted);
}
