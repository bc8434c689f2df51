using System.Buffers;
using System.Buffers.Binary;

namespace DarkPool.Engine.Snapshots;

/// <summary>Writes fixed-width little-endian fields, one after the other, without padding.</summary>
internal readonly struct SnapshotWriter(IBufferWriter<byte> output)
{
    public void Byte(byte value)
    {
        output.GetSpan(sizeof(byte))[0] = value;
        output.Advance(sizeof(byte));
    }

    public void UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(output.GetSpan(sizeof(uint)), value);
        output.Advance(sizeof(uint));
    }

    public void UInt64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(output.GetSpan(sizeof(ulong)), value);
        output.Advance(sizeof(ulong));
    }

    public void Int64(long value) => UInt64((ulong)value);

    public void Time(BlockTime value) => Int64(value.Microseconds);

    public void UInt128(UInt128 value)
    {
        UInt64((ulong)value);
        UInt64((ulong)(value >> 64));
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        value.CopyTo(output.GetSpan(value.Length));
        output.Advance(value.Length);
    }

    public void Digest(in Digest value)
    {
        value.CopyTo(output.GetSpan(Engine.Digest.Size));
        output.Advance(Engine.Digest.Size);
    }
}
