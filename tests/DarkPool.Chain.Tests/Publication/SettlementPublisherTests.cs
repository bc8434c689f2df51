using DarkPool.Chain.Publication;
using DarkPool.Chain.Rpc;
using DarkPool.Chain.Signing;
using Xunit;

namespace DarkPool.Chain.Tests.Publication;

public sealed class SettlementPublisherTests : PublisherFixture
{
    [Fact]
    public async Task Waiting_batches_are_published_in_order_many_to_a_transaction()
    {
        var batches = Random.Chain(40);
        Outbox.Add(batches);
        using var publisher = Publisher();
        await PublishAllAsync(publisher, 40);
        await PublishedExactlyOnceAsync(batches);
        var status = publisher.Metrics.Status;
        Assert.Equal(new PublisherStatus(40, 40, Transactions: 3, Confirmed: 40, Reorganized: 0, Faults: 0, null), status);
    }

    [Fact]
    public async Task Batches_that_come_while_it_runs_are_published_at_once()
    {
        var batches = Random.Chain(10);
        using var stop = new CancellationTokenSource();
        // Without being woken it would sleep for an hour.
        using var publisher = Publisher(Quick with { IdleInterval = TimeSpan.FromHours(1) });
        var running = publisher.RunAsync(stop.Token);
        for (var i = 0; i < batches.Count; i++)
        {
            Outbox.Add([batches[i]]);
            publisher.Wake();
            var count = i + 1;
            await Outbox.UntilAsync(o => o.Confirmed.Count == count, Patience);
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await PublishedExactlyOnceAsync(batches);
    }

    [Fact]
    public async Task A_batch_is_confirmed_only_with_enough_blocks_on_it()
    {
        var batches = Random.Chain(1);
        Outbox.Add(batches);
        using var publisher = Publisher(Quick with { Confirmations = 4 });
        await PublishUpToAsync(publisher, 1);
        await MineAsync(2);
        await publisher.RoundAsync(CancellationToken.None);
        Assert.Empty(Outbox.Confirmed);
        await MineAsync(1);
        await publisher.RoundAsync(CancellationToken.None);
        Assert.Single(Outbox.Confirmed);
        await PublishedExactlyOnceAsync(batches);
    }

    [Fact]
    public async Task Later_batches_do_not_wait_for_the_confirmations_of_earlier_ones()
    {
        var batches = Random.Chain(3);
        using var publisher = Publisher(Quick with { Confirmations = 100 });
        foreach (var batch in batches)
        {
            Outbox.Add([batch]);
            await PublishUpToAsync(publisher, batch.Batch.Sequence);
        }

        Assert.Equal(3UL, (await Registry.LastAsync()).Sequence);
        Assert.Empty(Outbox.Confirmed);
    }

    [Fact]
    public async Task A_batch_that_somebody_else_brought_is_confirmed_and_not_sent()
    {
        var batches = Random.Chain(2);
        await Registry.SettleAsync(Owner, batches);
        Outbox.Add(batches);
        using var publisher = Publisher();
        await PublishAllAsync(publisher, 2);
        Assert.Empty(Outbox.Submitted);
        Assert.Equal(0UL, await Node.NonceAsync(Account, afterWaiting: true, CancellationToken.None));
        Assert.Equal((await Registry.ReadBatchesAsync(0)).Select(s => s.Transaction), Outbox.Confirmed.Select(c => c.Transaction));
    }

    [Fact]
    public async Task Another_history_on_chain_ends_publication_and_names_the_batch()
    {
        var batches = Random.Chain(1);
        var other = Random.Sign(batches[0].Batch with { StateRoot = batches[0].Batch.LogHead });
        await Registry.SettleAsync(Owner, [other]);
        Outbox.Add(batches);
        using var publisher = Publisher();
        var conflict = await Assert.ThrowsAsync<SettlementConflictException>(() => publisher.RunAsync(CancellationToken.None));
        Assert.Equal(1UL, conflict.Sequence);
    }

    [Fact]
    public async Task A_signature_that_the_registry_refuses_is_a_fault_until_the_enclave_is_registered()
    {
        using var unknown = EvmKey.Create();
        var factory = new Batches(1, Venue.ChainId, Venue.Registry, unknown);
        var batches = factory.Chain(1);
        Outbox.Add(batches);
        using var stop = new CancellationTokenSource();
        using var publisher = Publisher();
        var refusal = await Assert.ThrowsAsync<ContractRevertedException>(() => publisher.RoundAsync(CancellationToken.None));
        Assert.Equal("WrongSigner", refusal.Error);
        var running = publisher.RunAsync(stop.Token);
        await Registry.RegisterEnclaveAsync(Owner, unknown.Address);
        await Outbox.UntilAsync(o => o.Confirmed.Count == 1, Patience);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await PublishedExactlyOnceAsync(batches);
    }

    [Fact]
    public async Task An_account_without_ether_is_a_fault_that_says_so()
    {
        Outbox.Add(Random.Chain(1));
        await Node.Rpc.CallAsync("anvil_setBalance", [Account.ToString(), "0x0"]);
        using var publisher = Publisher();
        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => publisher.RoundAsync(CancellationToken.None));
        Assert.Contains("funds", refusal.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(Outbox.Confirmed);
    }
}
