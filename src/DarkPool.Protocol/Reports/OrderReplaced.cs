using System.Buffers.Binary;

namespace DarkPool.Protocol.Reports;

/// <summary>An order was changed; fills at its new price follow.</summary>
/// <param name="ClientOrderId">The owner's name for the order.</param>
/// <param name="Market">Number of the market.</param>
/// <param name="KeptPriority">Whether it kept its place among the orders of its price.</param>
/// <param name="Price">In ticks.</param>
/// <param name="Quantity">Now open, in lots.</param>
public readonly record struct OrderReplaced(
    ulong ClientOrderId, uint Market, bool KeptPriority, long Price, ulong Quantity)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 32;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="report">The report.</param>
    /// <returns>False if the length is not <see cref="Size"/> or a reserved byte is not zero.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out OrderReplaced report)
    {
        report = default;
        if (body.Length != Size || body[12] > 1 || body.Slice(13, 3).ContainsAnyExcept((byte)0)) return false;
        report = new OrderReplaced(
            BinaryPrimitives.ReadUInt64LittleEndian(body),
            BinaryPrimitives.ReadUInt32LittleEndian(body[8..]),
            body[12] == 1,
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
        destination[12] = KeptPriority ? (byte)1 : (byte)0;
        destination.Slice(13, 3).Clear();
        BinaryPrimitives.WriteInt64LittleEndian(destination[16..], Price);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[24..], Quantity);
    }

    /// <summary>A constant: a report must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(OrderReplaced);
}
