using DarkPool.EventStore.Shards;
using DarkPool.EventStore.Tests.Support;
using Xunit;

namespace DarkPool.EventStore.Tests.Snapshots;

public sealed class SnapshotTests(PostgresCluster cluster) : StoreTest(cluster)
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1024 * 1024)]
    [InlineData((3 * 1024 * 1024) + 17)]
    public async Task A_snapshot_comes_back_byte_for_byte(int length)
    {
        await using var log = await Store.OpenShardAsync(Options);
        await AppendAsync(log, 2);
        var bytes = Chain.Bytes(length);
        await log.SaveSnapshotAsync(log.Last, bytes);
        var read = await Reader().ReadLatestSnapshotAsync();
        Assert.Equal(bytes, read!.Bytes);
        Assert.Equal(2ul, read.Fact.Block);
        Assert.Equal(log.Last.Head.ToArray(), read.Fact.Head);
        await AppendAsync(log, 1);
    }

    [Fact]
    public async Task Without_a_snapshot_there_is_none() => Assert.Null(await Reader().ReadLatestSnapshotAsync());

    [Fact]
    public async Task The_last_two_are_kept()
    {
        await using var log = await Store.OpenShardAsync(Options);
        var latest = await SaveAsync(log, 4);
        Assert.Equal(2, await CountSnapshotsAsync());
        Assert.Equal(latest, (await Reader().ReadLatestSnapshotAsync())!.Bytes);
    }

    [Fact]
    public async Task A_damaged_one_is_passed_over_for_the_one_before()
    {
        await using var log = await Store.OpenShardAsync(Options);
        var before = await SaveAsync(log, 2);
        await SaveAsync(log, 1);
        await Sql.ExecuteAsync(
            ConnectionString,
            """
            update darkpool.snapshot_chunk set bytes = set_byte(bytes, 5, get_byte(bytes, 5) # 1) where ordinal = 1 and snapshot =
            (select (data ->> 'id')::uuid from darkpool.mt_events where type = 'snapshot_sealed' order by version desc limit 1)
            """);
        Assert.Equal(before, (await Reader().ReadLatestSnapshotAsync())!.Bytes);
        await Sql.ExecuteAsync(ConnectionString, "delete from darkpool.snapshot_chunk where ordinal = 0");
        Assert.Null(await Reader().ReadLatestSnapshotAsync());
    }

    [Fact]
    public async Task What_a_dead_writer_left_over_goes_with_the_next_snapshot()
    {
        await using var log = await Store.OpenShardAsync(Options);
        await Sql.ExecuteAsync(
            ConnectionString,
            "insert into darkpool.snapshot_chunk (snapshot, ordinal, shard, bytes) values (gen_random_uuid(), 0, 0, 'abc')");
        Assert.Null(await Reader().ReadLatestSnapshotAsync());
        await SaveAsync(log, 1);
        Assert.Equal(1, await CountSnapshotsAsync());
    }

    [Fact]
    public async Task A_snapshot_of_a_block_that_is_not_in_the_log_is_refused()
    {
        await using var log = await Store.OpenShardAsync(Options);
        await Assert.ThrowsAsync<ArgumentException>(() => log.SaveSnapshotAsync(log.Last with { Number = 1 }, new byte[10]));
        Assert.Equal(0, await CountSnapshotsAsync());
    }

    private async Task<byte[]> SaveAsync(ShardLog log, int count)
    {
        byte[] bytes = [];
        for (var index = 0; index < count; index++)
        {
            await AppendAsync(log, 1);
            bytes = Chain.Bytes(2 * 1024 * 1024);
            await log.SaveSnapshotAsync(log.Last, bytes);
        }

        return bytes;
    }

    private Task<long> CountSnapshotsAsync() =>
        Sql.ScalarAsync<long>(ConnectionString, "select count(distinct snapshot) from darkpool.snapshot_chunk");
}
