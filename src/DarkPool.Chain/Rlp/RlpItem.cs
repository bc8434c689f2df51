using System.Buffers.Binary;

namespace DarkPool.Chain.Rlp;

/// <summary>An encoding in recursive length prefix (yellow paper, appendix B): byte strings and lists of such.</summary>
internal static class RlpItem
{
    private const int LongestShort = 55;
    private const byte BytesOffset = 0x80;
    private const byte ListOffset = 0xc0;

    /// <summary>A byte string.</summary>
    public static byte[] Bytes(ReadOnlySpan<byte> value) =>
        value.Length == 1 && value[0] < BytesOffset ? [value[0]] : [.. Prefix(BytesOffset, value.Length), .. value];

    /// <summary>An integer: big-endian without leading zeros, zero being empty.</summary>
    public static byte[] Integer(UInt128 value)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        return Bytes(bytes.TrimStart((byte)0));
    }

    /// <summary>A list of items that are encoded already.</summary>
    public static byte[] List(params ReadOnlySpan<byte[]> items)
    {
        var length = 0;
        foreach (var item in items) length += item.Length;
        var prefix = Prefix(ListOffset, length);
        var list = new byte[prefix.Length + length];
        prefix.CopyTo(list, 0);
        var at = prefix.Length;
        foreach (var item in items)
        {
            item.CopyTo(list, at);
            at += item.Length;
        }

        return list;
    }

    private static byte[] Prefix(byte offset, int length)
    {
        if (length <= LongestShort) return [(byte)(offset + length)];
        Span<byte> size = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(size, length);
        var digits = size.TrimStart((byte)0);
        return [(byte)(offset + LongestShort + digits.Length), .. digits];
    }
}
