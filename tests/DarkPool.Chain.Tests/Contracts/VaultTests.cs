using DarkPool.Chain.Abi;
using DarkPool.Chain.Contracts;
using DarkPool.Chain.Deployment;
using DarkPool.Chain.Deposits;
using DarkPool.Chain.Rpc;
using DarkPool.Chain.Signing;
using DarkPool.Chain.Tokens;
using DarkPool.Chain.Transactions;
using DarkPool.Local.Anvil;
using DarkPool.Protocol.Identity;
using Xunit;

namespace DarkPool.Chain.Tests.Contracts;

public sealed class VaultTests(ChainFixture chain) : IClassFixture<ChainFixture>
{
    private static readonly byte[] Tag = [.. Enumerable.Range(1, 84).Select(i => (byte)i)];

    private EvmAddress Dollar => chain.Venue.Tokens[0].Address;

    [Fact]
    public async Task A_deposit_is_taken_and_announced_with_its_tag()
    {
        await FundAsync(Dollar, 1000);
        var before = await chain.Vault.LastDepositAsync();
        var receipt = await chain.Vault.DepositAsync(chain.Owner, Dollar, 1000, Tag);
        var deposit = Assert.Single(await ReadAsync(before));
        Assert.Equal(before + 1, deposit.Id);
        Assert.Equal(Dollar, deposit.Token);
        Assert.Equal(chain.Owner.Address, deposit.From);
        Assert.Equal((UInt128)1000, deposit.Amount);
        Assert.Equal(Tag, deposit.Tag.ToArray());
        Assert.Equal(receipt.Transaction, deposit.Transaction);
        Assert.Equal(receipt.Block, deposit.EvmBlock);
        Assert.Equal(receipt.BlockHash, deposit.EvmBlockHash);
    }

    [Fact]
    public async Task Many_deposits_in_one_transaction_are_numbered_in_order()
    {
        const int Count = 64;
        await FundAsync(Dollar, Count * (Count + 1) / 2);
        var before = await chain.Vault.LastDepositAsync();
        var deposits = Enumerable.Range(1, Count).Select(i => ((UInt128)i, (ReadOnlyMemory<byte>)Enumerable.Repeat((byte)i, 84).ToArray()));
        await chain.Vault.DepositManyAsync(chain.Owner, Dollar, [.. deposits]);
        var read = await ReadAsync(before);
        Assert.Equal(Count, read.Count);
        Assert.Equal(Enumerable.Range(1, Count), read.Select(d => (int)d.Amount));
        Assert.All(read, d => Assert.Equal((byte)d.Amount, d.Tag.Span[83]));
    }

    [Fact]
    public async Task A_token_that_is_not_listed_is_refused()
    {
        var unlisted = await CreateAsync("FeeToken");
        await RefusedAsync("TokenNotListed", () => chain.Vault.DepositAsync(chain.Owner, unlisted, 1, Tag));
        await RefusedAsync("TokenNotListed", () => chain.Vault.DepositManyAsync(chain.Owner, unlisted, [(1, Tag)]));
    }

    [Fact]
    public async Task A_token_taken_off_the_list_is_refused_from_then_on()
    {
        var token = await CreateAsync("FeeToken");
        await FundAsync(token, 20, mint: false);
        await chain.Vault.SetListedAsync(chain.Owner, token, listed: true);
        await chain.Vault.DepositAsync(chain.Owner, token, 10, Tag);
        await chain.Vault.SetListedAsync(chain.Owner, token, listed: false);
        Assert.False(await chain.Vault.IsListedAsync(token));
        await RefusedAsync("TokenNotListed", () => chain.Vault.DepositAsync(chain.Owner, token, 10, Tag));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(83)]
    [InlineData(85)]
    public async Task A_tag_of_another_length_is_refused(int length)
    {
        await FundAsync(Dollar, 1);
        await RefusedAsync("InvalidTagLength", () => chain.Vault.DepositAsync(chain.Owner, Dollar, 1, new byte[length]));
        await RefusedAsync("InvalidTagLength", () => chain.Vault.DepositManyAsync(chain.Owner, Dollar, [(1, new byte[length])]));
    }

    [Fact]
    public async Task One_bad_deposit_among_many_refuses_all()
    {
        await FundAsync(Dollar, 2);
        var balance = await new TokenClient(chain.Node, Dollar).BalanceAsync(chain.Owner.Address);
        await RefusedAsync("InvalidTagLength", () => chain.Vault.DepositManyAsync(chain.Owner, Dollar, [(1, Tag), (1, new byte[1])]));
        Assert.Equal(balance, await new TokenClient(chain.Node, Dollar).BalanceAsync(chain.Owner.Address));
    }

    [Fact]
    public async Task Nothing_is_no_deposit()
    {
        await FundAsync(Dollar, 1);
        await RefusedAsync("NothingReceived", () => chain.Vault.DepositAsync(chain.Owner, Dollar, 0, Tag));
        await RefusedAsync("LengthMismatch", () => chain.Vault.DepositManyAsync(chain.Owner, Dollar, []));
    }

    [Fact]
    public async Task What_was_not_approved_is_not_taken()
    {
        var before = await chain.Vault.LastDepositAsync();
        await Assert.ThrowsAsync<ContractRevertedException>(() => chain.Vault.DepositAsync(chain.Owner, Dollar, UInt128.MaxValue, Tag));
        Assert.Equal(before, await chain.Vault.LastDepositAsync());
    }

    [Fact]
    public async Task A_token_that_keeps_a_fee_is_credited_with_what_arrived()
    {
        var token = await CreateAsync("FeeToken");
        await chain.Vault.SetListedAsync(chain.Owner, token, listed: true);
        await FundAsync(token, 1000, mint: false);
        var before = await chain.Vault.LastDepositAsync();
        await chain.Vault.DepositAsync(chain.Owner, token, 1000, Tag);
        Assert.Equal((UInt128)900, Assert.Single(await ReadAsync(before)).Amount);
        Assert.Equal((UInt128)900, await new TokenClient(chain.Node, token).BalanceAsync(chain.Venue.Vault));
    }

    [Fact]
    public async Task A_token_that_only_claims_to_transfer_is_refused()
    {
        var token = await CreateAsync("VoidToken");
        await chain.Vault.SetListedAsync(chain.Owner, token, listed: true);
        await RefusedAsync("NothingReceived", () => chain.Vault.DepositAsync(chain.Owner, token, 1000, Tag));
    }

    [Fact]
    public async Task A_deposit_inside_a_deposit_is_refused()
    {
        var token = await CreateAsync("ReentrantToken", AbiValue.Address(chain.Venue.Vault));
        await chain.Vault.SetListedAsync(chain.Owner, token, listed: true);
        await FundAsync(token, 1000, mint: false);
        await RefusedAsync("ReentrancyGuardReentrantCall", () => chain.Vault.DepositAsync(chain.Owner, token, 1000, Tag));
    }

    [Fact]
    public async Task Only_the_owner_lists_tokens()
    {
        using var key = EvmKey.Parse(DevAccount.Spare.PrivateKey);
        using var stranger = new TransactionSender(chain.Node, key);
        await RefusedAsync("OwnableUnauthorizedAccount", () => chain.Vault.SetListedAsync(stranger, Dollar, listed: false));
    }

    [Fact]
    public async Task The_test_tokens_are_what_the_plan_says()
    {
        foreach (var (token, plan) in chain.Venue.Tokens.Zip(DeploymentPlan.Local.Tokens))
        {
            var client = new TokenClient(chain.Node, token.Address);
            Assert.Equal(plan.Symbol, await client.SymbolAsync());
            Assert.Equal(plan.Decimals, await client.DecimalsAsync());
            Assert.True(await chain.Vault.IsListedAsync(token.Address));
        }
    }

    private static async Task RefusedAsync(string error, Func<Task> call) =>
        Assert.Equal(error, (await Assert.ThrowsAsync<ContractRevertedException>(call)).Error);

    private async Task FundAsync(EvmAddress token, UInt128 amount, bool mint = true)
    {
        var client = new TokenClient(chain.Node, token);
        if (mint) await client.MintAsync(chain.Owner, chain.Owner.Address, amount);
        await client.ApproveAsync(chain.Owner, chain.Venue.Vault, amount);
    }

    private Task<EvmAddress> CreateAsync(string contract, params AbiValue[] arguments) => new ContractDeployer(chain.Owner)
        .CreateAsync(ContractArtifact.Load(contract, typeof(VaultTests).Assembly), arguments, CancellationToken.None);

    private async Task<IReadOnlyList<VaultDeposit>> ReadAsync(ulong after) =>
        (await new VaultReader(chain.Node, chain.Venue.Vault).ReadAsync(after, chain.Venue.Block, confirmations: 1)).Deposits;
}
