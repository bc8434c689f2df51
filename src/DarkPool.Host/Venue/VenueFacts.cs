using System.Collections.Immutable;
using DarkPool.EventStore.Facts;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Link;
using DarkPool.Protocol.Settlement;

namespace DarkPool.Host.Venue;

/// <summary>What is publicly known of the venue at one moment.</summary>
internal sealed record VenueView
{
    public ImmutableSortedDictionary<uint, AssetListed> Assets { get; init; } = ImmutableSortedDictionary<uint, AssetListed>.Empty;

    public ImmutableSortedDictionary<uint, MarketListed> Markets { get; init; } = ImmutableSortedDictionary<uint, MarketListed>.Empty;

    /// <summary>The key that signs prices of each feed.</summary>
    public ImmutableSortedDictionary<uint, PriceSourceSet> Feeds { get; init; } = ImmutableSortedDictionary<uint, PriceSourceSet>.Empty;

    /// <summary>
    /// Feeds and keys that governance admitted: a filter against strangers. Whether a key still speaks for its feed, the enclave says.
    /// </summary>
    public ImmutableHashSet<(uint Feed, Bytes32 Key)> Sources { get; init; } = [];

    /// <summary>The latest signed reserve sheet; null before the first.</summary>
    public byte[]? Reserves { get; init; }

    /// <summary>Microseconds between settlement batches; null as long as governance has not set it.</summary>
    public ulong? SettlementInterval { get; init; }

    /// <summary>No governance command below this is accepted any more.</summary>
    public ulong NextGovernanceSequence { get; init; } = 1;

    /// <summary>Sequence of the last settlement batch that closed.</summary>
    public ulong SettlementClosed { get; init; }

    /// <summary>Sequence of the last settlement batch confirmed on chain.</summary>
    public ulong SettlementConfirmed { get; init; }

    /// <summary>The highest deposit that the enclave has offered.</summary>
    public ulong LastDepositSeen { get; init; }

    /// <summary>The last executed block; null before the first.</summary>
    public BlockExecution? Last { get; init; }

    /// <summary>This view after one more fact; other facts than the venue's leave it as it is.</summary>
    internal VenueView After(object fact) => fact switch
    {
        AssetListed listed => (this with { Assets = Assets.SetItem(listed.Asset, listed) }).Past(listed.At),
        MarketListed listed => (this with { Markets = Markets.SetItem(listed.Market, listed) }).Past(listed.At),
        PriceSourceSet set => Admitting(set).Past(set.At),
        SettlementIntervalSet set => (this with { SettlementInterval = set.Interval }).Past(set.At),
        GovernanceApplied applied => Past(applied.At),
        SettlementConfirmed confirmed => this with { SettlementConfirmed = Math.Max(SettlementConfirmed, confirmed.Sequence) },
        SettlementReorged reorged => this with { SettlementConfirmed = Math.Min(SettlementConfirmed, reorged.Sequence - 1) },
        _ => this,
    };

    /// <summary>This view after a block; a replay for another enclave shows old blocks again, which change nothing.</summary>
    internal VenueView After(BlockExecution execution) => this with
    {
        Last = Last is { } last && last.Number > execution.Number ? last : execution,
        Reserves = execution.Reserves ?? Reserves,
        SettlementClosed = execution.Batch is { } bytes && SettlementBatch.TryRead(bytes, out var batch)
            ? Math.Max(SettlementClosed, batch.Sequence)
            : SettlementClosed,
    };

    private VenueView Admitting(PriceSourceSet set)
    {
        var source = (set.Feed, new Bytes32(set.SourceKey));
        if (set.Enabled) return this with { Feeds = Feeds.SetItem(set.Feed, set), Sources = Sources.Add(source) };
        var sources = Sources.Remove(source);
        var isSilent = sources.All(known => known.Feed != set.Feed);
        return this with { Feeds = isSilent ? Feeds.Remove(set.Feed) : Feeds, Sources = sources };
    }

    private VenueView Past(GovernancePosition at) =>
        this with { NextGovernanceSequence = Math.Max(NextGovernanceSequence, checked(at.Sequence + 1)) };
}

/// <summary>
/// The public state of the venue in memory, ahead of the store's projections by the facts on their way there: a request that follows a
/// receipt sees what the receipt stands for.
/// </summary>
internal sealed class VenueFacts
{
    private readonly Lock _gate = new();
    private volatile VenueView _view = new();

    internal VenueView View => _view;

    internal ulong NextGovernanceSequence => _view.NextGovernanceSequence;

    internal bool IsSource(uint feed, in Bytes32 key) =>
        _view.Sources.Contains((feed, key));

    /// <summary>Starts from what the store knows.</summary>
    internal void Load(VenueView view)
    {
        lock (_gate) _view = view;
    }

    /// <summary>A block was executed, with these facts.</summary>
    internal void Executed(BlockExecution execution, IReadOnlyList<object> facts)
    {
        lock (_gate)
        {
            var view = _view;
            foreach (var fact in facts) view = view.After(fact);
            _view = view.After(execution);
        }
    }

    /// <summary>Whether a deposit is offered for the first time.</summary>
    internal bool TrySee(ulong depositId)
    {
        lock (_gate)
        {
            if (depositId <= _view.LastDepositSeen) return false;
            _view = _view with { LastDepositSeen = depositId };
            return true;
        }
    }

    /// <summary>Something happened on chain.</summary>
    internal void Happened(object fact)
    {
        lock (_gate) _view = _view.After(fact);
    }
}
