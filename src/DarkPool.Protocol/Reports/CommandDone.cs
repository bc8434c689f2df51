using System.Buffers.Binary;
using DarkPool.Protocol.Commands;

namespace DarkPool.Protocol.Reports;

/// <summary>A command without a result of its own has been carried out.</summary>
/// <param name="CommandType">What it was.</param>
public readonly record struct CommandDone(
    CommandType CommandType)
{
    /// <summary>The size of the body in bytes.</summary>
    public const int Size = 2;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="report">The report.</param>
    /// <returns>False if the length is not <see cref="Size"/>.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out CommandDone report)
    {
        report = default;
        if (body.Length != Size) return false;
        report = new CommandDone(
            (CommandType)BinaryPrimitives.ReadUInt16LittleEndian(body));
        return true;
    }

    /// <summary>Writes the body.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(destination, (ushort)CommandType);
    }

    /// <summary>A constant: a report must not enter logs by accident.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(CommandDone);
}
