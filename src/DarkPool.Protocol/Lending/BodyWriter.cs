using System.Buffers.Binary;
using DarkPool.Protocol.Identity;

namespace DarkPool.Protocol.Lending;

/// <summary>Writes the fields of a body one after the other, little-endian.</summary>
internal ref struct BodyWriter(Span<byte> destination)
{
    private Span<byte> _rest = destination;

    public void Byte(byte value) => Take(1)[0] = value;

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void UInt16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Take(2), value);

    public void UInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(4), value);

    public void UInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(8), value);

    public void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(8), value);

    public void UInt128(UInt128 value) => BinaryPrimitives.WriteUInt128LittleEndian(Take(16), value);

    public void UInt256(in UInt256 value)
    {
        UInt128(value.Low);
        UInt128(value.High);
    }

    public void Bytes32(in Bytes32 value) => value.CopyTo(Take(Identity.Bytes32.Size));

    /// <summary>Reserved bytes.</summary>
    public void Zeros(int count) => Take(count).Clear();

    private Span<byte> Take(int count)
    {
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
