using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace DarkPool.Attestation.Bundles;

/// <summary>
/// Evidence of several parts in one byte string, little-endian:
/// <code>
/// "DPEV" || u16 version = 1 || u16 count || (u16 part || u16 0 || u32 length || bytes)*
/// </code>
/// Parts ascend, each at most once, and nothing follows: one content has one encoding.
/// </summary>
public sealed class EvidenceBundle
{
    private const ushort CurrentVersion = 1;
    private const int HeaderLength = 8;
    private const int PartHeaderLength = 8;

    private readonly SortedDictionary<EvidencePart, ReadOnlyMemory<byte>> _parts = [];

    private static ReadOnlySpan<byte> Magic => "DPEV"u8;

    /// <summary>Adds a part, replacing one of the same kind.</summary>
    public EvidenceBundle With(EvidencePart part, ReadOnlyMemory<byte> bytes)
    {
        _parts[part] = bytes;
        return this;
    }

    /// <summary>The bytes of a part.</summary>
    public bool TryGet(EvidencePart part, out ReadOnlyMemory<byte> bytes) => _parts.TryGetValue(part, out bytes);

    /// <summary>The encoding described above.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[HeaderLength + _parts.Values.Sum(part => PartHeaderLength + part.Length)];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(4), CurrentVersion);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(6), (ushort)_parts.Count);
        var offset = HeaderLength;
        foreach (var (part, content) in _parts)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(offset), (ushort)part);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(offset + 4), content.Length);
            content.Span.CopyTo(bytes.AsSpan(offset + PartHeaderLength));
            offset += PartHeaderLength + content.Length;
        }

        return bytes;
    }

    /// <summary>Reads untrusted bytes; the parts are slices of them.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out EvidenceBundle? bundle)
    {
        bundle = null;
        var cursor = new ByteCursor(bytes);
        if (!cursor.TryTake(Magic.Length, out var magic) || !magic.Span.SequenceEqual(Magic)) return false;
        if (!cursor.TryTakeUInt16(out var version) || version != CurrentVersion || !cursor.TryTakeUInt16(out var count)) return false;
        var read = new EvidenceBundle();
        var previous = 0;
        for (var index = 0; index < count; index++)
        {
            if (!cursor.TryTakeUInt16(out var part) || part <= previous || !Enum.IsDefined((EvidencePart)part)) return false;
            if (!cursor.TryTakeUInt16(out var reserved) || reserved != 0) return false;
            if (!cursor.TryTakeUInt32(out var length) || !cursor.TryTake(length, out var content)) return false;
            read._parts.Add((EvidencePart)part, content);
            previous = part;
        }

        if (!cursor.Rest.IsEmpty) return false;
        bundle = read;
        return true;
    }
}
