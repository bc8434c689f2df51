using System.Buffers.Binary;

namespace DarkPool.Protocol.Reports;

/// <summary>The first 24 bytes of a frame of a report stream, in the clear and authenticated (docs/PROTOCOL.md section 6).</summary>
/// <param name="RateClass">Rate class of the stream; it fixes the frame's size.</param>
/// <param name="Stream">Number of the stream.</param>
/// <param name="Session">Number of the session.</param>
/// <param name="Number">Number of the frame in its stream, from 0.</param>
public readonly record struct FrameHeader(RateClass RateClass, uint Stream, ulong Session, ulong Number)
{
    /// <summary>The size in bytes.</summary>
    public const int Size = 24;

    private const byte Version = 1;

    /// <summary>Reads the header of a frame.</summary>
    /// <param name="frame">One whole frame.</param>
    /// <param name="header">The header.</param>
    /// <returns>False for an unknown version or class, a reserved byte set, or a size that is not the class's.</returns>
    public static bool TryRead(ReadOnlySpan<byte> frame, out FrameHeader header)
    {
        header = default;
        if (frame.Length < Size || frame[0] != Version || BinaryPrimitives.ReadUInt16LittleEndian(frame[2..]) != 0) return false;
        var rateClass = (RateClass)frame[1];
        if (!rateClass.IsKnown() || frame.Length != rateClass.FrameBytes()) return false;
        header = new FrameHeader(
            rateClass,
            BinaryPrimitives.ReadUInt32LittleEndian(frame[4..]),
            BinaryPrimitives.ReadUInt64LittleEndian(frame[8..]),
            BinaryPrimitives.ReadUInt64LittleEndian(frame[16..]));
        return true;
    }

    /// <summary>Writes the header.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        destination[0] = Version;
        destination[1] = (byte)RateClass;
        BinaryPrimitives.WriteUInt16LittleEndian(destination[2..], 0);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], Stream);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], Session);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], Number);
    }
}
