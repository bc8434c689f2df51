using DarkPool.EventStore.Facts;
using DarkPool.EventStore.Projections;
using DarkPool.EventStore.Shards;
using DarkPool.EventStore.Tests.Facts;
using DarkPool.EventStore.Tests.Support;
using Xunit;

namespace DarkPool.EventStore.Tests.Projections;

public sealed class ProjectionTests(PostgresCluster cluster) : StoreTest(cluster)
{
    private const ulong ChainId = 31337;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly byte[] FirstTransaction = SampleFacts.Bytes(32, 100);
    private static readonly byte[] SecondTransaction = SampleFacts.Bytes(32, 101);

    [Fact]
    public async Task The_tape_has_every_batch_in_sequence_and_its_transaction_once_confirmed()
    {
        await using var log = await Store.OpenShardAsync(Options);
        await CloseBatchesAsync(log, 3);
        await TellAsync(log, Submitted(1), Confirmed(1));
        await ProjectAsync();

        var tape = await Store.Tape.ReadAsync(0, 10);
        Assert.Equal([1L, 2, 3], tape.Select(batch => batch.Id));
        Assert.Equal([FirstTransaction, null, null], tape.Select(batch => batch.Transaction));
        Assert.Equal(UInt128.MaxValue, tape[0].Markets.Single().Notional);
        Assert.Equal([2L], (await Store.Tape.ReadAsync(1, 1)).Select(batch => batch.Id));
        Assert.Empty(await Store.Tape.ReadAsync(3, 10));
        Assert.Empty(await Store.Tape.ReadAsync(ulong.MaxValue, 10));
    }

    [Fact]
    public async Task The_outbox_gives_what_is_not_confirmed_in_sequence_with_bytes_and_signature()
    {
        await using var log = await Store.OpenShardAsync(Options);
        var closed = await CloseBatchesAsync(log, 3);
        await TellAsync(log, Submitted(1), Confirmed(1), Submitted(2));
        await ProjectAsync();

        var pending = await Store.Outbox.ReadUnconfirmedAsync(10);
        Assert.Equal([(2L, PublicationState.Submitted), (3L, PublicationState.Pending)], pending.Select(batch => (batch.Id, batch.State)));
        Assert.Equal(closed[1].Batch, pending[0].Batch);
        Assert.Equal(closed[1].Signature, pending[0].Signature);
        Assert.Equal(FirstTransaction, pending[0].Transaction);
        Assert.Equal([1L], (await Store.Outbox.ReadLatestConfirmedAsync(5)).Select(batch => batch.Id));
        Assert.Equal(PublicationState.Confirmed, (await Store.Outbox.ReadAsync(1))!.State);
        Assert.Null(await Store.Outbox.ReadAsync(4));
    }

    [Fact]
    public async Task A_batch_that_a_reorganisation_took_away_is_pending_again_and_can_be_confirmed_again()
    {
        await using var log = await Store.OpenShardAsync(Options);
        await CloseBatchesAsync(log, 1);
        await TellAsync(log, Submitted(1), Confirmed(1), new SettlementReorged(1, FirstTransaction, 10, 3));
        await ProjectAsync();
        Assert.Equal(PublicationState.Pending, (await Store.Outbox.ReadUnconfirmedAsync(1)).Single().State);
        Assert.Null((await Store.Tape.ReadAsync(0, 1)).Single().Transaction);
        Assert.Equal(0ul, (await Store.ReadStatusAsync()).SettlementConfirmed);

        var again = new SettlementConfirmed(1, SecondTransaction, 12, new byte[32], 4);
        await TellAsync(log, again, new SettlementReorged(1, FirstTransaction, 10, 5));
        await ProjectAsync();
        var batch = (await Store.Outbox.ReadAsync(1))!;
        Assert.Equal((PublicationState.Confirmed, 1), (batch.State, batch.Reorganisations));
        Assert.Equal(SecondTransaction, batch.Transaction);
        Assert.Equal(SecondTransaction, (await Store.Tape.ReadAsync(0, 1)).Single().Transaction);
    }

    [Fact]
    public async Task Where_the_projections_run_the_outbox_shows_at_once_what_was_just_recorded()
    {
        await using var log = await Store.OpenShardAsync(Options);
        await using var projections = await Store.StartProjectionsAsync();
        for (var sequence = 1ul; sequence <= 10; sequence++)
        {
            await CloseBatchesAsync(log, 1, sequence);
            Assert.Equal((long)sequence, (await Store.Outbox.ReadUnconfirmedAsync(1)).Single().Id);
            await TellAsync(log, Submitted(sequence));
            Assert.Equal(PublicationState.Submitted, (await Store.Outbox.ReadAsync(sequence))!.State);
            await TellAsync(log, Confirmed(sequence));
            Assert.Empty(await Store.Outbox.ReadUnconfirmedAsync(1));
            Assert.Equal((long)sequence, (await Store.Outbox.ReadLatestConfirmedAsync(1)).Single().Id);
        }
    }

    [Fact]
    public async Task The_status_follows_every_stream()
    {
        await using var log = await Store.OpenShardAsync(Options with { Holder = "host-b" });
        await CloseBatchesAsync(log, 2);
        await log.SaveSnapshotAsync(log.Last, Chain.Bytes(100));
        await TellAsync(log, Submitted(1), Confirmed(1));
        await log.AppendFactsAsync(
            StreamKeys.Governance,
            [.. SampleFacts.All.Where(fact => fact is AssetListed or MarketListed or PriceSourceSet or SettlementIntervalSet)]);
        await log.AppendFactsAsync(
            StreamKeys.Enclave(Shard), [.. SampleFacts.All.Where(fact => fact is EnclaveRegistered or KeyEpochStarted)]);
        await log.AppendFactsAsync(StreamKeys.Deposit(ChainId), [new DepositFinal(1, 1, 0), new DepositFinal(2, 1, 1)]);
        await ProjectAsync();

        var status = await Store.ReadStatusAsync();
        Assert.Equal("host-b", status.Sequencer!.Holder);
        Assert.Equal((2ul, 1ul), (status.SettlementClosed, status.SettlementConfirmed));
        Assert.Equal(log.Last.Number, status.Snapshot!.Block);
        Assert.Equal((5ul, 2_000_000ul, 2ul), (status.NextGovernanceSequence, status.SettlementInterval, status.LastDeposit));
        Assert.Equal("GOOG/USD", status.Markets[2].Symbol);
        Assert.Equal("DPT", status.Assets[1].Symbol);
        Assert.Single(status.Feeds);
        Assert.Equal(2u, status.Key!.Epoch);
        Assert.Equal(SampleFacts.Bytes(20, 8), status.Enclave!.EvmAddress);
    }

    [Fact]
    public async Task Rebuilt_projections_are_the_live_ones()
    {
        await using var log = await Store.OpenShardAsync(Options);
        await using var projections = await Store.StartProjectionsAsync();
        await CloseBatchesAsync(log, 5);
        var reorged = new SettlementReorged(2, FirstTransaction, 10, 3);
        await TellAsync(log, Submitted(1), Confirmed(1), Submitted(2), Confirmed(2), reorged, Submitted(3));
        await projections.WaitAsync(Patience);
        var live = await DumpAsync();
        await Sql.ExecuteAsync(ConnectionString, "delete from darkpool.mt_doc_tapebatch where id = 3");
        await Sql.ExecuteAsync(ConnectionString, "update darkpool.mt_doc_venuestatus set data = data - 'sequencer'");
        Assert.NotEqual(live, await DumpAsync());

        await projections.RebuildAsync();
        Assert.Equal(live, await DumpAsync());
    }

    [Fact]
    public async Task Projections_go_on_after_the_server_was_gone()
    {
        await using var log = await Store.OpenShardAsync(Options with { Patience = TimeSpan.FromSeconds(10) });
        await using var projections = await Store.StartProjectionsAsync();
        await CloseBatchesAsync(log, 1);
        await projections.WaitAsync(Patience);
        await Cluster.KillAsync();
        await Cluster.StartAsync();
        await CloseBatchesAsync(log, 1, 2);
        await Eventually.TrueAsync(async () => (await Store.Tape.ReadAsync(0, 10)).Count == 2);
    }

    private static SettlementSubmitted Submitted(ulong sequence) => new(sequence, FirstTransaction, sequence, 1);

    private static SettlementConfirmed Confirmed(ulong sequence) => new(sequence, FirstTransaction, 10, new byte[32], 2);

    private static Task TellAsync(ShardLog log, params object[] facts) => log.AppendFactsAsync(StreamKeys.Publication(ChainId), facts);

    private async Task ProjectAsync()
    {
        await using var projections = await Store.StartProjectionsAsync();
        await projections.WaitAsync(Patience);
    }

    private async Task<List<SettlementBatchClosed>> CloseBatchesAsync(ShardLog log, int count, ulong first = 1)
    {
        for (var sequence = first; sequence < first + (ulong)count; sequence++)
        {
            await AppendAsync(log, 1);
            await log.RecordExecutionAsync(Chain.Execute(log.Last, Chain.Batch(sequence, log.Last)));
        }

        await log.FlushAsync();
        var closed = new List<SettlementBatchClosed>();
        await foreach (var batch in Reader().ReadBatchesAsync()) closed.Add(batch);
        return closed;
    }

    private async Task<string> DumpAsync() => await Sql.ScalarAsync<string>(
        ConnectionString,
        """
        select string_agg(line, E'\n' order by line) from (
            select 'tape ' || data::text as line from darkpool.mt_doc_tapebatch
            union all select 'outbox ' || data::text from darkpool.mt_doc_outboxbatch
            union all select 'status ' || data::text from darkpool.mt_doc_venuestatus) lines
        """);
}
