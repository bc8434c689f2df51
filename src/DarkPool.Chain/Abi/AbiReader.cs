using System.Buffers.Binary;
using System.Numerics;
using DarkPool.Protocol.Identity;

namespace DarkPool.Chain.Abi;

/// <summary>
/// Reads values of the contract ABI one after another from the head of an encoding. Everything that a node answers is foreign data:
/// integers out of range, bits outside a type, and offsets or lengths outside the data are refused.
/// </summary>
internal ref struct AbiReader(ReadOnlySpan<byte> data)
{
    private const int WordSize = AbiValue.WordSize;

    private readonly ReadOnlySpan<byte> _data = data;
    private int _at;

    public UInt128 ReadUInt128()
    {
        var word = Word();
        RequireFill(word[..(WordSize / 2)], 0);
        return BinaryPrimitives.ReadUInt128BigEndian(word[(WordSize / 2)..]);
    }

    public BigInteger ReadUInt256() => new(Word(), isUnsigned: true, isBigEndian: true);

    public ulong ReadUInt64()
    {
        var word = Word();
        RequireFill(word[..(WordSize - sizeof(ulong))], 0);
        return BinaryPrimitives.ReadUInt64BigEndian(word[(WordSize - sizeof(ulong))..]);
    }

    public uint ReadUInt32()
    {
        var word = Word();
        RequireFill(word[..(WordSize - sizeof(uint))], 0);
        return BinaryPrimitives.ReadUInt32BigEndian(word[(WordSize - sizeof(uint))..]);
    }

    public long ReadInt64()
    {
        var word = Word();
        var value = BinaryPrimitives.ReadInt64BigEndian(word[(WordSize - sizeof(long))..]);
        RequireFill(word[..(WordSize - sizeof(long))], value < 0 ? (byte)0xff : (byte)0);
        return value;
    }

    public bool ReadBool() => ReadUInt32() switch
    {
        0 => false,
        1 => true,
        _ => throw Malformed("not a truth value"),
    };

    public EvmAddress ReadAddress()
    {
        var word = Word();
        RequireFill(word[..(WordSize - EvmAddress.Size)], 0);
        return new EvmAddress(word[(WordSize - EvmAddress.Size)..]);
    }

    public Bytes32 ReadBytes32() => new(Word());

    /// <summary>bytes or string.</summary>
    public byte[] ReadBytes()
    {
        var tail = Tail();
        var length = Length(tail, 0);
        if (length > tail.Length - WordSize) throw Malformed("bytes reach past the end");
        return tail.Slice(WordSize, length).ToArray();
    }

    /// <summary>T[]: a reader of its elements, and their count. Elements of no fixed size are read by the same methods as here.</summary>
    public AbiReader ReadArray(out int count)
    {
        var tail = Tail();
        count = Length(tail, 0);
        // Every element takes at least a word of the head.
        if (count > (tail.Length - WordSize) / WordSize) throw Malformed("an array reaches past the end");
        return new AbiReader(tail[WordSize..]);
    }

    /// <summary>A struct with members of no fixed size.</summary>
    public AbiReader ReadDynamicTuple() => new(Tail());

    private static FormatException Malformed(string what) => new($"Malformed contract data: {what}");

    private static void RequireFill(ReadOnlySpan<byte> padding, byte fill)
    {
        if (padding.ContainsAnyExcept(fill)) throw Malformed("a value is out of its type's range");
    }

    private static int Length(ReadOnlySpan<byte> data, int at)
    {
        if (at > data.Length - WordSize) throw Malformed("it ends early");
        var word = data.Slice(at, WordSize);
        RequireFill(word[..(WordSize - sizeof(int))], 0);
        var value = BinaryPrimitives.ReadInt32BigEndian(word[(WordSize - sizeof(int))..]);
        return value >= 0 ? value : throw Malformed("a length out of range");
    }

    private ReadOnlySpan<byte> Word()
    {
        if (_at > _data.Length - WordSize) throw Malformed("it ends early");
        var word = _data.Slice(_at, WordSize);
        _at += WordSize;
        return word;
    }

    private ReadOnlySpan<byte> Tail()
    {
        var offset = Length(_data, _at);
        _at += WordSize;
        return offset <= _data.Length ? _data[offset..] : throw Malformed("an offset out of range");
    }
}
