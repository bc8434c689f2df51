using System.Numerics;
using DarkPool.Chain.Abi;
using Xunit;

namespace DarkPool.Chain.Tests.Abi;

/// <summary>The examples of the contract ABI specification.</summary>
public class AbiValueTests
{
    public static TheoryData<string, string> Examples => new()
    {
        {
            Hex(new AbiSignature("baz(uint32,bool)").Call(AbiValue.UInt(69), AbiValue.Bool(true))),
            "cdcd77c0" + Word("45") + Word("1")
        },
        {
            Hex(new AbiSignature("bar(bytes3[2])").Call(AbiValue.Tuple(AbiValue.FixedBytes("abc"u8), AbiValue.FixedBytes("def"u8)))),
            "fce353f6" + Left("616263") + Left("646566")
        },
        {
            Hex(new AbiSignature("sam(bytes,bool,uint256[])").Call(
                AbiValue.Bytes("dave"u8.ToArray()), AbiValue.Bool(true), Numbers(1, 2, 3))),
            "a5643bf2" + Word("60") + Word("1") + Word("a0") + Word("4") + Left("64617665") + Word("3") + Word("1") + Word("2") + Word("3")
        },
        {
            Hex(new AbiSignature("f(uint256,uint32[],bytes10,bytes)").Call(
                AbiValue.UInt(0x123),
                Numbers(0x456, 0x789),
                AbiValue.FixedBytes("1234567890"u8),
                AbiValue.Bytes("Hello, world!"u8.ToArray()))),
            "8be65246" + Word("123") + Word("80") + Left("31323334353637383930") + Word("e0")
            + Word("2") + Word("456") + Word("789") + Word("d") + Left("48656c6c6f2c20776f726c6421")
        },
        {
            Hex(new AbiSignature("g(uint256[][],string[])").Call(
                AbiValue.Array([Numbers(1, 2), Numbers(3)]),
                AbiValue.Array([AbiValue.Text("one"), AbiValue.Text("two"), AbiValue.Text("three")]))),
            "2289b18c" + Word("40") + Word("140")
            + Word("2") + Word("40") + Word("a0") + Word("2") + Word("1") + Word("2") + Word("1") + Word("3")
            + Word("3") + Word("60") + Word("a0") + Word("e0")
            + Word("3") + Left("6f6e65") + Word("3") + Left("74776f") + Word("5") + Left("7468726565")
        },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void Encodings_are_those_of_the_specification(string encoded, string expected) => Assert.Equal(expected, encoded);

    [Fact]
    public void A_negative_integer_is_filled_up_with_ones() =>
        Assert.Equal(new string('f', 63) + "e", Hex(AbiValue.Int(-2).Encode()));

    [Fact]
    public void An_integer_of_more_than_256_bits_is_refused()
    {
        Assert.Equal(new string('f', 64), Hex(AbiValue.UInt256(BigInteger.Pow(2, 256) - 1).Encode()));
        Assert.Throws<OverflowException>(() => AbiValue.UInt256(BigInteger.Pow(2, 256)));
        Assert.Throws<OverflowException>(() => AbiValue.UInt256(BigInteger.MinusOne));
    }

    private static AbiValue Numbers(params uint[] values) => AbiValue.Array(values.Select(v => AbiValue.UInt(v)));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private static string Word(string digits) => digits.PadLeft(64, '0');

    private static string Left(string digits) => digits.PadRight(64, '0');
}
