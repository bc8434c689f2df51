using DarkPool.Chain.Deployment;
using DarkPool.Chain.Rpc;
using DarkPool.Chain.Signing;
using DarkPool.Chain.Transactions;
using DarkPool.Local.Anvil;
using DarkPool.Local.Files;
using Xunit;

namespace DarkPool.Chain.Tests.Deployment;

public sealed class ContractDeployerTests : ChainFixture
{
    private ContractDeployer Deployer => new(Owner);

    [Fact]
    public async Task A_second_time_finds_what_the_first_deployed()
    {
        var nonce = await Node.NonceAsync(Owner.Address, afterWaiting: true, CancellationToken.None);
        var again = await Deployer.EnsureAsync(DeploymentPlan.Local, DeploymentFile);
        Assert.Equal(Venue with { Tokens = [] }, again with { Tokens = [] });
        Assert.Equal(Venue.Tokens, again.Tokens);
        Assert.Equal(nonce, await Node.NonceAsync(Owner.Address, afterWaiting: true, CancellationToken.None));
    }

    [Fact]
    public async Task A_chain_that_lost_the_contracts_is_refused()
    {
        using var folder = TemporaryFolder.Create("other chain");
        await using var other = await LocalChain.StartAsync(new LocalChainOptions { DataFolder = folder.FullPath });
        using var rpc = new JsonRpcClient(other.Url);
        using var key = EvmKey.Parse(DevAccount.Deployer.PrivateKey);
        using var owner = new TransactionSender(new EvmNode(rpc), key);
        var refusal = await Assert.ThrowsAsync<DeploymentLostException>(
            () => new ContractDeployer(owner).EnsureAsync(DeploymentPlan.Local, DeploymentFile));
        Assert.Contains(Venue.Tokens[0].Address.ToString(), refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deployment_of_another_chain_id_is_refused()
    {
        (Venue with { ChainId = 1 }).Save(DeploymentFile);
        var refusal = await Assert.ThrowsAsync<DeploymentLostException>(() => Deployer.EnsureAsync(DeploymentPlan.Local, DeploymentFile));
        Assert.Contains("chain 1,", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"chainId\":1,\"vault\":\"0x12\",\"registry\":\"\",\"shard\":1,\"block\":0,\"tokens\":[]}")]
    public async Task A_file_that_is_no_deployment_is_refused_by_name(string text)
    {
        await File.WriteAllTextAsync(DeploymentFile, text);
        var refusal = await Assert.ThrowsAsync<FormatException>(() => Deployer.EnsureAsync(DeploymentPlan.Local, DeploymentFile));
        Assert.Contains(DeploymentFile, refusal.Message, StringComparison.Ordinal);
    }
}
