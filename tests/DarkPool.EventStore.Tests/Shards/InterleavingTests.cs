using DarkPool.EventStore.Facts;
using DarkPool.EventStore.Shards;
using DarkPool.EventStore.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.EventStore.Tests.Shards;

/// <summary>Two hosts that know nothing of each other, in any order of steps.</summary>
[Collection(PostgresTests.Name)]
public sealed class InterleavingTests(PostgresCluster cluster) : IAsyncLifetime
{
    private string _connectionString = "";
    private VenueStore _store = null!;
    private uint _shard;

    public async Task InitializeAsync()
    {
        _connectionString = await cluster.CreateMigratedAsync();
        _store = await VenueStore.OpenAsync(_connectionString);
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Property(MaxTest = 20, Arbitrary = [typeof(InterleavingTests)])]
    public void Only_the_last_host_to_take_the_shard_writes(Step[] steps) => RunAsync(steps).GetAwaiter().GetResult();

    public static Arbitrary<Step[]> Steps() =>
        ArbMap.Default.ArbFor<Step>().Generator.ArrayOf().Where(steps => steps.Length <= 16).ToArbitrary();

    private async Task RunAsync(Step[] steps)
    {
        // Each case has a shard, and so a log, of its own.
        var options = Options with { Shard = ++_shard };
        using var chain = new BlockChain(_shard);
        var hosts = new ShardLog?[2];
        ShardLog? owner = null;
        var expected = new List<byte[]>();
        var facts = 0;
        foreach (var step in steps)
        {
            var host = hosts[step.Host];
            switch (step.Action)
            {
                case StepAction.Open:
                    if (host is not null) await host.DisposeAsync();
                    await SequencerBackend.TerminateAsync(_connectionString);
                    owner = hosts[step.Host] = await _store.OpenShardAsync(options);
                    break;
                case StepAction.AppendBlock when host is not null:
                    var block = chain.Next(host.Last, host.Epoch);
                    if (await WritesAsync(host.AppendBlockAsync(block), host, owner!)) expected.Add(block);
                    break;
                case StepAction.AppendFact when host is not null:
                    var fact = new DepositFinal(1, 1, 0);
                    if (await WritesAsync(host.AppendFactsAsync(StreamKeys.Deposit(_shard), [fact]), host, owner!)) facts++;
                    break;
                case StepAction.LoseConnection:
                    await SequencerBackend.TerminateAsync(_connectionString);
                    break;
            }
        }

        foreach (var host in hosts)
        {
            if (host is not null) await host.DisposeAsync();
        }

        var read = new List<byte[]>();
        await foreach (var block in _store.ReadShard(_shard, BlockChain.GenesisHead).ReadBlocksAsync(1)) read.Add(block.Bytes.ToArray());
        Assert.Equal(expected, read);
        Assert.Equal(facts, (await _store.ReadFactsAsync(StreamKeys.Deposit(_shard))).Count);
    }

    private static ShardLogOptions Options { get; } = new()
    {
        Shard = 0,
        GenesisHead = BlockChain.GenesisHead,
        Patience = TimeSpan.FromSeconds(5),
        ProbeInterval = TimeSpan.FromHours(1),
    };

    private static async Task<bool> WritesAsync(Task write, ShardLog host, ShardLog owner)
    {
        if (host == owner)
        {
            await write;
            return true;
        }

        await Assert.ThrowsAsync<FenceLostException>(() => write);
        return false;
    }
}

/// <summary>One thing that one of two hosts does, or suffers.</summary>
public sealed record Step(bool Second, StepAction Action)
{
    public int Host => Second ? 1 : 0;
}

/// <summary>What happens.</summary>
public enum StepAction
{
    Open,
    AppendBlock,
    AppendFact,
    LoseConnection,
}
