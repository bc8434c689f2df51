using System.Buffers.Binary;

namespace DarkPool.Protocol.Reports;

/// <summary>An order shrank without a trade and goes on.</summary>
/// <param name="ClientOrderId">The owner's name for the order.</param>
/// <param name="Market">Number of the market.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">What it lost, in lots.</param>
/// <param name="Remaining">Still open, in lots.</param>
public readonly record struct OrderReduced(ulong ClientOrderId, uint Market, CancelReason Reason, ulong By, ulong Remaining)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 32;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="report">The report.</param>
    /// <returns>False if the length is not <see cref="Size"/> or a reserved byte is not zero.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out OrderReduced report)
    {
        report = default;
        if (body.Length != Size || body.Slice(13, 3).ContainsAnyExcept((byte)0)) return false;
        report = new OrderReduced(
            BinaryPrimitives.ReadUInt64LittleEndian(body),
            BinaryPrimitives.ReadUInt32LittleEndian(body[8..]),
            (CancelReason)body[12],
            BinaryPrimitives.ReadUInt64LittleEndian(body[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(body[24..]));
        return true;
    }

    /// <summary>Writes the body.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination, ClientOrderId);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[8..], Market);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[12..], (byte)Reason);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], By);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[24..], Remaining);
    }

    /// <summary>A constant: a report must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(OrderReduced);
}
