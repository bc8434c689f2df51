using DarkPool.EventStore.Facts;
using DarkPool.EventStore.Tests.Support;
using Xunit;

namespace DarkPool.EventStore.Tests.Facts;

public sealed class FactStreamTests(PostgresCluster cluster) : StoreTest(cluster)
{
    [Fact]
    public async Task Facts_come_back_in_the_order_in_which_they_were_told()
    {
        await using var log = await Store.OpenShardAsync(Options);
        var stream = StreamKeys.Deposit(31337);
        await log.AppendFactsAsync(stream, [new DepositFinal(1, 1, 0), new DepositFinal(2, 1, 1)]);
        await log.AppendFactsAsync(stream, [new DepositFinal(3, 2, 0)]);
        Assert.Equal([new DepositFinal(1, 1, 0), new DepositFinal(2, 1, 1), new DepositFinal(3, 2, 0)], await Store.ReadFactsAsync(stream));
        Assert.Empty(await Store.ReadFactsAsync(StreamKeys.Governance));
    }

    [Fact]
    public async Task Every_kind_of_fact_goes_through_the_store()
    {
        await using var log = await Store.OpenShardAsync(Options);
        var serializer = Store.Documents.Options.Serializer();
        await log.AppendFactsAsync(StreamKeys.Governance, SampleFacts.All);
        var read = await Store.ReadFactsAsync(StreamKeys.Governance);
        Assert.Equal(SampleFacts.All.Select(serializer.ToJson), read.Select(serializer.ToJson));
    }

    [Fact]
    public async Task Appends_to_one_stream_from_many_places_do_not_collide()
    {
        await using var log = await Store.OpenShardAsync(Options);
        await Task.WhenAll(Enumerable.Range(1, 20).Select(number =>
            log.AppendFactsAsync(StreamKeys.Deposit(1), [new DepositFinal((ulong)number, 1, 0)])));
        Assert.Equal(20, (await Store.ReadFactsAsync(StreamKeys.Deposit(1))).Count);
    }

    [Fact]
    public async Task The_shards_own_stream_and_strange_objects_are_refused()
    {
        await using var log = await Store.OpenShardAsync(Options);
        await Assert.ThrowsAsync<ArgumentException>(() => log.AppendFactsAsync(StreamKeys.Shard(Shard), [new DepositFinal(1, 1, 0)]));
        await Assert.ThrowsAsync<ArgumentException>(() => log.AppendFactsAsync(StreamKeys.Governance, ["text"]));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => log.AppendFactsAsync(StreamKeys.Governance, []));
        Assert.Equal(1, await CountEventsAsync());
    }

    [Fact]
    public async Task Times_are_stored_as_they_are_whatever_the_servers_time_zone()
    {
        await Sql.ExecuteAsync(
            ConnectionString, "do $$ begin execute format('alter database %I set timezone to ''Asia/Tokyo''', current_database()); end $$");
        await using var log = await Store.OpenShardAsync(Options);
        await log.AppendFactsAsync(StreamKeys.Governance, [new SettlementIntervalSet(new GovernancePosition(1, 1, 0), 5)]);
        Assert.True(await Sql.ScalarAsync<bool>(
            ConnectionString, "select bool_and(abs(extract(epoch from timestamp - now())) < 300) from darkpool.mt_events"));
    }
}
