using DarkPool.Engine.Journals;
using DarkPool.Engine.Markets;

namespace DarkPool.Engine;

/// <summary>
/// What governance and price sources decide. Signatures were checked before; each governance command has the last applied sequence plus
/// one.
/// </summary>
public sealed partial class Venue
{
    /// <summary>Listed assets by ascending number.</summary>
    public IEnumerable<AssetTerms> Assets => _assets.OfType<AssetTerms>();

    /// <summary>Terms of listed markets by ascending number.</summary>
    public IEnumerable<MarketTerms> Markets => Listed.Select(market => market.Terms);

    /// <summary>The asset of a token.</summary>
    public bool TryFindAsset(ReadOnlySpan<byte> token, out uint asset)
    {
        foreach (var listed in Assets)
        {
            if (!listed.Token.AsSpan().SequenceEqual(token)) continue;
            asset = listed.Number;
            return true;
        }

        asset = 0;
        return false;
    }

    /// <summary>Lists an asset.</summary>
    public GovernanceResult ListAsset(ulong sequence, AssetTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        if (!Follows(sequence)) return GovernanceResult.OutOfSequence;
        if (terms.Number >= VenueLimits.MaxAssets) return GovernanceResult.NumberTooLarge;
        if (terms.Token.IsDefault || terms.Token.Length != AssetTerms.TokenSize) return GovernanceResult.InvalidTerms;
        if (_assets[terms.Number] is not null || TryFindAsset(terms.Token.AsSpan(), out _)) return GovernanceResult.AlreadyListed;
        GovernanceSequence = sequence;
        _assets[terms.Number] = terms;
        _state.Journal.Write(JournalKind.AssetListed, terms.Number, 0, sequence, 0, 0, terms.Token.AsSpan());
        return GovernanceResult.Applied;
    }

    /// <summary>
    /// Sets the source of a feed, or disables it; of a feed with terms, admits or dismisses one of its sources.
    /// </summary>
    public GovernanceResult SetPriceSource(ulong sequence, uint feed, bool enabled, in Digest sourceKey)
    {
        if (!Follows(sequence)) return GovernanceResult.OutOfSequence;
        if (!_state.Feeds.TryGetValue(feed, out var known))
        {
            if (_state.Feeds.Count >= VenueLimits.MaxFeeds) return GovernanceResult.NumberTooLarge;
            known = new PriceFeed { SourceKey = sourceKey, Enabled = enabled };
            _state.Feeds.Add(feed, known);
        }

        if (known.Terms is not null && !known.TrySet(sourceKey, enabled)) return GovernanceResult.NumberTooLarge;
        GovernanceSequence = sequence;
        if (known.Terms is null) (known.SourceKey, known.Enabled) = (sourceKey, enabled);
        _state.Journal.Write(JournalKind.PriceSourceSet, enabled ? 1u : 0, 0, sequence, feed, 0, sourceKey.ToArray());
        if (known.Terms is not null) Judge(feed, known);
        return GovernanceResult.Applied;
    }

    /// <summary>Sets the least time between settlement batches, in microseconds.</summary>
    public GovernanceResult SetSettlementInterval(ulong sequence, long microseconds)
    {
        if (!Follows(sequence)) return GovernanceResult.OutOfSequence;
        if (microseconds is < 0 or > VenueLimits.MaxSettlementIntervalMicroseconds) return GovernanceResult.InvalidTerms;
        GovernanceSequence = sequence;
        _settlement.IntervalMicroseconds = microseconds;
        _state.Journal.Write(JournalKind.SettlementIntervalSet, 0, 0, 0, sequence, (ulong)microseconds, 0);
        return GovernanceResult.Applied;
    }

    /// <summary>Takes a signed price; of a feed with terms, an observation of one of its sources.</summary>
    /// <param name="feed">The feed.</param>
    /// <param name="sourceKey">Who signed it.</param>
    /// <param name="round">Later than the feed's latest round.</param>
    /// <param name="time">When it was observed: not after the block's time, not before the feed's latest price.</param>
    /// <param name="price">In the feed's unit; positive.</param>
    public PriceResult ObservePrice(uint feed, in Digest sourceKey, ulong round, BlockTime time, long price)
    {
        RequireBlock();
        if (_state.Feeds.TryGetValue(feed, out var known) && known.Terms is not null)
            return Observe(feed, known, sourceKey, round, time, price);
        if (known is null || !known.Enabled || known.SourceKey != sourceKey) return PriceResult.UnknownSource;
        if (price <= 0 || time > _state.Time) return PriceResult.InvalidPrice;
        if (round <= known.Round || time < known.Time) return PriceResult.Stale;
        (known.Round, known.Time, known.Price) = (round, time, price);
        _state.Journal.Write(JournalKind.PriceObserved, 0, 0, feed, round, (ulong)time.Microseconds, (ulong)price);
        return PriceResult.Applied;
    }

    /// <summary>The latest price of a feed, if it has one.</summary>
    public bool TryGetPrice(uint feed, out long price, out BlockTime time)
    {
        (price, time) = _state.Feeds.TryGetValue(feed, out var known) ? (known.Price, known.Time) : default;
        return price != 0;
    }

    private bool Follows(ulong sequence)
    {
        RequireBlock();
        return sequence == GovernanceSequence + 1;
    }

    private bool IsListed(uint asset) => asset < VenueLimits.MaxAssets && _assets[asset] is not null;
}
