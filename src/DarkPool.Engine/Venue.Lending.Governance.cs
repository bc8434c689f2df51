using DarkPool.Engine.Feeds;
using DarkPool.Engine.Journals;
using DarkPool.Engine.Lending;
using DarkPool.Engine.Lending.Aave;

namespace DarkPool.Engine;

/// <summary>What governance decides about loans and the feeds behind them; signatures were checked before.</summary>
public sealed partial class Venue
{
    /// <summary>
    /// Gives a feed terms, or other terms. From the first time on its sources are several, each admitted and dismissed by
    /// <see cref="SetPriceSource"/>; the one that it had stays.
    /// </summary>
    public GovernanceResult ConfigureFeed(ulong sequence, uint feed, FeedTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        if (!Follows(sequence)) return GovernanceResult.OutOfSequence;
        if (!terms.IsSound(feed)) return GovernanceResult.InvalidTerms;
        if (!_state.Feeds.TryGetValue(feed, out var known))
        {
            if (_state.Feeds.Count >= VenueLimits.MaxFeeds) return GovernanceResult.NumberTooLarge;
            known = new PriceFeed { SourceKey = default, Enabled = false };
            _state.Feeds.Add(feed, known);
        }

        GovernanceSequence = sequence;
        known.Give(terms);
        Span<byte> more = stackalloc byte[FeedBytes.TermsSize];
        FeedBytes.Write(more, terms);
        _state.Journal.Write(JournalKind.FeedConfigured, 0, 0, sequence, feed, 0, more);
        Judge(feed, known);
        return GovernanceResult.Applied;
    }

    /// <summary>Lists a lending pool.</summary>
    public GovernanceResult ListPool(ulong sequence, PoolTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return Follows(sequence) ? Follow(sequence, Lending.List(sequence, terms)) : GovernanceResult.OutOfSequence;
    }

    /// <summary>Lists a reserve of a lending pool.</summary>
    public GovernanceResult ListReserve(ulong sequence, ReserveTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        if (!Follows(sequence)) return GovernanceResult.OutOfSequence;
        return IsListed(terms.Asset) ? Follow(sequence, Lending.List(sequence, terms)) : GovernanceResult.UnknownAsset;
    }

    /// <summary>Sets all parameters of a reserve but its decimals, freeze, pause and grace.</summary>
    public GovernanceResult ConfigureReserve(ulong sequence, uint pool, uint asset, in ReserveParameters parameters) =>
        Follows(sequence) ? Follow(sequence, Lending.Configure(sequence, pool, asset, parameters)) : GovernanceResult.OutOfSequence;

    /// <summary>Freezes or pauses a reserve, or ends it, then with seconds in which nothing of it is liquidated.</summary>
    public GovernanceResult SetReserveState(ulong sequence, uint pool, uint asset, bool frozen, bool paused, ulong graceSeconds) =>
        Follows(sequence)
            ? Follow(sequence, Lending.SetState(sequence, pool, asset, frozen, paused, graceSeconds))
            : GovernanceResult.OutOfSequence;

    /// <summary>Defines an e-mode of a pool, or gives one other terms.</summary>
    public GovernanceResult DefineEMode(ulong sequence, uint pool, byte category, in EMode eMode) =>
        Follows(sequence) ? Follow(sequence, Lending.Define(sequence, pool, category, eMode)) : GovernanceResult.OutOfSequence;

    /// <summary>Lists an isolated market.</summary>
    public GovernanceResult ListIsolatedMarket(ulong sequence, IsolatedMarketTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        if (!Follows(sequence)) return GovernanceResult.OutOfSequence;
        return IsListed(terms.LoanAsset) && IsListed(terms.CollateralAsset)
            ? Follow(sequence, Lending.List(sequence, terms))
            : GovernanceResult.UnknownAsset;
    }

    /// <summary>Sets an isolated market's share of interest, wad, at most 25 %; what was earned so far is shared by the old one.</summary>
    public GovernanceResult SetIsolatedFee(ulong sequence, uint market, UInt128 fee) =>
        Follows(sequence) ? Follow(sequence, Lending.SetFee(sequence, market, fee)) : GovernanceResult.OutOfSequence;

    private GovernanceResult Follow(ulong sequence, GovernanceResult result)
    {
        if (result == GovernanceResult.Applied) GovernanceSequence = sequence;
        return result;
    }

    private PriceResult Observe(uint feed, PriceFeed known, in Digest sourceKey, ulong round, BlockTime time, long price)
    {
        var place = known.PlaceOf(sourceKey);
        if (place < 0) return PriceResult.UnknownSource;
        if (price <= 0 || time > _state.Time) return PriceResult.InvalidPrice;
        if (round <= known.Sources[place].Round || time < known.Sources[place].Time) return PriceResult.Stale;
        if (known.Terms!.Frozen) return PriceResult.Frozen;
        known.Observe(place, round, time, price);
        _state.Journal.Write(JournalKind.SourceObserved, 0, (uint)place, feed, round, (ulong)time.Microseconds, (ulong)price);
        Judge(feed, known);
        return PriceResult.Applied;
    }

    private void Judge(uint feed, PriceFeed known)
    {
        if (known.Judge(_state.Time))
        {
            _state.Journal.Write(
                JournalKind.PriceObserved, 0, 0, feed, known.Round, (ulong)known.Time.Microseconds, (ulong)known.Price);
        }

        Lending.PriceChanged(feed);
    }
}
