using System.Buffers.Binary;
using DarkPool.Protocol.Commands;

namespace DarkPool.Protocol.Reports;

/// <summary>A command was refused and changed nothing.</summary>
/// <param name="Code">Why.</param>
/// <param name="CommandType">What it was; <see cref="CommandType.Cover"/> where the seal hid it.</param>
/// <param name="ClientOrderId">The owner's name for the order; 0 if none.</param>
public readonly record struct Rejected(
    RejectionCode Code, CommandType CommandType, ulong ClientOrderId)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 16;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="report">The report.</param>
    /// <returns>False if the length is not <see cref="Size"/> or a reserved byte is not zero.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out Rejected report)
    {
        report = default;
        if (body.Length != Size || BinaryPrimitives.ReadUInt32LittleEndian(body[4..]) != 0) return false;
        report = new Rejected(
            (RejectionCode)BinaryPrimitives.ReadUInt16LittleEndian(body),
            (CommandType)BinaryPrimitives.ReadUInt16LittleEndian(body[2..]),
            BinaryPrimitives.ReadUInt64LittleEndian(body[8..]));
        return true;
    }

    /// <summary>Writes the body.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(destination, (ushort)Code);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[2..], (ushort)CommandType);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], 0);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], ClientOrderId);
    }

    /// <summary>A constant: a report must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(Rejected);
}
