using System.Buffers.Binary;

namespace DarkPool.Engine.Snapshots;

/// <summary>Reads what <see cref="SnapshotWriter"/> wrote.</summary>
/// <remarks>Every method throws <see cref="InvalidDataException"/> where the bytes end too soon.</remarks>
internal ref struct SnapshotReader(ReadOnlySpan<byte> input)
{
    private ReadOnlySpan<byte> _rest = input;

    /// <summary>Whether all was read.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte Byte() => Bytes(sizeof(byte))[0];

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(sizeof(uint)));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(sizeof(ulong)));

    public long Int64() => (long)UInt64();

    public BlockTime Time() => new(Int64());

    public UInt128 UInt128()
    {
        var low = UInt64();
        return new UInt128(UInt64(), low);
    }

    public Digest Digest() => new(Bytes(Engine.Digest.Size));

    public ReadOnlySpan<byte> Bytes(int count)
    {
        Require(count <= _rest.Length, "it ends too soon");
        var bytes = _rest[..count];
        _rest = _rest[count..];
        return bytes;
    }

    /// <summary>Reads the name of a section that a venue writes only if it has something to say in it; false if another, or the end,
    /// follows.</summary>
    public bool TryName(ReadOnlySpan<byte> name)
    {
        if (!_rest.StartsWith(name)) return false;
        _rest = _rest[name.Length..];
        return true;
    }

    /// <summary>Reads a count of items of at least some bytes each, so that no false count makes a loop long.</summary>
    public int Count(int leastBytesOfOne)
    {
        var count = UInt32();
        Require(count <= (uint)(_rest.Length / leastBytesOfOne), "it counts more than it holds");
        return (int)count;
    }

    /// <summary>Refuses the snapshot unless a condition holds.</summary>
    /// <exception cref="InvalidDataException">It does not.</exception>
    public static void Require(bool condition, string fault)
    {
        if (!condition) throw new InvalidDataException($"Not a snapshot: {fault}.");
    }
}
