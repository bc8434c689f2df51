using System.Buffers.Binary;

namespace DarkPool.Protocol.Reports;

/// <summary>The first 40 bytes of every report (docs/PROTOCOL.md section 5); the body follows.</summary>
/// <param name="Number">Number of the report in its session, from 1 without gaps.</param>
/// <param name="Type">What it tells; an unknown one is kept, so that an older client can pass over it.</param>
/// <param name="Length">Length of the whole report in bytes, header included.</param>
/// <param name="Entry">Index of the entry that caused it.</param>
/// <param name="Block">Number of the block that caused it.</param>
/// <param name="Time">Time of the block, microseconds since 1970.</param>
/// <param name="Sequence">Sequence of the command that it answers; 0: none.</param>
public readonly record struct ReportHeader(
    ulong Number, ReportType Type, ushort Length, uint Entry, ulong Block, long Time, ulong Sequence)
{
    /// <summary>The size in bytes.</summary>
    public const int Size = 40;

    /// <summary>Reads the header of a report and takes its body.</summary>
    /// <param name="report">One whole report.</param>
    /// <param name="header">The header.</param>
    /// <param name="body">The body, a part of the report.</param>
    /// <returns>False if the length is not the one that the header states.</returns>
    public static bool TryRead(ReadOnlySpan<byte> report, out ReportHeader header, out ReadOnlySpan<byte> body)
    {
        header = default;
        body = default;
        if (report.Length < Size || BinaryPrimitives.ReadUInt16LittleEndian(report[10..]) != report.Length) return false;
        header = new ReportHeader(
            BinaryPrimitives.ReadUInt64LittleEndian(report),
            (ReportType)BinaryPrimitives.ReadUInt16LittleEndian(report[8..]),
            (ushort)report.Length,
            BinaryPrimitives.ReadUInt32LittleEndian(report[12..]),
            BinaryPrimitives.ReadUInt64LittleEndian(report[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(report[24..]),
            BinaryPrimitives.ReadUInt64LittleEndian(report[32..]));
        body = report[Size..];
        return true;
    }

    /// <summary>Writes the header.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination, Number);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[8..], (ushort)Type);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[10..], Length);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[12..], Entry);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], Block);
        BinaryPrimitives.WriteInt64LittleEndian(destination[24..], Time);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[32..], Sequence);
    }

    /// <summary>A constant: what a report tells stays between its owner and the enclave.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(ReportHeader);
}
