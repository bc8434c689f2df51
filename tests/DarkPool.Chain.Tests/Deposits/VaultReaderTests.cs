using DarkPool.Chain.Deposits;
using DarkPool.Chain.Tokens;
using DarkPool.Protocol.Identity;
using Xunit;

namespace DarkPool.Chain.Tests.Deposits;

public sealed class VaultReaderTests : ChainFixture
{
    private VaultReader Reader => new(Node, Venue.Vault);

    private EvmAddress Token => Venue.Tokens[1].Address;

    [Fact]
    public async Task Deposits_come_once_and_in_order_from_reading_to_reading()
    {
        var next = Venue.Block;
        var last = 0UL;
        for (var round = 1; round <= 3; round++)
        {
            await DepositAsync(round, round * 10);
            var reading = await Reader.ReadAsync(last, next, confirmations: 1);
            Assert.Equal([last + 1, last + 2], reading.Deposits.Select(d => d.Id));
            Assert.Equal([(UInt128)round, (UInt128)(round * 10)], reading.Deposits.Select(d => d.Amount));
            (last, next) = (reading.Deposits[^1].Id, reading.NextBlock);
        }

        Assert.Empty((await Reader.ReadAsync(last, next, confirmations: 1)).Deposits);
    }

    [Fact]
    public async Task A_deposit_counts_only_with_enough_blocks_on_it()
    {
        await DepositAsync(5);
        var young = await Reader.ReadAsync(0, Venue.Block, confirmations: 3);
        Assert.Empty(young.Deposits);
        await MineAsync(1);
        var older = await Reader.ReadAsync(0, young.NextBlock, confirmations: 3);
        Assert.Empty(older.Deposits);
        await MineAsync(1);
        Assert.Single((await Reader.ReadAsync(0, older.NextBlock, confirmations: 3)).Deposits);
    }

    [Fact]
    public async Task A_chain_shorter_than_the_depth_has_nothing_to_read()
    {
        var reading = await Reader.ReadAsync(0, Venue.Block, confirmations: 1_000_000);
        Assert.Empty(reading.Deposits);
        Assert.Equal(Venue.Block, reading.NextBlock);
    }

    [Fact]
    public async Task Reading_again_from_an_earlier_block_repeats_nothing_known()
    {
        await DepositAsync(1, 2, 3);
        Assert.Equal([3UL], (await Reader.ReadAsync(2, 0, confirmations: 1)).Deposits.Select(d => d.Id));
    }

    [Fact]
    public async Task A_deposit_left_out_stops_the_reading()
    {
        await DepositAsync(1);
        var after = (await Node.LatestBlockAsync()).Number + 1;
        await DepositAsync(2);
        var gap = await Assert.ThrowsAsync<DepositGapException>(() => Reader.ReadAsync(0, after, confirmations: 1));
        Assert.Equal((1UL, 2UL), (gap.Expected, gap.Found));
    }

    [Fact]
    public async Task Deposits_and_roots_survive_a_restart_of_the_chain()
    {
        await DepositAsync(7, 8);
        var before = (await Reader.ReadAsync(0, 0, confirmations: 1)).Deposits;
        await StopChainAsync();
        await StartChainAsync();
        var after = (await Reader.ReadAsync(0, 0, confirmations: 1)).Deposits;
        Assert.Equal(before.Select(d => d with { Tag = default }), after.Select(d => d with { Tag = default }));
        Assert.Equal(2UL, await Vault.LastDepositAsync());
    }

    private async Task DepositAsync(params int[] amounts)
    {
        var token = new TokenClient(Node, Token);
        var sum = (UInt128)amounts.Sum();
        await token.MintAsync(Owner, Owner.Address, sum);
        await token.ApproveAsync(Owner, Venue.Vault, sum);
        await Vault.DepositManyAsync(Owner, Token, [.. amounts.Select(a => ((UInt128)a, (ReadOnlyMemory<byte>)new byte[84]))]);
    }
}
