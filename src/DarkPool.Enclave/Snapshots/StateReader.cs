using System.Buffers.Binary;
using DarkPool.Protocol.Identity;

namespace DarkPool.Enclave.Snapshots;

/// <summary>
/// Reads the fields of a snapshot in order. The seal was checked before; what does not decode is of another version or a defect.
/// </summary>
internal ref struct StateReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public byte Byte() => Bytes(1)[0];

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(8));

    public UInt128 UInt128() => BinaryPrimitives.ReadUInt128LittleEndian(Bytes(16));

    public Bytes32 Bytes32() => new(Bytes(32));

    public ReadOnlySpan<byte> Bytes(int length)
    {
        if (length > _rest.Length) throw new InvalidDataException("The snapshot is too short.");
        var field = _rest[..length];
        _rest = _rest[length..];
        return field;
    }

    /// <summary>A count of items that the rest can hold.</summary>
    public int Count(int leastItemSize)
    {
        var count = UInt32();
        if (count > _rest.Length / leastItemSize) throw new InvalidDataException("The snapshot is too short.");
        return (int)count;
    }

    public ReadOnlySpan<byte> Rest() => Bytes(_rest.Length);
}
