using DarkPool.EventStore.Facts;
using DarkPool.EventStore.Shards;
using DarkPool.EventStore.Tests.Support;
using DarkPool.Protocol.Blocks;
using Xunit;

namespace DarkPool.EventStore.Tests.Shards;

public sealed class ShardLogTests(PostgresCluster cluster) : StoreTest(cluster)
{
    [Fact]
    public async Task Blocks_come_back_byte_for_byte_and_in_order()
    {
        await using var log = await Store.OpenShardAsync(Options);
        var appended = await AppendAsync(log, 5);
        var read = await ReadAllAsync();
        Assert.Equal(appended, read.Select(block => block.Bytes.ToArray()));
        Assert.Equal(log.Last.Head, read[^1].Head);
        Assert.Equal(log.Last, await Reader().ReadLastAsync());
    }

    [Fact]
    public async Task Reading_can_begin_at_any_block()
    {
        await using var log = await Store.OpenShardAsync(Options);
        var appended = await AppendAsync(log, 5);
        Assert.Equal(appended[2..], (await ReadAllAsync(3)).Select(block => block.Bytes.ToArray()));
        Assert.Empty(await ReadAllAsync(6));
        Assert.Empty(await ReadAllAsync(99));
        Assert.Equal(appended[3], (await Reader().ReadBlockAsync(4))!.Bytes.ToArray());
        Assert.Null(await Reader().ReadBlockAsync(6));
    }

    [Fact]
    public async Task The_largest_and_the_empty_block_go_through()
    {
        await using var log = await Store.OpenShardAsync(Options);
        var largest = Chain.Next(log.Last, log.Epoch, BlockLimits.MaxEntries);
        await log.AppendBlockAsync(largest);
        var empty = Chain.Next(log.Last, log.Epoch, 0);
        await log.AppendBlockAsync(empty);
        Assert.Equal([largest, empty], (await ReadAllAsync()).Select(block => block.Bytes.ToArray()));
    }

    [Fact]
    public async Task A_reopened_log_goes_on_where_it_ended_under_the_next_epoch()
    {
        LogPosition last;
        await using (var first = await Store.OpenShardAsync(Options))
        {
            Assert.Equal(1ul, first.Epoch);
            Assert.Equal(LogPosition.Genesis(BlockChain.GenesisHead), first.Last);
            await AppendAsync(first, 3);
            last = first.Last;
        }

        await using var second = await Store.OpenShardAsync(Options);
        Assert.Equal(2ul, second.Epoch);
        Assert.Equal(last, second.Last);
        await AppendAsync(second, 2);
        Assert.Equal([1ul, 1, 1, 2, 2], (await ReadAllAsync()).Select(block => block.Header.SequencerEpoch));
    }

    [Fact]
    public async Task A_block_that_does_not_follow_is_refused_and_nothing_is_written()
    {
        await using var log = await Store.OpenShardAsync(Options);
        await AppendAsync(log, 2);
        var before = await CountEventsAsync();
        var last = log.Last;

        using var otherShard = new BlockChain(1);
        (string Fault, byte[] Block)[] wrong =
        [
            ("of shard 1", otherShard.Next(last, log.Epoch)),
            ("number is 4", Chain.Next(last with { Number = 3 }, log.Epoch)),
            ("number is 2", Chain.Next(last with { Number = 1 }, log.Epoch)),
            ("predecessor's head", Chain.Next(last with { Head = default }, log.Epoch)),
            ("its time", Chain.Next(last with { Time = last.Time - 2000 }, log.Epoch)),
            ("sequencer epoch 2", Chain.Next(last, log.Epoch + 1)),
            ("WrongLength", Chain.Next(last, log.Epoch)[..^1]),
            ("TooShort", []),
        ];
        foreach (var (fault, block) in wrong)
        {
            var refusal = await Assert.ThrowsAsync<ArgumentException>(() => log.AppendBlockAsync(block));
            Assert.Contains(fault, refusal.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, await CountEventsAsync());
        Assert.Equal(last, log.Last);
        Assert.Equal(ShardLogState.Open, log.State);
        await AppendAsync(log, 1);
    }

    [Fact]
    public async Task Marten_reads_what_the_statement_wrote()
    {
        await using var log = await Store.OpenShardAsync(Options);
        var appended = await AppendAsync(log, 1);
        await log.RecordExecutionAsync(Chain.Execute(log.Last));
        appended.AddRange(await AppendAsync(log, 1));

        await using var session = Store.Documents.QuerySession();
        var events = await session.Events.FetchStreamAsync(StreamKeys.Shard(Shard));
        Assert.Equal(
            [typeof(SequencerEpochStarted), typeof(BlockAppended), typeof(BlockExecuted), typeof(BlockAppended)],
            events.Select(stored => stored.EventType));
        Assert.Equal([1L, 2, 3, 4], events.Select(stored => stored.Version));
        Assert.Equal(events.Select(stored => stored.Sequence).Order(), events.Select(stored => stored.Sequence));
        Assert.Equal(appended, events.Select(stored => stored.Data).OfType<BlockAppended>().Select(block => block.Block));
        Assert.Equal(4, (await session.Events.FetchStreamStateAsync(StreamKeys.Shard(Shard)))!.Version);
    }

    [Fact]
    public async Task Blocks_are_stored_uncompressed_outside_the_row()
    {
        await using var log = await Store.OpenShardAsync(Options);
        await log.AppendBlockAsync(Chain.Next(log.Last, log.Epoch, 100));
        Assert.Equal("e", await Sql.ScalarAsync<string>(
            ConnectionString,
            "select attstorage::text from pg_attribute where attrelid = 'darkpool.mt_events'::regclass and attname = 'bdata'"));
        Assert.True(await Sql.ScalarAsync<bool>(
            ConnectionString,
            "select pg_column_compression(bdata) is null and length(bdata) > 25000 from darkpool.mt_events where bdata is not null"));
    }

    [Fact]
    public async Task A_closed_log_takes_nothing()
    {
        var log = await Store.OpenShardAsync(Options);
        var block = Chain.Next(log.Last, log.Epoch);
        await log.DisposeAsync();
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => log.AppendBlockAsync(block));
        Assert.Equal(ShardLogState.Closed, log.State);
    }
}
