using DarkPool.EventStore.Facts;
using DarkPool.EventStore.Shards;
using DarkPool.EventStore.Tests.Support;
using Npgsql;
using Xunit;

namespace DarkPool.EventStore.Tests.Shards;

public sealed class ShardFenceTests(PostgresCluster cluster) : StoreTest(cluster)
{
    [Fact]
    public async Task A_second_host_is_refused_by_name_and_writes_nothing()
    {
        await using var first = await Store.OpenShardAsync(Options with { Holder = "the first host" });
        await AppendAsync(first, 2);
        var before = await CountEventsAsync();

        await using var secondStore = await VenueStore.OpenAsync(ConnectionString);
        var refusal = await Assert.ThrowsAsync<ShardInUseException>(() => secondStore.OpenShardAsync(Options));

        Assert.Contains("the first host", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await CountEventsAsync());
        await AppendAsync(first, 1);
    }

    [Fact]
    public async Task A_host_takes_over_from_one_that_died_and_the_dead_one_writes_nothing_if_it_wakes()
    {
        await using var first = await Store.OpenShardAsync(Options with { ProbeInterval = TimeSpan.FromHours(1) });
        await AppendAsync(first, 2);
        await SequencerBackend.TerminateAsync(ConnectionString);

        await using var second = await Store.OpenShardAsync(Options);
        Assert.Equal(first.Epoch + 1, second.Epoch);
        Assert.Equal(first.Last, second.Last);
        var before = await CountEventsAsync();
        await Assert.ThrowsAsync<FenceLostException>(() => AppendAsync(first, 1));
        await Assert.ThrowsAsync<FenceLostException>(() => first.FlushAsync());
        await Assert.ThrowsAsync<FenceLostException>(() => first.SaveSnapshotAsync(first.Last, new byte[10]));
        await Assert.ThrowsAsync<FenceLostException>(
            () => first.AppendFactsAsync(StreamKeys.Deposit(31337), [new DepositFinal(1, 1, 0)]));

        Assert.Equal(ShardLogState.FenceLost, first.State);
        Assert.Equal(before, await CountEventsAsync());
        Assert.Equal(0, await Sql.ScalarAsync<long>(ConnectionString, "select count(*) from darkpool.snapshot_chunk"));
        await AppendAsync(second, 1);
    }

    [Fact]
    public async Task An_idle_host_that_lost_its_shard_notices_by_itself()
    {
        await using var first = await Store.OpenShardAsync(Options with { ProbeInterval = TimeSpan.FromMilliseconds(20) });
        await Sql.ExecuteAsync(ConnectionString, "update darkpool.sequencer_epoch set epoch = epoch + 1");
        await Eventually.TrueAsync(() => first.State == ShardLogState.FenceLost);
    }

    [Fact]
    public async Task A_killed_hosts_lock_is_free_at_once()
    {
        await using (await Store.OpenShardAsync(Options))
        {
            await SequencerBackend.TerminateAsync(ConnectionString);
            await using var second = await Store.OpenShardAsync(Options with { Patience = TimeSpan.FromSeconds(10) });
            Assert.Equal(2ul, second.Epoch);
        }
    }

    [Fact]
    public async Task Of_many_that_take_the_next_epoch_at_once_exactly_one_gets_it()
    {
        for (var round = 0ul; round < 3; round++)
        {
            await using var source = NpgsqlDataSource.Create(ConnectionString);
            await using var looking = await source.OpenConnectionAsync();
            var tail = await ShardTail.ReadAsync(looking, Shard, BlockChain.GenesisHead, default);
            var attempts = await Task.WhenAll(Enumerable.Range(0, 8).Select(async number =>
            {
                await using var connection = await source.OpenConnectionAsync();
                try
                {
                    await SequencerEpoch.TakeAsync(
                        Store.Documents, connection, Shard, tail, $"host {number}", TimeProvider.System, default);
                    return true;
                }
                catch (FenceLostException)
                {
                    return false;
                }
            }));

            Assert.Single(attempts, won => won);
            Assert.Equal((long)round + 1, await CountEventsAsync());
        }
    }

    [Fact]
    public async Task Of_many_appends_to_one_place_at_once_exactly_one_is_written()
    {
        await using var log = await Store.OpenShardAsync(Options);
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        var connections = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ => await source.OpenConnectionAsync()));
        var statements = await Task.WhenAll(connections.Select(connection => AppendStatement.PrepareAsync(connection, default)));
        var position = log.Last;
        for (var version = 1L; version <= 10; version++)
        {
            var fence = new StreamFence(StreamKeys.Shard(Shard), Shard, log.Epoch, version);
            var candidates = statements.Select(_ => Chain.Next(position, log.Epoch)).ToList();
            var written = await Task.WhenAll(statements.Select((statement, index) => AppendAsync(statement, fence, candidates[index])));
            Assert.Single(written, won => won);
            Assert.Equal(candidates[Array.IndexOf(written, true)], (await ReadAllAsync())[^1].Bytes);
            position = await Reader().ReadLastAsync();
        }

        foreach (var connection in connections) await connection.DisposeAsync();
    }

    [Fact]
    public async Task A_stale_epoch_writes_nothing_even_at_the_right_version()
    {
        await using var log = await Store.OpenShardAsync(Options);
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await using var connection = await source.OpenConnectionAsync();
        await using var statement = await AppendStatement.PrepareAsync(connection, default);
        var stale = new StreamFence(StreamKeys.Shard(Shard), Shard, log.Epoch + 1, 1);
        Assert.False(await statement.ExecuteAsync(stale, new AppendBatch([], Chain.Next(log.Last, log.Epoch))));
        Assert.Equal(1, await CountEventsAsync());
        Assert.True(await statement.ExecuteAsync(stale with { Epoch = log.Epoch }, new AppendBatch([], Chain.Next(log.Last, log.Epoch))));
    }

    private static async Task<bool> AppendAsync(AppendStatement statement, StreamFence fence, byte[] block)
    {
        try
        {
            return await statement.ExecuteAsync(fence, new AppendBatch([], block));
        }
        catch (PostgresException e) when (SequencerEpoch.IsConflict(e))
        {
            return false;
        }
    }
}
