using DarkPool.Chain.Hashing;
using Xunit;

namespace DarkPool.Chain.Tests.Hashing;

public class Keccak256Tests
{
    [Theory]
    [InlineData("", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")]
    [InlineData("abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45")]
    [InlineData("Transfer(address,address,uint256)", "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef")]
    public void It_is_the_hash_that_the_chain_uses(string text, string expected) =>
        Assert.Equal(expected, Keccak256.Hash(text).ToString());
}
