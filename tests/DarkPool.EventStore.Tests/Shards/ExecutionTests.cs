using DarkPool.EventStore.Facts;
using DarkPool.EventStore.Shards;
using DarkPool.EventStore.Tests.Support;
using DarkPool.Protocol.Link;
using Xunit;

namespace DarkPool.EventStore.Tests.Shards;

public sealed class ExecutionTests(PostgresCluster cluster) : StoreTest(cluster)
{
    private static ShardLogOptions Unhurried { get; } = Options with { FlushInterval = TimeSpan.FromHours(1) };

    [Fact]
    public async Task A_recorded_execution_travels_with_the_next_block()
    {
        await using var log = await Store.OpenShardAsync(Unhurried);
        await AppendAsync(log, 1);
        await log.RecordExecutionAsync(Chain.Execute(log.Last));
        Assert.Null(await Reader().ReadExecutionAsync(1));
        await AppendAsync(log, 1);
        Assert.NotNull(await Reader().ReadExecutionAsync(1));
        Assert.Equal(1, await Sql.ScalarAsync<long>(
            ConnectionString, "select count(distinct xmin::text) from darkpool.mt_events where version in (3, 4) having count(*) = 2"));
    }

    [Fact]
    public async Task Without_a_next_block_it_is_written_after_a_moment()
    {
        await using var log = await Store.OpenShardAsync(Options with { FlushInterval = TimeSpan.FromMilliseconds(10) });
        await AppendAsync(log, 1);
        await log.RecordExecutionAsync(Chain.Execute(log.Last));
        await Eventually.TrueAsync(async () => await Reader().ReadExecutionAsync(1) is not null);
    }

    [Fact]
    public async Task What_waits_is_written_when_the_log_is_closed()
    {
        await using (var log = await Store.OpenShardAsync(Unhurried))
        {
            await AppendAsync(log, 1);
            await log.RecordExecutionAsync(Chain.Execute(log.Last));
        }

        Assert.NotNull(await Reader().ReadExecutionAsync(1));
    }

    [Fact]
    public async Task Executions_come_back_as_they_were_told()
    {
        await using var log = await Store.OpenShardAsync(Unhurried);
        var told = new List<BlockExecution>();
        for (var number = 1ul; number <= 3; number++)
        {
            await AppendAsync(log, 1);
            told.Add(Chain.Execute(log.Last, number == 2 ? Chain.Batch(1, log.Last) : null));
            await log.RecordExecutionAsync(told[^1]);
        }

        await log.FlushAsync();
        var batches = new List<SettlementBatchClosed>();
        await foreach (var closed in Reader().ReadBatchesAsync()) batches.Add(closed);
        var read = new List<BlockExecution>();
        await foreach (var executed in Reader().ReadExecutionsAsync(1))
            read.Add(ExecutionFacts.Join(executed, batches.Find(closed => closed.Sequence == executed.Settlement)));

        Assert.Equal(told.Select(Encode), read.Select(Encode));
        Assert.Single(batches);
        Assert.Equal([2ul, 3], await NumbersFromAsync(2));
    }

    [Fact]
    public async Task An_execution_is_recorded_once_and_in_order()
    {
        await using var log = await Store.OpenShardAsync(Unhurried);
        await AppendAsync(log, 1);
        var first = Chain.Execute(log.Last);
        await AppendAsync(log, 1);
        var second = Chain.Execute(log.Last);

        await Assert.ThrowsAsync<ArgumentException>(async () => await log.RecordExecutionAsync(second));
        await log.RecordExecutionAsync(first);
        await log.RecordExecutionAsync(first);
        await log.RecordExecutionAsync(second);
        await log.RecordExecutionAsync(first);
        await Assert.ThrowsAsync<ArgumentException>(async () => await log.RecordExecutionAsync(second with { Number = 3 }));
        await log.FlushAsync();
        Assert.Equal([1ul, 2], await NumbersFromAsync(1));
    }

    [Fact]
    public async Task A_reopened_log_knows_what_is_recorded()
    {
        await using (var log = await Store.OpenShardAsync(Unhurried))
        {
            await AppendAsync(log, 3);
            var position = (await ReadAllAsync())[0];
            await log.RecordExecutionAsync(Chain.Execute(new LogPosition(1, position.Head, position.Header.Time)));
        }

        await using var again = await Store.OpenShardAsync(Unhurried);
        Assert.Equal(1ul, again.LastExecuted);
        Assert.Equal(3ul, again.Last.Number);
    }

    [Fact]
    public async Task A_replay_that_records_thousands_keeps_the_statements_small()
    {
        const int Count = 1500;
        await using var log = await Store.OpenShardAsync(Unhurried);
        var positions = new List<LogPosition>();
        for (var index = 0; index < Count; index++)
        {
            await log.AppendBlockAsync(Chain.Next(log.Last, log.Epoch, 0));
            positions.Add(log.Last);
        }

        foreach (var position in positions) await log.RecordExecutionAsync(Chain.Execute(position));
        await log.FlushAsync();
        Assert.Equal(Enumerable.Range(1, Count).Select(number => (ulong)number), await NumbersFromAsync(1));
        Assert.Equal(512, await Sql.ScalarAsync<long>(
            ConnectionString,
            "select count(*) from darkpool.mt_events where type = 'block_executed' group by xmin::text order by 1 desc limit 1"));
    }

    private async Task<List<ulong>> NumbersFromAsync(ulong from)
    {
        var numbers = new List<ulong>();
        await foreach (var executed in Reader().ReadExecutionsAsync(from)) numbers.Add(executed.Number);
        return numbers;
    }

    private static string Encode(BlockExecution execution)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        execution.Write(buffer);
        return Convert.ToHexString(buffer.WrittenSpan);
    }

    [Fact]
    public async Task Signed_sheets_outlast_the_host_and_are_read_by_their_numbers()
    {
        await using var log = await Store.OpenShardAsync(Unhurried);
        Assert.Null(await Reader().ReadReservesAsync());
        byte[]? reserves = null;
        for (var number = 1ul; number <= 3; number++)
        {
            await AppendAsync(log, 1);
            reserves = Chain.Bytes(88);
            var execution = Chain.Execute(log.Last) with { Reserves = reserves, Liquidations = Chain.Liquidations((number * 2) - 1, 2) };
            await log.RecordExecutionAsync(execution);
            await log.RecordExecutionAsync(execution);
        }

        await log.FlushAsync();
        Assert.Equal(reserves, (await Reader().ReadReservesAsync())?.Sheet);
        Assert.Equal([1UL, 3, 5], await FirstsAsync(0, 16));
        Assert.Equal([1UL, 3], await FirstsAsync(1, 2));
        Assert.Equal([3UL, 5], await FirstsAsync(2, 16));
        Assert.Empty(await FirstsAsync(6, 16));
        Assert.Empty(await FirstsAsync(ulong.MaxValue, 16));
    }

    private async Task<List<ulong>> FirstsAsync(ulong after, int limit)
    {
        var firsts = new List<ulong>();
        await foreach (var published in Reader().ReadLiquidationsAsync(after, limit)) firsts.Add(published.First);
        return firsts;
    }
}
