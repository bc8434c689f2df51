using DarkPool.Engine.Feeds;

namespace DarkPool.Engine;

/// <summary>
/// A feed of signed prices: who may sign, and the latest price. Without terms it has one source, whose every price is taken; with terms
/// it has several, and their median is taken under the conditions of <see cref="FeedMedian"/>.
/// </summary>
internal sealed class PriceFeed
{
    private readonly List<FeedSource> _sources = [];

    /// <summary>The key of the only source of a feed without terms.</summary>
    public required Digest SourceKey { get; set; }

    /// <summary>Whether prices of that source are taken.</summary>
    public required bool Enabled { get; set; }

    /// <summary>The latest round; 0 before the first price. With terms: the count of accepted prices.</summary>
    public ulong Round { get; set; }

    /// <summary>When the latest price was observed.</summary>
    public BlockTime Time { get; set; }

    /// <summary>The latest price, in the feed's unit; 0 before the first.</summary>
    public long Price { get; set; }

    /// <summary>The latest two-sided quote.</summary>
    public ReferenceQuote Quote { get; set; }

    /// <summary>The terms; null as long as governance gave none.</summary>
    public FeedTerms? Terms { get; private set; }

    /// <summary>What the latest observation came to; without terms it says nothing.</summary>
    public FeedCondition Condition { get; private set; }

    /// <summary>The sources of a feed with terms, in the order in which they were admitted.</summary>
    public ReadOnlySpan<FeedSource> Sources => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_sources);

    /// <summary>Gives the feed terms. Its only source so far becomes the first of its sources.</summary>
    public void Give(FeedTerms terms)
    {
        if (Terms is null && Enabled) _sources.Add(new FeedSource { Key = SourceKey, Round = Round, Time = Time, Price = Price });
        Terms = terms;
    }

    /// <summary>Puts terms back as a snapshot has them.</summary>
    public void Restore(FeedTerms terms, FeedCondition condition) => (Terms, Condition) = (terms, condition);

    /// <summary>Puts a source back as a snapshot has it.</summary>
    public void Restore(in FeedSource source) => _sources.Add(source);

    /// <summary>Whether a key may speak for the feed.</summary>
    public bool HasSource(in Digest key) => Terms is null ? Enabled && SourceKey == key : PlaceOf(key) >= 0;

    /// <summary>The place of a source, or -1.</summary>
    public int PlaceOf(in Digest key)
    {
        for (var place = 0; place < _sources.Count; place++)
        {
            if (_sources[place].Key == key) return place;
        }

        return -1;
    }

    /// <summary>Admits or dismisses a source; false if there is no room.</summary>
    public bool TrySet(in Digest key, bool enabled)
    {
        var place = PlaceOf(key);
        if (!enabled)
        {
            if (place >= 0) _sources.RemoveAt(place);
            return true;
        }

        if (place >= 0) return true;
        if (_sources.Count == FeedTerms.MaxSources) return false;
        _sources.Add(new FeedSource { Key = key });
        return true;
    }

    /// <summary>Takes a source's observation.</summary>
    public void Observe(int place, ulong round, BlockTime time, long price)
    {
        var source = _sources[place];
        (source.Round, source.Time, source.Price) = (round, time, price);
        _sources[place] = source;
    }

    /// <summary>Judges what was observed; true if it gave a new accepted price.</summary>
    public bool Judge(BlockTime now)
    {
        if (Terms is null) return false;
        Condition = FeedMedian.Judge(Sources, Terms, now, out var price, out var time);
        if (Condition != FeedCondition.Good) return false;
        (Price, Time) = (price, time);
        Round++;
        return true;
    }

    /// <summary>Whether loans may be judged by the latest price at that time.</summary>
    public bool IsUsable(BlockTime now) =>
        Terms is { Frozen: false } terms && Condition == FeedCondition.Good && Price != 0
        && (Int128)now.Microseconds - Time.Microseconds <= terms.HeartbeatMicroseconds;
}
