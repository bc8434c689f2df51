using System.Buffers.Binary;
using DarkPool.Protocol.Commands;

namespace DarkPool.Protocol.Reports;

/// <summary>There is somebody to trade with for a conditional order: its owner may firm it up until the deadline.</summary>
/// <param name="ClientOrderId">The owner's name for the order.</param>
/// <param name="Market">Number of the market.</param>
/// <param name="Side">The order's side.</param>
/// <param name="Quantity">The most lots that may be firmed up: the order's.</param>
/// <param name="Round">The market's round of invitations, from 1.</param>
/// <param name="Deadline">The first block time at which an answer is too late, microseconds since 1970.</param>
public readonly record struct FirmUpInvited(ulong ClientOrderId, uint Market, Side Side, ulong Quantity, ulong Round, long Deadline)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 40;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="report">The report.</param>
    /// <returns>False if the length is not <see cref="Size"/> or a reserved byte is not zero.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out FirmUpInvited report)
    {
        report = default;
        if (body.Length != Size || body.Slice(13, 3).ContainsAnyExcept((byte)0)) return false;
        report = new FirmUpInvited(
            BinaryPrimitives.ReadUInt64LittleEndian(body),
            BinaryPrimitives.ReadUInt32LittleEndian(body[8..]),
            (Side)body[12],
            BinaryPrimitives.ReadUInt64LittleEndian(body[16..]),
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
        destination.Slice(13, 3).Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], Quantity);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[24..], Round);
        BinaryPrimitives.WriteInt64LittleEndian(destination[32..], Deadline);
    }

    /// <summary>A constant: a report must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(FirmUpInvited);
}
