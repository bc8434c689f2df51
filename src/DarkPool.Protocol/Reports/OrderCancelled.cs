using System.Buffers.Binary;

namespace DarkPool.Protocol.Reports;

/// <summary>An order ended with something unfilled.</summary>
/// <param name="ClientOrderId">The owner's name for the order.</param>
/// <param name="Market">Number of the market.</param>
/// <param name="Reason">Why.</param>
/// <param name="Remaining">What was still open, in lots.</param>
public readonly record struct OrderCancelled(
    ulong ClientOrderId, uint Market, CancelReason Reason, ulong Remaining)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 24;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="report">The report.</param>
    /// <returns>False if the length is not <see cref="Size"/> or a reserved byte is not zero.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out OrderCancelled report)
    {
        report = default;
        if (body.Length != Size || body.Slice(13, 3).ContainsAnyExcept((byte)0)) return false;
        report = new OrderCancelled(
            BinaryPrimitives.ReadUInt64LittleEndian(body),
            BinaryPrimitives.ReadUInt32LittleEndian(body[8..]),
            (CancelReason)body[12],
            BinaryPrimitives.ReadUInt64LittleEndian(body[16..]));
        return true;
    }

    /// <summary>Writes the body.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination, ClientOrderId);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[8..], Market);
        destination[12] = (byte)Reason;
        destination.Slice(13, 3).Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], Remaining);
    }

    /// <summary>A constant: a report must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(OrderCancelled);
}
