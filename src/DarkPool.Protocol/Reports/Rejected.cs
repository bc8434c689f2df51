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
    /// <summary>The size of the body in bytes, where no place is named.</summary>
    public const int Size = 16;

    /// <summary>The size of a body that names the place where the order ended before.</summary>
    public const int PlacedSize = 32;

    /// <summary>The block that ended the order before the command came; 0: none is named.</summary>
    public ulong EndedInBlock { get; init; }

    /// <summary>Index of the entry in that block; 0 also where the block's own time ended it.</summary>
    public uint EndedByEntry { get; init; }

    /// <summary>The size of this body in bytes.</summary>
    public int Length => EndedInBlock == 0 ? Size : PlacedSize;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="report">The report.</param>
    /// <returns>False if the length is of neither form, a reserved byte is not zero, or a place names no block.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out Rejected report)
    {
        report = default;
        if (body.Length is not (Size or PlacedSize) || BinaryPrimitives.ReadUInt32LittleEndian(body[4..]) != 0) return false;
        report = new Rejected(
            (RejectionCode)BinaryPrimitives.ReadUInt16LittleEndian(body),
            (CommandType)BinaryPrimitives.ReadUInt16LittleEndian(body[2..]),
            BinaryPrimitives.ReadUInt64LittleEndian(body[8..]));
        if (body.Length == Size) return true;
        report = report with
        {
            EndedInBlock = BinaryPrimitives.ReadUInt64LittleEndian(body[16..]),
            EndedByEntry = BinaryPrimitives.ReadUInt32LittleEndian(body[24..]),
        };
        return report.EndedInBlock != 0 && BinaryPrimitives.ReadUInt32LittleEndian(body[28..]) == 0;
    }

    /// <summary>Writes the body.</summary>
    /// <param name="destination">At least <see cref="Length"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(destination, (ushort)Code);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[2..], (ushort)CommandType);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], 0);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], ClientOrderId);
        if (EndedInBlock == 0) return;
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], EndedInBlock);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[24..], EndedByEntry);
    }

    /// <summary>A constant: a report must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(Rejected);
}
