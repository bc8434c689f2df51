using System.Buffers.Binary;

namespace DarkPool.Attestation;

/// <summary>Walks over untrusted little-endian bytes. A read past the end fails and leaves the cursor where it was.</summary>
internal struct ByteCursor(ReadOnlyMemory<byte> rest)
{
    private ReadOnlyMemory<byte> _rest = rest;

    public readonly ReadOnlyMemory<byte> Rest => _rest;

    public bool TryTake(long length, out ReadOnlyMemory<byte> taken)
    {
        taken = default;
        if (length < 0 || length > _rest.Length) return false;
        taken = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return true;
    }

    public bool TryTakeUInt16(out ushort value)
    {
        var read = TryTake(sizeof(ushort), out var bytes);
        value = read ? BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span) : (ushort)0;
        return read;
    }

    public bool TryTakeUInt32(out uint value)
    {
        var read = TryTake(sizeof(uint), out var bytes);
        value = read ? BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span) : 0;
        return read;
    }
}
