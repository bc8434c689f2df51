using DarkPool.Chain.Publication;
using DarkPool.Chain.Rpc;
using DarkPool.Chain.Settlement;
using DarkPool.Chain.Signing;
using DarkPool.Local.Anvil;
using DarkPool.Protocol.Identity;
using Xunit;

namespace DarkPool.Chain.Tests.Publication;

/// <summary>A venue with an outbox, publishers on it, and the law that they have to keep.</summary>
public abstract class PublisherFixture : ChainFixture
{
    private protected static readonly PublisherOptions Quick = new()
    {
        PollInterval = TimeSpan.FromMilliseconds(5),
        IdleInterval = TimeSpan.FromMilliseconds(20),
        FirstPause = TimeSpan.FromMilliseconds(5),
        LongestPause = TimeSpan.FromMilliseconds(50),
        LagTolerance = TimeSpan.Zero,
    };

    private protected static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly EvmKey _key = EvmKey.Parse(DevAccount.Publisher.PrivateKey);

    private protected MemoryOutbox Outbox { get; } = new();

    private protected EvmAddress Account => _key.Address;

    private protected Batches Random => new(seed: 11, Venue.ChainId, Venue.Registry, Enclave);

    private protected SettlementPublisher Publisher(PublisherOptions? options = null, EvmNode? node = null, TimeProvider? time = null) =>
        new(new RegistryClient(node ?? Node, Venue.Registry), _key, Outbox, (options ?? Quick) with { StartBlock = Venue.Block }, time);

    /// <summary>Runs rounds until every batch is confirmed.</summary>
    private protected async Task PublishAllAsync(SettlementPublisher publisher, int count)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (Outbox.Confirmed.Count < count) await publisher.RoundAsync(limit.Token);
    }

    /// <summary>Runs rounds until the registry has recorded a batch, confirmed or not: the node makes its block in its own time.</summary>
    private protected async Task PublishUpToAsync(SettlementPublisher publisher, ulong sequence)
    {
        using var limit = new CancellationTokenSource(Patience);
        do await publisher.RoundAsync(limit.Token);
        while ((await Registry.LastAsync(limit.Token)).Sequence < sequence);
    }

    /// <summary>
    /// The law: the chain has each batch exactly once, in order, with its roots; what the outbox believes is what the chain has; and no
    /// transaction of the publisher was in vain.
    /// </summary>
    private protected async Task PublishedExactlyOnceAsync(IReadOnlyList<SignedBatch> batches)
    {
        var settled = await Registry.ReadBatchesAsync(Venue.Block);
        Assert.Equal(
            batches.Select(b => (b.Batch.Sequence, b.Batch.StateRoot, b.Batch.EntitlementRoot, b.Batch.LogHead)),
            settled.Select(s => (s.Sequence, s.StateRoot, s.EntitlementRoot, s.LogHead)));
        Assert.Equal(
            settled.Select(s => (s.Sequence, s.Transaction, s.EvmBlock, s.EvmBlockHash)),
            Outbox.Confirmed.Select(c => (c.Sequence, c.Transaction, c.EvmBlock, c.EvmBlockHash)));
        var nonce = await Node.NonceAsync(Account, afterWaiting: true, CancellationToken.None);
        Assert.Equal((ulong)settled.Select(s => s.Transaction).Distinct().Count(), nonce);
        var recorded = Outbox.Submitted.Select(s => s.Transaction).ToHashSet();
        Assert.All(settled, s => Assert.Contains(s.Transaction, recorded));
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        _key.Dispose();
        base.Dispose(disposing);
    }
}
