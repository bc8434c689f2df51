using DarkPool.Chain.Rpc;
using Xunit;
using Xunit.Abstractions;

namespace DarkPool.Chain.Tests.Publication;

/// <summary>Whatever dies at whatever moment, each batch is on chain exactly once in the end.</summary>
public sealed class PublisherFaultTests(ITestOutputHelper output) : PublisherFixture
{
    [Fact]
    public async Task A_publisher_that_crashes_at_any_step_is_continued_by_the_next()
    {
        var batches = Random.Chain(24);
        var crashes = 0;
        foreach (var some in batches.Chunk(3))
        {
            Outbox.Add(some);
            // Crashes at the first step, then the second, and so on, until one publisher gets through.
            for (var steps = 0; ; steps++)
            {
                Outbox.StepsUntilCrash = steps;
                using var publisher = Publisher();
                try
                {
                    await PublishAllAsync(publisher, (int)some[^1].Batch.Sequence);
                    break;
                }
                catch (CrashException)
                {
                    crashes++;
                }
            }
        }

        Outbox.StepsUntilCrash = -1;
        output.WriteLine($"publisher: {crashes} crashes, {batches.Count} batches, each once");
        Assert.True(crashes > batches.Count);
        await PublishedExactlyOnceAsync(batches);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Lost_calls_and_lost_answers_repeat_nothing(int seed)
    {
        var chance = new Random(seed);
        await using var proxy = new NodeProxy(Chain.Url, (_, _) => chance.Next(20) switch
        {
            0 => CallFate.LostBefore,
            1 => CallFate.LostAfter,
            2 => CallFate.Refused,
            _ => CallFate.Answered,
        });
        using var rpc = new JsonRpcClient(proxy.Url, new JsonRpcOptions { Attempts = 1 });
        var batches = Random.Chain(12);
        using var stop = new CancellationTokenSource();
        using var publisher = Publisher(node: new EvmNode(rpc));
        var running = publisher.RunAsync(stop.Token);
        foreach (var batch in batches)
        {
            Outbox.Add([batch]);
            publisher.Wake();
            await Outbox.UntilAsync(o => o.Confirmed.Count == (int)batch.Batch.Sequence, Patience);
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.True(publisher.Metrics.Status.Faults > 0);
        await PublishedExactlyOnceAsync(batches);
    }

    [Fact]
    public async Task A_chain_that_goes_and_comes_back_finds_the_publisher_waiting()
    {
        var batches = Random.Chain(6);
        using var stop = new CancellationTokenSource();
        using var rpc = new JsonRpcClient(Chain.Url, new JsonRpcOptions { Attempts = 1 });
        using var publisher = Publisher(node: new EvmNode(rpc));
        var running = publisher.RunAsync(stop.Token);
        Outbox.Add(batches[..2]);
        publisher.Wake();
        await Outbox.UntilAsync(o => o.Confirmed.Count == 2, Patience);

        var port = Chain.Url.Port;
        await StopChainAsync();
        Outbox.Add(batches[2..]);
        publisher.Wake();
        await Eventually.TrueAsync(() => publisher.Metrics.Status.Fault is not null, Patience);
        Assert.False(running.IsCompleted);

        await StartChainAsync(port);
        await Outbox.UntilAsync(o => o.Confirmed.Count == 6, Patience);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await PublishedExactlyOnceAsync(batches);
    }

    [Fact]
    public async Task A_transaction_that_waits_when_the_publisher_restarts_is_not_sent_beside_another()
    {
        var batches = Random.Chain(3);
        Outbox.Add(batches);
        await MiningAsync(automatic: false);
        using (var first = Publisher())
        {
            await first.RoundAsync(CancellationToken.None);
            await first.RoundAsync(CancellationToken.None);
        }

        using var second = Publisher();
        for (var i = 0; i < 3; i++) await second.RoundAsync(CancellationToken.None);
        await MineAsync(1);
        await MiningAsync(automatic: true);
        await PublishAllAsync(second, 3);
        await PublishedExactlyOnceAsync(batches);
    }

    [Fact]
    public async Task A_transaction_that_waits_too_long_is_replaced_and_only_one_of_both_counts()
    {
        var batches = Random.Chain(2);
        Outbox.Add(batches);
        await MiningAsync(automatic: false);
        using var publisher = Publisher(Quick with { ReplaceAfter = TimeSpan.Zero });
        for (var i = 0; i < 4; i++) await publisher.RoundAsync(CancellationToken.None);
        Assert.Equal(4, publisher.Metrics.Status.Transactions);
        Assert.Equal([0UL], Outbox.Submitted.Select(s => s.Nonce).Distinct());
        Assert.Equal(4, Outbox.Submitted.Select(s => s.Transaction).Distinct().Count());

        await MineAsync(1);
        await MiningAsync(automatic: true);
        await PublishAllAsync(publisher, 2);
        await PublishedExactlyOnceAsync(batches);
        Assert.Equal(Outbox.Submitted[^1].Transaction, Outbox.Confirmed[0].Transaction);
    }

    [Fact]
    public async Task A_transaction_that_the_node_forgot_is_sent_again_as_it_was()
    {
        var batches = Random.Chain(1);
        Outbox.Add(batches);
        await MiningAsync(automatic: false);
        using var publisher = Publisher();
        await publisher.RoundAsync(CancellationToken.None);
        await Node.Rpc.CallAsync("anvil_dropAllTransactions", []);
        await publisher.RoundAsync(CancellationToken.None);
        await MineAsync(1);
        await MiningAsync(automatic: true);
        await PublishAllAsync(publisher, 1);
        Assert.Single(Outbox.Submitted);
        await PublishedExactlyOnceAsync(batches);
    }

    private async Task MiningAsync(bool automatic) => await Node.Rpc.CallAsync("evm_setAutomine", [automatic]);
}
