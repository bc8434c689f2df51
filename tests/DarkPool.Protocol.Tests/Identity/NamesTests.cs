using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Reports;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Protocol.Tests.Identity;

/// <summary>Keys, hashes and addresses as values and as text.</summary>
public sealed class NamesTests
{
    [Property]
    public void Thirty_two_bytes_are_ordered_as_bytes(byte[] left, byte[] right)
    {
        var (first, second) = (Padded(left), Padded(right));
        var expected = first.AsSpan().SequenceCompareTo(second);
        Assert.Equal(expected, new Bytes32(first).CompareTo(new Bytes32(second)));
        Assert.Equal(expected == 0, new Bytes32(first) == new Bytes32(second));
        Assert.Equal(expected < 0, new Bytes32(first) < new Bytes32(second));
        Assert.Equal(expected >= 0, new AccountKey(new Bytes32(first)) >= new AccountKey(new Bytes32(second)));
    }

    [Property]
    public void Text_gives_the_bytes_back(byte[] bytes)
    {
        var value = new Bytes32(Padded(bytes));
        Assert.True(Bytes32.TryParse(value.ToString(), out var read));
        Assert.Equal(value, read);
        Assert.True(Bytes32.TryParse("0x" + value.ToString().ToUpperInvariant(), out read));
        Assert.Equal(value, read);
        var address = new EvmAddress(Padded(bytes).AsSpan(0, 20));
        Assert.True(EvmAddress.TryParse(address.ToString(), out var readAddress));
        Assert.Equal(address, readAddress);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0x")]
    [InlineData("zz")]
    [InlineData("00112233445566778899aabbccddeeff00112233445566778899aabbccddee")]
    [InlineData("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff00")]
    [InlineData("00112233445566778899aabbccddeeff00112233445566778899aabbccddeefg")]
    [InlineData("0x0x112233445566778899aabbccddeeff00112233445566778899aabbccddeeff")]
    public void Text_of_another_form_is_refused(string text)
    {
        Assert.False(Bytes32.TryParse(text, out _));
        Assert.False(EvmAddress.TryParse(text, out _));
    }

    [Fact]
    public void What_is_secret_has_no_text()
    {
        var account = new AccountKey(Fixture.Filled(0x99));
        var order = new PlaceOrder(424_242, 1, Side.Buy, OrderType.Limit, TimeInForce.GoodTillCancelled, 515_151, 616_161, 0);
        Assert.Equal("AccountKey", account.ToString());
        Assert.Equal("PlaceOrder", order.ToString());
        Assert.Equal("CancelOrder", new CancelOrder(424_242).ToString());
        Assert.Equal("ReplaceOrder", new ReplaceOrder(424_242, 1, 2).ToString());
        Assert.Equal("CommandHeader", new CommandHeader(CommandType.Cover, 0, 0).ToString());
        Assert.Equal("SessionOpened", new SessionOpened(1, account).ToString());
        Assert.Equal("Fill", new Fill(424_242, 1, 2, Side.Buy, Liquidity.Maker, 3, 4, 5).ToString());
        Assert.Equal("Balance", new Balance(1, 2, 3).ToString());
        Assert.Equal("Rejected", new Rejected(RejectionCode.BookFull, CommandType.PlaceOrder, 424_242).ToString());
    }

    private static byte[] Padded(byte[] bytes)
    {
        var padded = new byte[Bytes32.Size];
        bytes.AsSpan(0, Math.Min(bytes.Length, padded.Length)).CopyTo(padded);
        return padded;
    }
}
