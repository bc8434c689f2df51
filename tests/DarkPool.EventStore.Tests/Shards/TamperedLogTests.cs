using DarkPool.EventStore.Shards;
using DarkPool.EventStore.Tests.Support;
using Xunit;

namespace DarkPool.EventStore.Tests.Shards;

/// <summary>What somebody with access to the database does to the log is found when it is read, and the block is named.</summary>
public sealed class TamperedLogTests(PostgresCluster cluster) : StoreTest(cluster)
{
    private const ulong Blocks = 4;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await using var log = await Store.OpenShardAsync(Options);
        await AppendAsync(log, (int)Blocks);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(17)]
    [InlineData(40)]
    [InlineData(70)]
    [InlineData(97)]
    [InlineData(101)]
    [InlineData(112)]
    [InlineData(114)]
    [InlineData(500)]
    [InlineData(880)]
    public async Task A_changed_byte_is_found_in_its_block(int offset)
    {
        await ChangeAsync("set_byte(bdata, $2, get_byte(bdata, $2) # 1)", 2, offset);
        Assert.Equal(2ul, (await ReadAllFailsAsync()).Number);
    }

    [Theory]
    [InlineData(24)]
    [InlineData(104)]
    public async Task A_changed_time_or_epoch_is_found_at_the_latest_by_the_next_block(int offset)
    {
        await ChangeAsync("set_byte(bdata, $2, get_byte(bdata, $2) # 1)", 2, offset);
        Assert.Equal(3ul, (await ReadAllFailsAsync()).Number);
    }

    [Theory]
    [InlineData(2, 24)]
    [InlineData(2, 104)]
    [InlineData(4, 24)]
    [InlineData(4, 104)]
    public async Task Once_its_execution_is_recorded_a_changed_header_is_found_in_its_own_block(ulong number, int offset)
    {
        await using (var log = await Store.OpenShardAsync(Options))
        {
            foreach (var block in await ReadAllAsync())
                await log.RecordExecutionAsync(Chain.Execute(new LogPosition(block.Header.Number, block.Head, block.Header.Time)));
        }

        await ChangeAsync("set_byte(bdata, $2, get_byte(bdata, $2) # 1)", number, offset);
        Assert.Equal(number, (await ReadAllFailsAsync()).Number);
        Assert.Equal(number, (await Assert.ThrowsAsync<LogCorruptException>(() => Reader().ReadBlockAsync(number))).Number);
    }

    [Fact]
    public async Task A_truncated_block_is_found()
    {
        await ChangeAsync("substring(bdata for length(bdata) - $2)", 3, 1);
        Assert.Equal(3ul, (await ReadAllFailsAsync()).Number);
        Assert.Equal(3ul, (await Assert.ThrowsAsync<LogCorruptException>(() => Reader().ReadBlockAsync(3))).Number);
    }

    [Fact]
    public async Task A_lengthened_block_is_found()
    {
        await ChangeAsync("bdata || substring(bdata for $2)", 1, 8);
        Assert.Equal(1ul, (await ReadAllFailsAsync()).Number);
    }

    [Fact]
    public async Task A_missing_block_is_found_at_its_place()
    {
        await Sql.ExecuteAsync(ConnectionString, "delete from darkpool.mt_events where version = $1", VersionOf(2));
        Assert.Equal(2ul, (await ReadAllFailsAsync()).Number);
    }

    [Fact]
    public async Task Blocks_in_another_order_are_found()
    {
        await Sql.ExecuteAsync(
            ConnectionString,
            """
            update darkpool.mt_events set version = version + 100 where version in (3, 4);
            update darkpool.mt_events set version = 107 - version where version in (103, 104)
            """);
        Assert.Equal(2ul, (await ReadAllFailsAsync()).Number);
    }

    [Fact]
    public async Task A_log_of_another_venue_is_found_at_its_first_block()
    {
        var reader = Store.ReadShard(Shard, default);
        var found = await Assert.ThrowsAsync<LogCorruptException>(async () =>
        {
            await foreach (var _ in reader.ReadBlocksAsync(1)) Assert.Fail("A block was given out.");
        });
        Assert.Equal(1ul, found.Number);
    }

    [Fact]
    public async Task What_lies_before_the_wrong_block_is_given_out()
    {
        await ChangeAsync("set_byte(bdata, $2, get_byte(bdata, $2) # 255)", 4, 200);
        var read = new List<ulong>();
        await Assert.ThrowsAsync<LogCorruptException>(async () =>
        {
            await foreach (var block in Reader().ReadBlocksAsync(1)) read.Add(block.Header.Number);
        });
        Assert.Equal([1ul, 2, 3], read);
    }

    private static long VersionOf(ulong number) => (long)number + 1;

    private Task<int> ChangeAsync(string expression, ulong number, int argument) => Sql.ExecuteAsync(
        ConnectionString, $"update darkpool.mt_events set bdata = {expression} where version = $1", VersionOf(number), argument);

    private async Task<LogCorruptException> ReadAllFailsAsync() => await Assert.ThrowsAsync<LogCorruptException>(() => ReadAllAsync());
}
