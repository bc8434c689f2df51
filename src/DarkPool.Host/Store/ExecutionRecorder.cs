using System.Threading.Channels;
using DarkPool.EventStore;
using DarkPool.EventStore.Facts;
using DarkPool.EventStore.Shards;
using DarkPool.Host.Telemetry;
using DarkPool.Host.Venue;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Link;

namespace DarkPool.Host.Store;

/// <summary>
/// Writes what follows from executed blocks into the store, in their order and off the path of receipts: the facts of each block first,
/// then its public result, then a snapshot that covers it. So whatever is recorded as executed has its facts, and a restart knows where
/// to go on.
/// </summary>
internal sealed class ExecutionRecorder(
    VenueStore store, ShardLog log, VenueIdentity venue, HostMetrics metrics, TimeProvider time)
{
    /// <summary>Blocks whose results may wait: facts take a transaction, results travel with the next block.</summary>
    private const int MaxWaiting = 1_024;

    private readonly Channel<Item> _items = Channel.CreateBounded<Item>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    /// <summary>Records a block's result and facts; what was recorded before is left alone.</summary>
    internal ValueTask RecordAsync(BlockExecution execution, IReadOnlyList<object> facts, CancellationToken cancellationToken) =>
        _items.Writer.WriteAsync(new Item(execution, facts, null), cancellationToken);

    /// <summary>Stores a snapshot, after the facts of every block that it covers.</summary>
    internal ValueTask SaveAsync(SealedSnapshot snapshot, CancellationToken cancellationToken) =>
        _items.Writer.WriteAsync(new Item(null, [], snapshot), cancellationToken);

    /// <summary>Records a fact that comes from no block.</summary>
    internal ValueTask NoteAsync(object fact, CancellationToken cancellationToken) =>
        _items.Writer.WriteAsync(new Item(null, [fact], null), cancellationToken);

    /// <summary>Nothing more comes.</summary>
    internal void Complete() => _items.Writer.TryComplete();

    /// <summary>Writes until <see cref="Complete"/>.</summary>
    /// <param name="cancellationToken">Ends it at once, with the store gone or not.</param>
    /// <exception cref="FenceLostException">Another sequencer took the shard.</exception>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        var recorded = log.LastExecuted;
        var inLogBefore = log.Last.Number;
        await foreach (var item in _items.Reader.ReadAllAsync(cancellationToken))
        {
            if (item.Execution is { } execution && execution.Number > recorded)
            {
                var facts = execution.Number > inLogBefore ? item.Facts : await WithoutStoredAsync(item.Facts, cancellationToken);
                await AppendAsync(facts, cancellationToken);
                await log.RecordExecutionAsync(execution, cancellationToken);
                recorded = execution.Number;
            }
            else if (item.Execution is null)
            {
                await AppendAsync(item.Facts, cancellationToken);
            }

            if (item.Snapshot is not { } snapshot) continue;
            await log.FlushAsync(cancellationToken);
            await StoreFault.OutlastAsync(() => StoreAsync(snapshot, cancellationToken), time, cancellationToken);
        }
    }

    private async Task<bool> StoreAsync(SealedSnapshot snapshot, CancellationToken cancellationToken)
    {
        await log.SaveSnapshotAsync(new LogPosition(snapshot.Block, new Bytes32(snapshot.Head), 0), snapshot.Bytes, cancellationToken);
        metrics.SnapshotStored();
        return true;
    }

    private async Task AppendAsync(IReadOnlyList<object> facts, CancellationToken cancellationToken)
    {
        foreach (var stream in facts.GroupBy(StreamOf)) await log.AppendFactsAsync(stream.Key, [.. stream], cancellationToken);
    }

    /// <summary>A host that was killed between the facts of a block and its result finds these facts when it comes back.</summary>
    private async Task<IReadOnlyList<object>> WithoutStoredAsync(IReadOnlyList<object> facts, CancellationToken cancellationToken)
    {
        var missing = new List<object>(facts.Count);
        foreach (var stream in facts.GroupBy(StreamOf))
        {
            var stored = await StoreFault.OutlastAsync(
                () => store.ReadFactsAsync(stream.Key, cancellationToken), time, cancellationToken);
            missing.AddRange(stream.Where(fact => !stored.Any(other => PositionOf(other) == PositionOf(fact))));
        }

        return missing;
    }

    private string StreamOf(object fact) => fact switch
    {
        DepositSeen or DepositFinal => StreamKeys.Deposit(venue.Genesis.ChainId),
        PriceObserved price => StreamKeys.Oracle(price.Feed),
        _ => StreamKeys.Governance,
    };

    /// <summary>Where in the log a fact comes from; no other fact comes from there.</summary>
    private static (ulong Block, uint Index)? PositionOf(object fact) => fact switch
    {
        DepositFinal deposit => (deposit.Block, deposit.Index),
        PriceObserved price => (price.Block, price.Index),
        AssetListed listed => (listed.At.Block, listed.At.Index),
        MarketListed listed => (listed.At.Block, listed.At.Index),
        PriceSourceSet set => (set.At.Block, set.At.Index),
        SettlementIntervalSet set => (set.At.Block, set.At.Index),
        GovernanceApplied applied => (applied.At.Block, applied.At.Index),
        _ => null,
    };

    private readonly record struct Item(BlockExecution? Execution, IReadOnlyList<object> Facts, SealedSnapshot? Snapshot);
}
