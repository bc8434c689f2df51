using DarkPool.EventStore.Shards;
using DarkPool.EventStore.Tests.Support;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.EventStore.Tests.Shards;

/// <summary>The connection goes during an append, where nobody can tell from the outside whether it happened.</summary>
[Collection(PostgresTests.Name)]
public sealed class LostAnswerTests(PostgresCluster cluster) : IAsyncLifetime
{
    private CuttableWire Wire { get; set; } = null!;

    private VenueStore _store = null!;
    private uint _shard;

    public async Task InitializeAsync()
    {
        Wire = new CuttableWire(await cluster.CreateMigratedAsync());
        _store = await VenueStore.OpenAsync(Wire.ConnectionString);
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        await Wire.DisposeAsync();
    }

    [Fact]
    public Task A_block_whose_answer_was_lost_is_in_the_log_once() => RunAsync([null, -1, null]);

    [Fact]
    public Task A_block_that_did_not_arrive_whole_is_sent_again() => RunAsync([null, 1000, null]);

    [Property(MaxTest = 15)]
    public void Whatever_is_cut_each_block_is_in_the_log_once(int?[] cuts) => RunAsync(cuts).GetAwaiter().GetResult();

    [Fact]
    public async Task An_append_that_is_given_up_in_doubt_says_so_and_the_log_takes_no_more()
    {
        using var chain = new BlockChain(0);
        await using var log = await _store.OpenShardAsync(Options);
        using var patience = new CancellationTokenSource();
        log.StateChanged += _ => patience.Cancel();
        Wire.CutBeforeNextAnswer();
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => log.AppendBlockAsync(chain.Next(log.Last, log.Epoch), patience.Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => log.AppendBlockAsync(chain.Next(log.Last, log.Epoch)));

        await log.DisposeAsync();
        await using var again = await _store.OpenShardAsync(Options);
        Assert.Equal(1ul, again.Last.Number);
    }

    /// <summary>One append for each cut: none if null, before the answer if negative, else after so many bytes of the request.</summary>
    private async Task RunAsync(int?[] cuts)
    {
        // Each case has a shard, and so a log, of its own.
        var shard = ++_shard;
        var cutsBefore = Wire.Cuts;
        using var chain = new BlockChain(shard);
        var appended = new List<byte[]>();
        await using (var log = await _store.OpenShardAsync(Options with { Shard = shard }))
        {
            foreach (var cut in cuts)
            {
                var block = chain.Next(log.Last, log.Epoch);
                if (cut < 0) Wire.CutBeforeNextAnswer();
                else if (cut is { } bytes) Wire.CutRequestAfter(bytes % block.Length);
                appended.Add(block);
                await log.AppendBlockAsync(block);
                Assert.Equal((ulong)appended.Count, log.Last.Number);
            }
        }

        Assert.Equal(cuts.Count(cut => cut is not null), Wire.Cuts - cutsBefore);
        var read = new List<byte[]>();
        await foreach (var block in _store.ReadShard(shard, BlockChain.GenesisHead).ReadBlocksAsync(1)) read.Add(block.Bytes.ToArray());
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
