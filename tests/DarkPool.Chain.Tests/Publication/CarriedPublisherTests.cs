using DarkPool.Chain.Publication;
using DarkPool.Chain.Rpc;
using DarkPool.Chain.Settlement;
using DarkPool.Protocol.Identity;
using Xunit;

namespace DarkPool.Chain.Tests.Publication;

/// <summary>Publication through somebody who signs the transactions and tells no hash, as the platform of an enclave does.</summary>
public sealed class CarriedPublisherTests : PublisherFixture
{
    private readonly Carrier _carrier;

    public CarriedPublisherTests() => _carrier = new Carrier((batches, _) => Registry.SettleAsync(Owner, batches));

    [Fact]
    public async Task Batches_are_carried_in_order_many_to_a_transaction_and_confirmed_from_the_chain()
    {
        var batches = Random.Chain(40);
        Outbox.Add(batches);
        using var publisher = Carried();
        await PublishAllAsync(publisher, 40);
        await SettledExactlyOnceAsync(batches);
        Assert.Equal([16, 16, 8], _carrier.Sizes);
        Assert.Equal(0UL, await Node.NonceAsync(Account, afterWaiting: true, CancellationToken.None));
        Assert.All(Outbox.Submitted, submitted => Assert.Equal((default(Bytes32), 0UL), (submitted.Transaction, submitted.Nonce)));
    }

    [Fact]
    public async Task A_carrier_that_is_away_is_a_fault_and_the_batch_waits()
    {
        var batches = Random.Chain(2);
        Outbox.Add(batches);
        _carrier.FailBefore = 3;
        using var publisher = Carried();
        var away = await Assert.ThrowsAsync<SettlementNotCarriedException>(() => publisher.RoundAsync(CancellationToken.None));
        Assert.Equal("away", away.Message);
        Assert.Empty(Outbox.Submitted);
        using var stop = new CancellationTokenSource();
        var running = publisher.RunAsync(stop.Token);
        await Outbox.UntilAsync(o => o.Confirmed.Count == 2, Patience);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(2, publisher.Metrics.Status.Faults);
        await SettledExactlyOnceAsync(batches);
    }

    [Fact]
    public async Task A_carrier_that_sent_and_then_failed_costs_a_look_and_no_second_copy()
    {
        var batches = Random.Chain(3);
        Outbox.Add(batches);
        _carrier.FailAfter = 1;
        using var publisher = Carried();
        await Assert.ThrowsAsync<SettlementNotCarriedException>(() => publisher.RoundAsync(CancellationToken.None));
        await PublishAllAsync(publisher, 3);
        await SettledExactlyOnceAsync(batches);
        Assert.Equal([3], _carrier.Sizes);
    }

    [Fact]
    public async Task What_the_registry_would_refuse_is_not_given_to_the_carrier()
    {
        var forged = Random.Chain(1)[0];
        Outbox.Add([forged with { Signature = new byte[forged.Signature.Length] }]);
        using var publisher = Carried();
        await Assert.ThrowsAsync<ContractRevertedException>(() => publisher.RoundAsync(CancellationToken.None));
        Assert.Empty(_carrier.Sizes);
    }

    private SettlementPublisher Carried() =>
        new(new RegistryClient(Node, Venue.Registry), _carrier, Outbox, Quick with { StartBlock = Venue.Block });

    private async Task SettledExactlyOnceAsync(IReadOnlyList<SignedBatch> batches)
    {
        var settled = await Registry.ReadBatchesAsync(Venue.Block);
        Assert.Equal(batches.Select(b => (b.Batch.Sequence, b.Batch.StateRoot)), settled.Select(s => (s.Sequence, s.StateRoot)));
        Assert.Equal(
            settled.Select(s => (s.Sequence, s.Transaction, s.EvmBlockHash)),
            Outbox.Confirmed.Select(c => (c.Sequence, c.Transaction, c.EvmBlockHash)));
    }

    /// <summary>Sends with an account of its own, and fails on demand.</summary>
    private sealed class Carrier(Func<IReadOnlyList<SignedBatch>, ulong, Task> send) : ISettlementCarrier
    {
        /// <summary>How many calls fail before anything is sent.</summary>
        public int FailBefore { get; set; }

        /// <summary>How many calls fail after the batches were recorded.</summary>
        public int FailAfter { get; set; }

        /// <summary>Batches of each transaction that was sent.</summary>
        public List<int> Sizes { get; } = [];

        public async Task CarryAsync(IReadOnlyList<SignedBatch> batches, ulong gasLimit, CancellationToken cancellation)
        {
            if (FailBefore-- > 0) throw new SettlementNotCarriedException("away");
            Assert.InRange(gasLimit, 1UL, 30_000_000UL);
            await send(batches, gasLimit);
            Sizes.Add(batches.Count);
            if (FailAfter-- > 0) throw new SettlementNotCarriedException("no answer");
        }
    }
}
