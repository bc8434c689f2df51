using DarkPool.Chain.Publication;
using DarkPool.Chain.Rpc;
using DarkPool.Chain.Settlement;
using DarkPool.EventStore;
using DarkPool.EventStore.Shards;
using DarkPool.Host.Enclaves;
using DarkPool.Host.Hosting;
using DarkPool.Host.Venue;

namespace DarkPool.Host.Publication;

/// <summary>
/// Publishes settlement batches while the log is open. A chain that is gone or a registry that disagrees never stops trading.
/// </summary>
internal sealed partial class PublicationPart(
    HostSettings settings,
    PublisherAccount account,
    EnclaveSlot enclave,
    VenueIdentity identity,
    VenueFacts facts,
    TimeProvider time,
    ILogger<PublicationPart> logger)
{
    /// <summary>How often a quiet outbox is looked at: batches close every few seconds, and the projection follows within one.</summary>
    private static readonly TimeSpan IdleInterval = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>Publishes until cancelled, or until the registry turns out to have another history.</summary>
    internal async Task RunAsync(VenueStore store, ShardLog log, CancellationToken cancellationToken)
    {
        if (settings.Chain is null)
        {
            Queueing();
            return;
        }

        using var rpc = new JsonRpcClient(settings.Chain, time: time);
        var registry = new RegistryClient(new EvmNode(rpc), identity.Genesis.Registry);
        var outbox = new StoreOutbox(store, log, facts, identity.Genesis.ChainId, time);
        var options = new PublisherOptions
        {
            Confirmations = settings.Confirmations,
            StartBlock = (ulong)settings.ChainStartBlock,
            IdleInterval = IdleInterval,
            PollInterval = PollInterval,
        };
        using var publisher = account.Key is { } key
            ? new SettlementPublisher(registry, key, outbox, options, time)
            : new SettlementPublisher(registry, new EnclaveCarrier(enclave), outbox, options, time);
        try
        {
            await publisher.RunAsync(cancellationToken);
        }
        catch (SettlementConflictException e)
        {
            Conflict(e.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "No --chain is given: settlement batches queue in the outbox")]
    private partial void Queueing();

    [LoggerMessage(LogLevel.Error, "Publication has ended and needs people: {Reason}")]
    private partial void Conflict(string reason);
}
