using System.Numerics;
using DarkPool.Chain.Abi;
using DarkPool.Protocol.Identity;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Chain.Tests.Abi;

public class AbiReaderTests
{
    [Property]
    public void What_was_written_is_read(ulong a, long b, uint c, bool d, byte[] e, uint[] f, byte[] g)
    {
        var address = new EvmAddress(Padded(e, EvmAddress.Size));
        var word = new Bytes32(Padded(g, Bytes32.Size));
        var data = AbiValue.Tuple(
            AbiValue.UInt(a), AbiValue.Int(b), AbiValue.Bytes(e), AbiValue.UInt(c), AbiValue.Array(f.Select(v => AbiValue.UInt(v))),
            AbiValue.Bool(d), AbiValue.Address(address), AbiValue.Tuple(AbiValue.Bytes(g), AbiValue.UInt(a)), AbiValue.Word(word),
            AbiValue.UInt(UInt128.MaxValue - a)).Encode();
        var reader = new AbiReader(data);
        Assert.Equal(a, reader.ReadUInt64());
        Assert.Equal(b, reader.ReadInt64());
        Assert.Equal(e, reader.ReadBytes());
        Assert.Equal(c, reader.ReadUInt32());
        var array = reader.ReadArray(out var count);
        var items = new uint[count];
        for (var i = 0; i < count; i++) items[i] = array.ReadUInt32();
        Assert.Equal(f, items);
        Assert.Equal(d, reader.ReadBool());
        Assert.Equal(address, reader.ReadAddress());
        var tuple = reader.ReadDynamicTuple();
        Assert.Equal(g, tuple.ReadBytes());
        Assert.Equal(a, tuple.ReadUInt64());
        Assert.Equal(word, reader.ReadBytes32());
        Assert.Equal(UInt128.MaxValue - a, reader.ReadUInt128());
    }

    [Property]
    public void Foreign_data_is_read_or_refused_as_malformed(byte[] data)
    {
        Refuses(data, static (ref AbiReader r) => r.ReadBytes());
        Refuses(data, static (ref AbiReader r) => r.ReadArray(out _));
        Refuses(data, static (ref AbiReader r) => r.ReadDynamicTuple());
        Refuses(data, static (ref AbiReader r) => r.ReadAddress());
        Refuses([.. new byte[31], 32, .. data], static (ref AbiReader r) => r.ReadBytes());
        Refuses([.. new byte[31], 32, .. data], static (ref AbiReader r) => r.ReadArray(out _));
    }

    [Fact]
    public void Values_out_of_their_types_range_are_refused()
    {
        var large = AbiValue.UInt256(BigInteger.Pow(2, 255)).Encode();
        Assert.Throws<FormatException>(() => new AbiReader(large).ReadUInt128());
        Assert.Throws<FormatException>(() => new AbiReader(large).ReadUInt64());
        Assert.Throws<FormatException>(() => new AbiReader(large).ReadUInt32());
        Assert.Throws<FormatException>(() => new AbiReader(large).ReadInt64());
        Assert.Throws<FormatException>(() => new AbiReader(large).ReadAddress());
        Assert.Throws<FormatException>(() => new AbiReader(AbiValue.UInt(2).Encode()).ReadBool());
        Assert.Throws<FormatException>(() => new AbiReader(AbiValue.UInt(1UL << 63).Encode()).ReadInt64());
        Assert.Equal(BigInteger.Pow(2, 255), new AbiReader(large).ReadUInt256());
    }

    [Fact]
    public void Lengths_and_offsets_outside_the_data_are_refused()
    {
        byte[] offset = AbiValue.UInt(64).Encode();
        byte[] length = [.. AbiValue.UInt(32).Encode(), .. AbiValue.UInt(33).Encode(), .. new byte[32]];
        byte[] huge = [.. AbiValue.UInt(32).Encode(), .. AbiValue.UInt(uint.MaxValue).Encode()];
        Assert.Throws<FormatException>(() => new AbiReader(offset).ReadBytes());
        Assert.Throws<FormatException>(() => new AbiReader(length).ReadBytes());
        Assert.Throws<FormatException>(() => new AbiReader(huge).ReadBytes());
        Assert.Throws<FormatException>(() => new AbiReader(length).ReadArray(out _));
        Assert.Throws<FormatException>(() => new AbiReader(huge).ReadArray(out _));
    }

    private delegate void Reading(ref AbiReader reader);

    private static void Refuses(byte[] data, Reading read)
    {
        try
        {
            var reader = new AbiReader(data);
            read(ref reader);
        }
        catch (FormatException)
        {
            // The one way to refuse.
        }
    }

    private static byte[] Padded(byte[] bytes, int size) => [.. bytes.Take(size), .. new byte[Math.Max(0, size - bytes.Length)]];
}
