using Xunit;

namespace DarkPool.Chain.Tests.Publication;

/// <summary>What a reorganisation takes away is noticed and published again, and nothing else is.</summary>
public sealed class PublisherReorgTests : PublisherFixture
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task What_was_reorganised_away_is_published_again(int depth)
    {
        var batches = Random.Chain(6);
        using var publisher = Publisher();
        for (var i = 0; i < batches.Count; i++)
        {
            Outbox.Add([batches[i]]);
            await PublishAllAsync(publisher, i + 1);
        }

        await MineAsync(1);
        await Node.Rpc.CallAsync("anvil_reorg", [depth, new System.Text.Json.Nodes.JsonArray()]);
        var kept = (int)(await Registry.LastAsync()).Sequence;
        Assert.Equal(batches.Count - depth + 1, kept);

        await publisher.RoundAsync(CancellationToken.None);
        await PublishAllAsync(publisher, batches.Count);
        await PublishedExactlyOnceAsync(batches);
        Assert.Equal(
            Enumerable.Range(kept + 1, batches.Count - kept).Reverse().Select(s => (ulong)s), Outbox.Reorganized.Select(r => r.Sequence));
        Assert.Equal(Outbox.Reorganized.Count, publisher.Metrics.Status.Reorganized);
        Assert.Equal(6UL, publisher.Metrics.Status.ConfirmedSequence);
    }

    [Fact]
    public async Task A_batch_that_moved_to_another_block_is_confirmed_anew_and_not_sent_again()
    {
        var batches = Random.Chain(1);
        Outbox.Add(batches);
        using var publisher = Publisher();
        await PublishAllAsync(publisher, 1);
        var before = Outbox.Confirmed[0];
        var raw = await Node.Rpc.CallAsync("debug_getRawTransaction", ["0x" + before.Transaction]);
        var moved = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonArray(raw.GetString(), 0));
        await MineAsync(1);
        await Node.Rpc.CallAsync("anvil_reorg", [2, moved]);

        await publisher.RoundAsync(CancellationToken.None);
        await PublishAllAsync(publisher, 1);
        Assert.Equal(before.Transaction, Outbox.Confirmed[0].Transaction);
        Assert.NotEqual(before.EvmBlockHash, Outbox.Confirmed[0].EvmBlockHash);
        Assert.Single(Outbox.Submitted);
        await PublishedExactlyOnceAsync(batches);
    }

    [Fact]
    public async Task A_chain_that_lost_its_newest_blocks_gets_its_batches_again()
    {
        var batches = Random.Chain(5);
        using var publisher = Publisher();
        Outbox.Add(batches[..2]);
        await PublishAllAsync(publisher, 2);
        var snapshot = await Node.Rpc.CallAsync("evm_snapshot", []);
        Outbox.Add(batches[2..]);
        await PublishAllAsync(publisher, 5);
        await Node.Rpc.CallAsync("evm_revert", [snapshot.GetString()]);
        Assert.Equal(2UL, (await Registry.LastAsync()).Sequence);

        await publisher.RoundAsync(CancellationToken.None);
        await PublishAllAsync(publisher, 5);
        await PublishedExactlyOnceAsync(batches);
        Assert.Equal([5UL, 4UL, 3UL], Outbox.Reorganized.Select(r => r.Sequence));
    }

    [Fact]
    public async Task A_node_that_is_late_is_given_time_and_nothing_is_sent_to_it()
    {
        var batches = Random.Chain(3);
        using var publisher = Publisher(Quick with { LagTolerance = TimeSpan.FromHours(1) });
        Outbox.Add(batches[..1]);
        await PublishAllAsync(publisher, 1);
        var snapshot = await Node.Rpc.CallAsync("evm_snapshot", []);
        Outbox.Add(batches[1..]);
        await PublishAllAsync(publisher, 3);
        var submitted = Outbox.Submitted.Count;
        await Node.Rpc.CallAsync("evm_revert", [snapshot.GetString()]);

        Outbox.Add([Random.Sign(Random.Next(batches[^1].Batch))]);
        for (var i = 0; i < 3; i++) await publisher.RoundAsync(CancellationToken.None);
        Assert.Empty(Outbox.Reorganized);
        Assert.Equal(submitted, Outbox.Submitted.Count);
        Assert.Equal(3, Outbox.Confirmed.Count);
    }
}
