using System.Buffers;
using System.Buffers.Binary;
using DarkPool.Protocol.Identity;

namespace DarkPool.Enclave.Snapshots;

/// <summary>Writes the fields of a snapshot in order, little-endian.</summary>
internal readonly ref struct StateWriter(IBufferWriter<byte> output)
{
    private readonly IBufferWriter<byte> _output = output;

    public void Byte(byte value)
    {
        _output.GetSpan(1)[0] = value;
        _output.Advance(1);
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

    public void UInt128(UInt128 value)
    {
        BinaryPrimitives.WriteUInt128LittleEndian(_output.GetSpan(16), value);
        _output.Advance(16);
    }

    public void Bytes32(in Bytes32 value) => _output.Write(value.Span);

    public void Bytes(ReadOnlySpan<byte> value) => _output.Write(value);
}
