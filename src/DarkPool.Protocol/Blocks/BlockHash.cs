using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using DarkPool.Protocol.Identity;

namespace DarkPool.Protocol.Blocks;

/// <summary>
/// The three hashes of the log: of a header, of an entry, of a node above two others (docs/PROTOCOL.md section 7, RFC 9162 section 2.1.1).
/// </summary>
public static class BlockHash
{
    private const byte NodePrefix = 1;

    /// <summary>The root of no entries: <c>H("")</c>.</summary>
    public static Bytes32 OfNothing { get; } = new(SHA256.HashData([]));

    /// <summary>The head that a header gives.</summary>
    /// <param name="header">Exactly the 112 bytes.</param>
    /// <returns>SHA-256.</returns>
    public static Bytes32 OfHeader(ReadOnlySpan<byte> header)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(header.Length, BlockHeader.Size);
        return Hash(header);
    }

    /// <summary>The leaf of an entry.</summary>
    /// <param name="entry">The whole entry; its first byte is zero, which is the prefix of a leaf.</param>
    /// <returns>SHA-256.</returns>
    public static Bytes32 OfEntry(ReadOnlySpan<byte> entry) => Hash(entry);

    /// <summary>The leaf of an entry that is not yet written as one.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="data">Its data, at most <see cref="BlockLimits.MaxEntryData"/> bytes.</param>
    /// <returns>SHA-256 of <c>u8 0 ‖ u8 kind ‖ u16 length ‖ data</c>.</returns>
    public static Bytes32 OfEntry(EntryKind kind, ReadOnlySpan<byte> data)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(data.Length, BlockLimits.MaxEntryData);
        Span<byte> entry = data.Length <= 4096
            ? stackalloc byte[BlockLimits.EntryHeaderSize + data.Length]
            : new byte[BlockLimits.EntryHeaderSize + data.Length];
        WriteEntryHeader(entry, kind, data.Length);
        data.CopyTo(entry[BlockLimits.EntryHeaderSize..]);
        return Hash(entry);
    }

    /// <summary>The node above two nodes.</summary>
    /// <param name="left">The left one.</param>
    /// <param name="right">The right one.</param>
    /// <returns>SHA-256 of <c>0x01 ‖ left ‖ right</c>.</returns>
    public static Bytes32 OfNodes(in Bytes32 left, in Bytes32 right)
    {
        Span<byte> node = stackalloc byte[1 + Bytes32.Size + Bytes32.Size];
        node[0] = NodePrefix;
        left.CopyTo(node[1..]);
        right.CopyTo(node[33..]);
        return Hash(node);
    }

    internal static void WriteEntryHeader(Span<byte> entry, EntryKind kind, int length)
    {
        entry[0] = 0;
        entry[1] = (byte)kind;
        BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], (ushort)length);
    }

    private static Bytes32 Hash(ReadOnlySpan<byte> message)
    {
        var hash = default(Bytes32);
        SHA256.HashData(message, MemoryMarshal.AsBytes(new Span<Bytes32>(ref hash)));
        return hash;
    }
}
