using DarkPool.EventStore.Shards;
using DarkPool.EventStore.Tests.Support;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.EventStore.Tests.Shards;

/// <summary>The connection goes during an append, where nobody can tell from the outside whether it happened.</summary>
[Collection(PostgresTests.Name)]
public sealed class LostAnswerTests(PostgresCluster cluster)
{
    [Fact]
    public Task A_block_whose_answer_was_lost_is_in_the_log_once() => RunAsync([null, -1, null]);

    [Fact]
    public Task A_block_that_did_not_arrive_whole_is_sent_again() => RunAsync([null, 1000, null]);

    [Property(MaxTest = 20)]
    public void Whatever_is_cut_each_block_is_in_the_log_once(int?[] cuts) => RunAsync(cuts).GetAwaiter().GetResult();

    [Fact]
    public async Task An_append_that_is_given_up_in_doubt_says_so_and_the_log_takes_no_more()
    {
        await using var wire = new CuttableWire(await cluster.CreateMigratedAsync());
        await using var store = await VenueStore.OpenAsync(wire.ConnectionString);
        using var chain = new BlockChain(0);
        await using var log = await store.OpenShardAsync(Options);
        using var patience = new CancellationTokenSource();
        log.StateChanged += _ => patience.Cancel();
        wire.CutBeforeNextAnswer();
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => log.AppendBlockAsync(chain.Next(log.Last, log.Epoch), patience.Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => log.AppendBlockAsync(chain.Next(log.Last, log.Epoch)));

        await log.DisposeAsync();
        await using var again = await store.OpenShardAsync(Options);
        Assert.Equal(1ul, again.Last.Number);
    }

    /// <summary>One append for each cut: none if null, before the answer if negative, else after so many bytes of the request.</summary>
    private async Task RunAsync(int?[] cuts)
    {
        var connectionString = await cluster.CreateMigratedAsync();
        await using var wire = new CuttableWire(connectionString);
        await using var store = await VenueStore.OpenAsync(wire.ConnectionString);
        using var chain = new BlockChain(0);
        var appended = new List<byte[]>();
        await using (var log = await store.OpenShardAsync(Options))
        {
            foreach (var cut in cuts)
            {
                var block = chain.Next(log.Last, log.Epoch);
                if (cut < 0) wire.CutBeforeNextAnswer();
                else if (cut is { } bytes) wire.CutRequestAfter(bytes % block.Length);
                appended.Add(block);
                await log.AppendBlockAsync(block);
                Assert.Equal((ulong)appended.Count, log.Last.Number);
            }
        }

        Assert.Equal(cuts.Count(cut => cut is not null), wire.Cuts);
        var read = new List<byte[]>();
        await foreach (var block in store.ReadShard(0, BlockChain.GenesisHead).ReadBlocksAsync(1)) read.Add(block.Bytes);
        Assert.Equal(appended, read);
    }

    private static ShardLogOptions Options { get; } = new()
    {
        Shard = 0,
        GenesisHead = BlockChain.GenesisHead,
        Patience = TimeSpan.FromSeconds(10),
        ProbeInterval = TimeSpan.FromHours(1),
    };
}
