namespace DarkPool.Engine.Feeds;

/// <summary>
/// From the latest observations of a feed's sources to one price: the median of the fresh ones, without those that lie too far from it,
/// if enough are left. Of two middle ones the mean is taken, rounded down.
/// </summary>
internal static class FeedMedian
{
    /// <summary>Judges the observations.</summary>
    /// <param name="sources">All sources of the feed.</param>
    /// <param name="terms">Its terms.</param>
    /// <param name="now">The block's time.</param>
    /// <param name="price">The median of those that count, if the result is good.</param>
    /// <param name="time">The time until which enough of those that count were observed: the price is as old as that.</param>
    public static FeedCondition Judge(
        ReadOnlySpan<FeedSource> sources, FeedTerms terms, BlockTime now, out long price, out BlockTime time)
    {
        Span<long> prices = stackalloc long[FeedTerms.MaxSources];
        Span<long> times = stackalloc long[FeedTerms.MaxSources];
        (price, time) = (0, default);
        var count = 0;
        foreach (ref readonly var source in sources)
        {
            if (!IsFresh(source, terms, now)) continue;
            prices[count++] = source.Price;
        }

        if (count < terms.MinimumSources) return FeedCondition.TooFewSources;
        var middle = MedianOf(prices[..count]);
        count = 0;
        foreach (ref readonly var source in sources)
        {
            if (!IsFresh(source, terms, now) || !IsNear(source.Price, middle, terms.MaxDeviation)) continue;
            (prices[count], times[count]) = (source.Price, source.Time.Microseconds);
            count++;
        }

        if (count < terms.MinimumSources) return FeedCondition.SourcesDisagree;
        price = MedianOf(prices[..count]);
        times[..count].Sort();
        time = new BlockTime(times[count - terms.MinimumSources]);
        return price >= terms.LowestPrice && price <= terms.HighestPrice ? FeedCondition.Good : FeedCondition.OutOfBounds;
    }

    private static bool IsFresh(in FeedSource source, FeedTerms terms, BlockTime now) =>
        source.Price != 0 && (Int128)now.Microseconds - source.Time.Microseconds <= terms.HeartbeatMicroseconds;

    private static bool IsNear(long price, long middle, uint maxDeviation) =>
        Int128.Abs((Int128)price - middle) * 10_000 <= (Int128)middle * maxDeviation;

    private static long MedianOf(Span<long> prices)
    {
        prices.Sort();
        var upper = prices[prices.Length / 2];
        return prices.Length % 2 != 0 ? upper : (long)(((Int128)prices[(prices.Length / 2) - 1] + upper) / 2);
    }
}
