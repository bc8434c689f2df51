using DarkPool.EventStore.Shards;
using Xunit;

namespace DarkPool.EventStore.Tests.Support;

/// <summary>A test with a store of its own.</summary>
[Collection(PostgresTests.Name)]
public abstract class StoreTest(PostgresCluster cluster) : IAsyncLifetime
{
    protected const uint Shard = 0;

    protected PostgresCluster Cluster { get; } = cluster;

    protected string ConnectionString { get; private set; } = "";

    protected VenueStore Store { get; private set; } = null!;

    protected BlockChain Chain { get; } = new(Shard);

    protected static ShardLogOptions Options { get; } = new()
    {
        Shard = Shard,
        GenesisHead = BlockChain.GenesisHead,
        Patience = TimeSpan.FromMilliseconds(200),
    };

    public virtual async Task InitializeAsync()
    {
        ConnectionString = await Cluster.CreateMigratedAsync();
        Store = await VenueStore.OpenAsync(ConnectionString);
    }

    public virtual async Task DisposeAsync()
    {
        await Store.DisposeAsync();
        Chain.Dispose();
    }

    protected ShardReader Reader() => Store.ReadShard(Shard, BlockChain.GenesisHead);

    protected async Task<List<StoredBlock>> ReadAllAsync(ulong from = 1)
    {
        var blocks = new List<StoredBlock>();
        await foreach (var block in Reader().ReadBlocksAsync(from)) blocks.Add(block);
        return blocks;
    }

    /// <summary>Appends so many new blocks of a few entries; answers their bytes.</summary>
    protected async Task<List<byte[]>> AppendAsync(ShardLog log, int count)
    {
        var appended = new List<byte[]>();
        for (var index = 0; index < count; index++)
        {
            var block = Chain.Next(log.Last, log.Epoch);
            await log.AppendBlockAsync(block);
            appended.Add(block);
        }

        return appended;
    }

    /// <summary>The number of events in all streams.</summary>
    protected Task<long> CountEventsAsync() => Sql.ScalarAsync<long>(ConnectionString, "select count(*) from darkpool.mt_events");
}
