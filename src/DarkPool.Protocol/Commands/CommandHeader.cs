using System.Buffers.Binary;

namespace DarkPool.Protocol.Commands;

/// <summary>
/// The first 16 bytes of a command's plaintext (docs/PROTOCOL.md section 3.3); the body and padding of zeros up to the size class follow.
/// </summary>
/// <param name="Type">The type; an unknown one is kept, for the enclave to reject by code.</param>
/// <param name="BodyLength">Bytes of the body.</param>
/// <param name="Ack">Every report up to this number has been received; the enclave may forget them.</param>
public readonly record struct CommandHeader(CommandType Type, ushort BodyLength, ulong Ack)
{
    /// <summary>The size in bytes.</summary>
    public const int Size = 16;

    /// <summary>Reads a whole plaintext and checks reserved bytes, the body's length and the padding.</summary>
    /// <param name="plaintext">All bytes that were sealed.</param>
    /// <param name="header">The header.</param>
    /// <param name="body">The body, a part of the plaintext.</param>
    /// <returns>False if anything is not as the format says.</returns>
    public static bool TryRead(ReadOnlySpan<byte> plaintext, out CommandHeader header, out ReadOnlySpan<byte> body)
    {
        header = default;
        body = default;
        if (plaintext.Length < Size || BinaryPrimitives.ReadUInt32LittleEndian(plaintext[4..]) != 0) return false;
        int length = BinaryPrimitives.ReadUInt16LittleEndian(plaintext[2..]);
        if (length > plaintext.Length - Size || plaintext[(Size + length)..].ContainsAnyExcept((byte)0)) return false;

        header = new CommandHeader(
            (CommandType)BinaryPrimitives.ReadUInt16LittleEndian(plaintext),
            (ushort)length,
            BinaryPrimitives.ReadUInt64LittleEndian(plaintext[8..]));
        body = plaintext.Slice(Size, length);
        return true;
    }

    /// <summary>
    /// Reads a plaintext that <see cref="TryRead"/> has accepted before. It looks at header and body alone, not at the padding: who
    /// checks on one core and applies on another pays for every cache line.
    /// </summary>
    /// <param name="plaintext">All bytes that were sealed.</param>
    /// <param name="body">The body, a part of the plaintext.</param>
    /// <returns>The header.</returns>
    public static CommandHeader ReadAccepted(ReadOnlySpan<byte> plaintext, out ReadOnlySpan<byte> body)
    {
        var header = new CommandHeader(
            (CommandType)BinaryPrimitives.ReadUInt16LittleEndian(plaintext),
            BinaryPrimitives.ReadUInt16LittleEndian(plaintext[2..]),
            BinaryPrimitives.ReadUInt64LittleEndian(plaintext[8..]));
        body = plaintext.Slice(Size, header.BodyLength);
        return header;
    }

    /// <summary>Writes a header in front of a body that is already in place, and zeros the padding behind it.</summary>
    /// <param name="plaintext">All bytes to be sealed, the body at offset 16.</param>
    /// <exception cref="ArgumentException">The body does not fit.</exception>
    public void Write(Span<byte> plaintext)
    {
        if (plaintext.Length < Size + BodyLength) throw new ArgumentException("The body does not fit.", nameof(plaintext));
        BinaryPrimitives.WriteUInt16LittleEndian(plaintext, (ushort)Type);
        BinaryPrimitives.WriteUInt16LittleEndian(plaintext[2..], BodyLength);
        BinaryPrimitives.WriteUInt32LittleEndian(plaintext[4..], 0);
        BinaryPrimitives.WriteUInt64LittleEndian(plaintext[8..], Ack);
        plaintext[(Size + BodyLength)..].Clear();
    }

    /// <summary>A constant: what a command is stays between its owner and the enclave.</summary>
    /// <returns>The name of the type.</returns>
    public override string ToString() => nameof(CommandHeader);
}
