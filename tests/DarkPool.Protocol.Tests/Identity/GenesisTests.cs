using System.Security.Cryptography;
using DarkPool.Protocol.Identity;
using Xunit;

namespace DarkPool.Protocol.Tests.Identity;

/// <summary>The genesis file, its canonical bytes and the names that follow from it.</summary>
public sealed class GenesisTests
{
    [Fact]
    public void A_genesis_file_gives_the_genesis_that_wrote_it()
    {
        var read = Genesis.Parse(Fixture.Genesis.ToJson());
        Assert.Equal(Fixture.Genesis.Encoded.ToArray(), read.Encoded.ToArray());
        Assert.Equal(Fixture.Genesis.VenueId, read.VenueId);
        Assert.Equal(Fixture.Genesis.GenesisHead, read.GenesisHead);
        Assert.Equal((31337UL, 0u, 2, 3), (read.ChainId, read.Shard, read.GovernanceThreshold, read.GovernanceKeys.Length));
    }

    [Fact]
    public void The_order_of_keys_in_the_file_does_not_matter()
    {
        var genesis = Fixture.Genesis;
        var turned = new Genesis(
            genesis.ChainId, genesis.Vault, genesis.Registry, genesis.Shard, genesis.GovernanceThreshold, genesis.GovernanceKeys.Reverse());
        Assert.Equal(genesis.VenueId, turned.VenueId);
        Assert.True(turned.IsGovernanceKey(genesis.GovernanceKeys[1]));
        Assert.False(turned.IsGovernanceKey(Fixture.Filled(1)));
    }

    [Fact]
    public void The_names_are_the_published_hashes()
    {
        byte[] venue = SHA256.HashData([.. "darkpool/v1/venue"u8, .. Fixture.Genesis.Encoded.Span]);
        Assert.Equal(venue, Fixture.Genesis.VenueId.ToArray());
        Assert.Equal(SHA256.HashData([.. "darkpool/v1/genesis"u8, .. venue]), Fixture.Genesis.GenesisHead.ToArray());
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("[]", "is an object")]
    [InlineData("{}", "lacks 'chainId'")]
    [InlineData("""{"chainId":1,"vault":"V","registry":"V","shard":0,"governance":{"threshold":1,"keys":["K"]},"x":1}""", "no member 'x'")]
    [InlineData("""{"chainId":1,"chainId":1,"vault":"V","registry":"V","shard":0,"governance":{"threshold":1,"keys":["K"]}}""", "twice")]
    [InlineData("""{"chainId":-1,"vault":"V","registry":"V","shard":0,"governance":{"threshold":1,"keys":["K"]}}""", "chainId")]
    [InlineData("""{"chainId":"1","vault":"V","registry":"V","shard":0,"governance":{"threshold":1,"keys":["K"]}}""", "chainId")]
    [InlineData("""{"chainId":1,"vault":"0x12","registry":"V","shard":0,"governance":{"threshold":1,"keys":["K"]}}""", "vault")]
    [InlineData("""{"chainId":1,"vault":"V","registry":7,"shard":0,"governance":{"threshold":1,"keys":["K"]}}""", "registry")]
    [InlineData("""{"chainId":1,"vault":"V","registry":"V","shard":4294967296,"governance":{"threshold":1,"keys":["K"]}}""", "shard")]
    [InlineData("""{"chainId":1,"vault":"V","registry":"V","shard":0,"governance":[]}""", "governance is an object")]
    [InlineData("""{"chainId":1,"vault":"V","registry":"V","shard":0,"governance":{"threshold":0,"keys":["K"]}}""", "threshold")]
    [InlineData("""{"chainId":1,"vault":"V","registry":"V","shard":0,"governance":{"threshold":2,"keys":["K"]}}""", "threshold")]
    [InlineData("""{"chainId":1,"vault":"V","registry":"V","shard":0,"governance":{"threshold":1,"keys":[]}}""", "1 to 255")]
    [InlineData("""{"chainId":1,"vault":"V","registry":"V","shard":0,"governance":{"threshold":1,"keys":["K","K"]}}""", "twice")]
    [InlineData("""{"chainId":1,"vault":"V","registry":"V","shard":0,"governance":{"threshold":1,"keys":["12"]}}""", "64 hex digits")]
    [InlineData("""{"chainId":1,"vault":"V","registry":"V","shard":0,"governance":{"threshold":1,"keys":"K"}}""", "array")]
    public void A_wrong_genesis_file_says_what_is_wrong(string json, string says)
    {
        var text = json
            .Replace("\"V\"", $"\"0x{new string('a', 40)}\"", StringComparison.Ordinal)
            .Replace("\"K\"", $"\"{new string('b', 64)}\"", StringComparison.Ordinal);
        Assert.Contains(says, Assert.Throws<FormatException>(() => Genesis.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_data_binds_every_claim_the_venue_and_the_nonce()
    {
        var identity = new EnclaveIdentity(
            Fixture.Filled(1), new EvmAddress(Fixture.Repeat(2, 20)), 3, Fixture.Filled(4), Fixture.Filled(5), 6, Fixture.Filled(7));
        var data = ReportData.Compute(identity, Fixture.VenueId, Fixture.Filled(8));
        Assert.Equal("darkpool/v1/report-data"u8.ToArray(), data[..23]);
        Assert.Equal(new byte[9], data[23..32]);
        byte[] message =
        [
            1, 0, .. Fixture.Repeat(1, 32), .. Fixture.Repeat(2, 20), 3, 0, 0, 0, .. Fixture.Repeat(4, 32), .. Fixture.VenueId.Span,
            .. Fixture.Repeat(5, 32), 6, 0, 0, 0, 0, 0, 0, 0, .. Fixture.Repeat(7, 32), .. Fixture.Repeat(8, 32),
        ];
        Assert.Equal(SHA256.HashData(message), data[32..]);
    }
}
