using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using DarkPool.Protocol.Identity;

namespace DarkPool.Chain.Abi;

/// <summary>
/// A value in the contract ABI, https://docs.soliditylang.org/en/latest/abi-spec.html: words of 32 bytes, big-endian; what has no fixed
/// size leaves an offset in the head and stands in the tail.
/// </summary>
internal abstract class AbiValue
{
    /// <summary>The unit of the encoding in bytes.</summary>
    public const int WordSize = 32;

    /// <summary>Whether the value stands in the tail.</summary>
    public abstract bool IsDynamic { get; }

    /// <summary>Bytes of the value where it stands.</summary>
    public abstract int Size { get; }

    /// <summary>Bytes it takes in the head of what contains it.</summary>
    public int HeadSize => IsDynamic ? WordSize : Size;

    /// <summary>An unsigned integer of up to 128 bits.</summary>
    public static AbiValue UInt(UInt128 value)
    {
        var word = new byte[WordSize];
        BinaryPrimitives.WriteUInt128BigEndian(word.AsSpan(WordSize / 2), value);
        return new AbiWord(word);
    }

    /// <summary>An unsigned integer of up to 256 bits.</summary>
    /// <exception cref="OverflowException">Negative, or more than 256 bits.</exception>
    public static AbiValue UInt256(BigInteger value)
    {
        var word = new byte[WordSize];
        var size = value.Sign < 0 ? int.MaxValue : value.GetByteCount(isUnsigned: true);
        if (size > WordSize) throw new OverflowException("Not an unsigned integer of 256 bits");
        value.TryWriteBytes(word.AsSpan(WordSize - size), out _, isUnsigned: true, isBigEndian: true);
        return new AbiWord(word);
    }

    /// <summary>A signed integer of up to 64 bits: negative ones are filled up with ones.</summary>
    public static AbiValue Int(long value)
    {
        var word = new byte[WordSize];
        if (value < 0) word.AsSpan().Fill(0xff);
        BinaryPrimitives.WriteInt64BigEndian(word.AsSpan(WordSize - sizeof(long)), value);
        return new AbiWord(word);
    }

    /// <summary>A truth value.</summary>
    public static AbiValue Bool(bool value) => UInt(value ? 1u : 0u);

    /// <summary>An address.</summary>
    public static AbiValue Address(in EvmAddress value)
    {
        var word = new byte[WordSize];
        value.CopyTo(word.AsSpan(WordSize - EvmAddress.Size));
        return new AbiWord(word);
    }

    /// <summary>bytes1 to bytes32: filled up with zeros on the right.</summary>
    public static AbiValue FixedBytes(ReadOnlySpan<byte> value)
    {
        var word = new byte[WordSize];
        value.CopyTo(word);
        return new AbiWord(word);
    }

    /// <summary>bytes32.</summary>
    public static AbiValue Word(in Bytes32 value) => new AbiWord(value.ToArray());

    /// <summary>bytes.</summary>
    public static AbiValue Bytes(ReadOnlyMemory<byte> value) => new AbiBytes(value);

    /// <summary>string, as UTF-8.</summary>
    public static AbiValue Text(string value) => new AbiBytes(Encoding.UTF8.GetBytes(value));

    /// <summary>T[].</summary>
    public static AbiValue Array(IEnumerable<AbiValue> items) => new AbiSequence([.. items], hasLength: true);

    /// <summary>A struct, T[k], or the arguments of a function.</summary>
    public static AbiValue Tuple(params AbiValue[] items) => new AbiSequence(items, hasLength: false);

    /// <summary>The value as a top-level encoding.</summary>
    public byte[] Encode()
    {
        var bytes = new byte[Size];
        Write(bytes);
        return bytes;
    }

    /// <summary>Writes exactly <see cref="Size"/> bytes over zeros.</summary>
    public abstract void Write(Span<byte> destination);

    /// <summary>A length or an offset.</summary>
    protected static void WriteLength(Span<byte> word, int value) =>
        BinaryPrimitives.WriteInt32BigEndian(word[(WordSize - sizeof(int))..], value);

    private sealed class AbiWord(byte[] word) : AbiValue
    {
        public override bool IsDynamic => false;

        public override int Size => WordSize;

        public override void Write(Span<byte> destination) => word.CopyTo(destination);
    }

    private sealed class AbiBytes(ReadOnlyMemory<byte> value) : AbiValue
    {
        public override bool IsDynamic => true;

        public override int Size => checked(WordSize + ((value.Length + WordSize - 1) / WordSize * WordSize));

        public override void Write(Span<byte> destination)
        {
            WriteLength(destination, value.Length);
            value.Span.CopyTo(destination[WordSize..]);
        }
    }

    private sealed class AbiSequence(AbiValue[] items, bool hasLength) : AbiValue
    {
        public override bool IsDynamic { get; } = hasLength || items.Any(item => item.IsDynamic);

        public override int Size { get; } = checked(
            (hasLength ? WordSize : 0) + items.Sum(item => item.IsDynamic ? checked(WordSize + item.Size) : item.Size));

        public override void Write(Span<byte> destination)
        {
            if (hasLength)
            {
                WriteLength(destination, items.Length);
                destination = destination[WordSize..];
            }

            var head = 0;
            var tail = items.Sum(item => item.HeadSize);
            foreach (var item in items)
            {
                if (item.IsDynamic)
                {
                    WriteLength(destination[head..], tail);
                    item.Write(destination.Slice(tail, item.Size));
                    tail += item.Size;
                }
                else
                {
                    item.Write(destination.Slice(head, item.Size));
                }

                head += item.HeadSize;
            }
        }
    }
}
