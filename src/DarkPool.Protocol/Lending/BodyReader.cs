using System.Buffers.Binary;
using DarkPool.Protocol.Identity;

namespace DarkPool.Protocol.Lending;

/// <summary>
/// Reads the fields of a body whose length was checked, little-endian, and takes note of what no writer writes: reserved bytes that are
/// not zero, flags that are neither 0 nor 1.
/// </summary>
internal ref struct BodyReader(ReadOnlySpan<byte> body)
{
    private ReadOnlySpan<byte> _rest = body;

    /// <summary>Whether everything so far was as the format says.</summary>
    public bool IsSound { get; private set; } = true;

    public byte Byte() => Take(1)[0];

    public bool Flag()
    {
        var value = Byte();
        IsSound &= value <= 1;
        return value != 0;
    }

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public UInt128 UInt128() => BinaryPrimitives.ReadUInt128LittleEndian(Take(16));

    public UInt256 UInt256()
    {
        var low = UInt128();
        return new UInt256(UInt128(), low);
    }

    public Bytes32 Bytes32() => new(Take(Identity.Bytes32.Size));

    /// <summary>Reserved bytes.</summary>
    public void Zeros(int count) => IsSound &= !Take(count).ContainsAnyExcept((byte)0);

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
