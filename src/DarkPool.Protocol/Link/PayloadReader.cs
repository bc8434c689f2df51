using System.Buffers.Binary;

namespace DarkPool.Protocol.Link;

/// <summary>Reads the fields of a link payload in order; every overrun is a <see cref="LinkErrorCode.MalformedMessage"/>.</summary>
internal ref struct PayloadReader(ReadOnlySpan<byte> payload)
{
    private ReadOnlySpan<byte> _rest = payload;

    public readonly int Remaining => _rest.Length;

    public byte Byte() => Bytes(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(8));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Bytes(8));

    public ReadOnlySpan<byte> Bytes(int length)
    {
        if (length < 0 || length > _rest.Length) throw Malformed();
        ReadOnlySpan<byte> field = _rest[..length];
        _rest = _rest[length..];
        return field;
    }

    /// <summary>A field with its u32 length before it.</summary>
    public ReadOnlySpan<byte> Sized(int limit)
    {
        uint length = UInt32();
        if (length > limit) throw Malformed();
        return Bytes((int)length);
    }

    /// <summary>A u32 count of items of at least the given size, refused when the payload cannot hold them.</summary>
    public int Count(int leastItemSize)
    {
        uint count = UInt32();
        if (count > _rest.Length / leastItemSize) throw Malformed();
        return (int)count;
    }

    public ReadOnlySpan<byte> Rest() => Bytes(_rest.Length);

    public readonly void End()
    {
        if (!_rest.IsEmpty) throw Malformed();
    }

    private static LinkException Malformed() =>
        new(LinkErrorCode.MalformedMessage, "A link message is too short, too long or inconsistent.");
}
