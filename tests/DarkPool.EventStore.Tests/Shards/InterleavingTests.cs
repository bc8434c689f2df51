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
public sealed class InterleavingTests(PostgresCluster cluster)
{
    [Property(MaxTest = 25, Arbitrary = [typeof(InterleavingTests)])]
    public void Only_the_last_host_to_take_the_shard_writes(Step[] steps) => RunAsync(steps).GetAwaiter().GetResult();

    public static Arbitrary<Step[]> Steps() => ArbMap.Default.ArbFor<Step>().Generator.ArrayOf().Where(steps => steps.Length <= 16).ToArbitrary();

    private async Task RunAsync(Step[] steps)
    {
        var connectionString = await cluster.CreateMigratedAsync();
        await using var store = await VenueStore.OpenAsync(connectionString);
        using var chain = new BlockChain(0);
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
                    await SequencerBackend.TerminateAsync(connectionString);
                    owner = hosts[step.Host] = await store.OpenShardAsync(Options);
                    break;
                case StepAction.AppendBlock when host is not null:
                    var block = chain.Next(host.Last, host.Epoch);
                    if (await WritesAsync(host.AppendBlockAsync(block), host, owner!)) expected.Add(block);
                    break;
                case StepAction.AppendFact when host is not null:
                    var fact = new DepositFinal(1, 1, 0);
                    if (await WritesAsync(host.AppendFactsAsync(StreamKeys.Deposit(1), [fact]), host, owner!)) facts++;
                    break;
                case StepAction.LoseConnection:
                    await SequencerBackend.TerminateAsync(connectionString);
                    break;
            }
        }

        foreach (var host in hosts)
        {
            if (host is not null) await host.DisposeAsync();
        }

        var read = new List<byte[]>();
        await foreach (var block in store.ReadShard(0, BlockChain.GenesisHead).ReadBlocksAsync(1)) read.Add(block.Bytes);
        Assert.Equal(expected, read);
        Assert.Equal(facts, (await store.ReadFactsAsync(StreamKeys.Deposit(1))).Count);
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
