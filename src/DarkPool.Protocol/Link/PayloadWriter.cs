using System.Buffers;
using System.Buffers.Binary;

namespace DarkPool.Protocol.Link;

/// <summary>Writes the fields of a link payload in order.</summary>
internal readonly ref struct PayloadWriter(IBufferWriter<byte> output)
{
    private readonly IBufferWriter<byte> _output = output;

    public void Byte(byte value)
    {
        _output.GetSpan(1)[0] = value;
        _output.Advance(1);
    }

    public void UInt16(ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_output.GetSpan(2), value);
        _output.Advance(2);
    }

    public void UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_output.GetSpan(4), value);
        _output.Advance(4);
    }

    public void UInt64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_output.GetSpan(8), value);
        _output.Advance(8);
    }

    public void Int64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_output.GetSpan(8), value);
        _output.Advance(8);
    }

    public void Bytes(ReadOnlySpan<byte> value) => _output.Write(value);

    public void Sized(ReadOnlySpan<byte> value)
    {
        UInt32((uint)value.Length);
        Bytes(value);
    }
}
