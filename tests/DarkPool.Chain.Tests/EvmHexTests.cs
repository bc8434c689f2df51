using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Chain.Tests;

public class EvmHexTests
{
    [Property]
    public void What_was_encoded_is_decoded(byte[] data, ulong quantity)
    {
        Assert.Equal(data, EvmHex.Decode(EvmHex.Encode(data)));
        Assert.Equal(quantity, EvmHex.DecodeQuantity(EvmHex.EncodeQuantity(quantity)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("0x0")]
    [InlineData("0xzz")]
    [InlineData("0x+1")]
    public void What_is_no_data_is_refused(string? text) => Assert.Throws<FormatException>(() => EvmHex.Decode(text));

    [Theory]
    [InlineData(null)]
    [InlineData("0x")]
    [InlineData("1")]
    [InlineData("0x-1")]
    [InlineData("0xg")]
    [InlineData("0x10000000000000000")]
    public void What_is_no_quantity_is_refused(string? text) => Assert.Throws<FormatException>(() => EvmHex.DecodeQuantity(text));
}
