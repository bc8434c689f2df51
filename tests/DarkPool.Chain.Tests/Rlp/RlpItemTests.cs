using DarkPool.Chain.Rlp;
using Xunit;

namespace DarkPool.Chain.Tests.Rlp;

/// <summary>The examples of Ethereum's description of the recursive length prefix.</summary>
public class RlpItemTests
{
    public static TheoryData<string, byte[]> Examples => new()
    {
        { "83646f67", RlpItem.Bytes("dog"u8) },
        { "c88363617483646f67", RlpItem.List(RlpItem.Bytes("cat"u8), RlpItem.Bytes("dog"u8)) },
        { "80", RlpItem.Bytes([]) },
        { "c0", RlpItem.List() },
        { "80", RlpItem.Integer(0) },
        { "00", RlpItem.Bytes([0]) },
        { "0f", RlpItem.Integer(15) },
        { "820400", RlpItem.Integer(1024) },
        {
            "c7c0c1c0c3c0c1c0",
            RlpItem.List(RlpItem.List(), RlpItem.List(RlpItem.List()), RlpItem.List(RlpItem.List(), RlpItem.List(RlpItem.List())))
        },
        {
            "b8384c6f72656d20697073756d20646f6c6f722073697420616d65742c20636f6e7365637465747572206164697069736963696e6720656c6974",
            RlpItem.Bytes("Lorem ipsum dolor sit amet, consectetur adipisicing elit"u8)
        },
        { "90ffffffffffffffffffffffffffffffff", RlpItem.Integer(UInt128.MaxValue) },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void Encodings_are_those_of_the_description(string expected, byte[] encoded) =>
        Assert.Equal(expected, Convert.ToHexStringLower(encoded));

    [Theory]
    [InlineData(55, "b7")]
    [InlineData(56, "b838")]
    [InlineData(255, "b8ff")]
    [InlineData(256, "b90100")]
    [InlineData(65536, "ba010000")]
    public void A_length_takes_as_few_bytes_as_it_can(int length, string prefix)
    {
        var encoded = Convert.ToHexStringLower(RlpItem.Bytes(new byte[length]));
        Assert.StartsWith(prefix + "00", encoded, StringComparison.Ordinal);
        Assert.Equal(prefix.Length + (2 * length), encoded.Length);
    }
}
