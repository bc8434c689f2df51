using DarkPool.EventStore.Facts;
using DarkPool.EventStore.Shards;
using DarkPool.EventStore.Tests.Support;
using Xunit;

namespace DarkPool.EventStore.Tests.Shards;

public sealed class OutageTests(PostgresCluster cluster) : StoreTest(cluster)
{
    private const int EnoughBlocks = 30;

    private static ShardLogOptions PatientOptions { get; } = Options with { Patience = TimeSpan.FromSeconds(10) };

    [Fact]
    public async Task Appends_wait_while_the_whole_server_is_gone_and_go_on_by_themselves() =>
        await AppendAcrossAsync(async log =>
        {
            await Cluster.KillAsync();
            await Eventually.TrueAsync(() => log.State == ShardLogState.StoreUnavailable);
            await Cluster.StartAsync();
        });

    [Fact]
    public async Task A_backend_that_is_killed_in_the_middle_of_its_work_costs_no_block() =>
        await AppendAcrossAsync(_ => SequencerBackend.KillAsync(ConnectionString));

    [Fact]
    public async Task An_idle_log_sees_the_outage_and_the_return()
    {
        await using var log = await Store.OpenShardAsync(PatientOptions with { ProbeInterval = TimeSpan.FromMilliseconds(20) });
        var states = new List<ShardLogState>();
        log.StateChanged += states.Add;
        await Cluster.KillAsync();
        await Eventually.TrueAsync(() => log.State == ShardLogState.StoreUnavailable);
        await Cluster.StartAsync();
        await Eventually.TrueAsync(() => log.State == ShardLogState.Open);
        Assert.Equal([ShardLogState.StoreUnavailable, ShardLogState.Open], states);
        await AppendAsync(log, 1);
    }

    [Fact]
    public async Task Facts_wait_for_the_store_and_are_written_once()
    {
        await using var log = await Store.OpenShardAsync(PatientOptions);
        await Cluster.KillAsync();
        var appending = log.AppendFactsAsync(StreamKeys.Deposit(31337), [new DepositFinal(1, 1, 0), new DepositFinal(2, 1, 1)]);
        await Cluster.StartAsync();
        await appending;
        Assert.Equal([new DepositFinal(1, 1, 0), new DepositFinal(2, 1, 1)], await Store.ReadFactsAsync(StreamKeys.Deposit(31337)));
    }

    [Fact]
    public async Task Executions_recorded_during_an_outage_are_written_after_it()
    {
        await using (var log = await Store.OpenShardAsync(PatientOptions with { FlushInterval = TimeSpan.FromHours(1) }))
        {
            await AppendAsync(log, 1);
            await Cluster.KillAsync();
            await log.RecordExecutionAsync(Chain.Execute(log.Last));
            await Cluster.StartAsync();
        }

        Assert.Equal(1ul, (await Reader().ReadExecutionAsync(1))!.Number);
    }

    /// <summary>Appends without pause, lets the fault happen in the midst of it, and compares the log with what was acknowledged.</summary>
    private async Task AppendAcrossAsync(Func<ShardLog, Task> fault)
    {
        await using var log = await Store.OpenShardAsync(PatientOptions);
        var acknowledged = new List<byte[]>();
        using var enough = new CancellationTokenSource();
        var appending = Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested) acknowledged.AddRange(await AppendAsync(log, 1));
        });
        await Eventually.TrueAsync(() => log.Last.Number >= EnoughBlocks);
        await fault(log);
        var reached = log.Last.Number;
        await Eventually.TrueAsync(() => log.Last.Number >= reached + EnoughBlocks);
        await enough.CancelAsync();
        await appending;
        Assert.Equal(acknowledged, (await ReadAllAsync()).Select(block => block.Bytes.ToArray()));
        Assert.Equal(1ul, log.Epoch);
        Assert.Equal(ShardLogState.Open, log.State);
    }
}
