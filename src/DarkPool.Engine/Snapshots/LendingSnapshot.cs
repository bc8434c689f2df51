using DarkPool.Engine.Feeds;
using DarkPool.Engine.Lending;
using DarkPool.Engine.Markets;

namespace DarkPool.Engine.Snapshots;

/// <summary>
/// What lending adds to a snapshot: feeds with terms, pools, isolated markets. A venue without any of them writes nothing, as before there
/// was lending.
/// </summary>
internal static class LendingSnapshot
{
    private const int SourceSize = Digest.Size + 8 + 8 + 8;
    private const int FeedSize = 4 + FeedBytes.TermsSize + 1 + 4;

    private static ReadOnlySpan<byte> Name => "LND1"u8;

    public static void Write(SnapshotWriter writer, SortedDictionary<uint, PriceFeed> feeds, LendingDesk desk)
    {
        var judged = feeds.Where(feed => feed.Value.Terms is not null).ToArray();
        if (judged.Length == 0 && desk.IsEmpty) return;
        writer.Bytes(Name);
        writer.UInt32((uint)judged.Length);
        foreach (var (number, feed) in judged) WriteFeed(writer, number, feed);
        ListedPool[] pools = [.. desk.Pools];
        writer.UInt32((uint)pools.Length);
        foreach (var pool in pools) PoolSnapshot.Write(writer, pool);
        ListedIsolatedMarket[] markets = [.. desk.Markets];
        writer.UInt32((uint)markets.Length);
        foreach (var market in markets) IsolatedSnapshot.Write(writer, market);
    }

    public static void Read(
        ref SnapshotReader reader, VenueState state, SortedDictionary<uint, PriceFeed> feeds, AssetTerms?[] assets, LendingDesk desk)
    {
        if (!reader.TryName(Name)) return;
        desk.Resume();
        for (var left = reader.Count(FeedSize); left > 0; left--) ReadFeed(ref reader, feeds);
        for (var left = reader.Count(PoolSnapshot.LeastBytes); left > 0; left--)
        {
            desk.Restore(PoolSnapshot.Read(ref reader, state, feeds, assets, desk));
        }

        for (var left = reader.Count(IsolatedSnapshot.LeastBytes); left > 0; left--)
        {
            desk.Restore(IsolatedSnapshot.Read(ref reader, state, assets, desk));
        }
    }

    private static void WriteFeed(SnapshotWriter writer, uint number, PriceFeed feed)
    {
        Span<byte> terms = stackalloc byte[FeedBytes.TermsSize];
        FeedBytes.Write(terms, feed.Terms!);
        writer.UInt32(number);
        writer.Bytes(terms);
        writer.Byte((byte)feed.Condition);
        writer.UInt32((uint)feed.Sources.Length);
        foreach (ref readonly var source in feed.Sources)
        {
            writer.Digest(source.Key);
            writer.UInt64(source.Round);
            writer.Time(source.Time);
            writer.Int64(source.Price);
        }
    }

    private static void ReadFeed(ref SnapshotReader reader, SortedDictionary<uint, PriceFeed> feeds)
    {
        var number = reader.UInt32();
        var terms = FeedBytes.Read(reader.Bytes(FeedBytes.TermsSize));
        var sound = feeds.TryGetValue(number, out var feed) && feed.Terms is null && terms.IsSound(number);
        SnapshotReader.Require(sound, "a feed has terms that none can have");
        feed!.Restore(terms, (FeedCondition)reader.Byte());
        for (var left = reader.Count(SourceSize); left > 0; left--)
        {
            SnapshotReader.Require(feed.Sources.Length < FeedTerms.MaxSources, "a feed has too many sources");
            var key = reader.Digest();
            feed.Restore(new FeedSource { Key = key, Round = reader.UInt64(), Time = reader.Time(), Price = reader.Int64() });
        }
    }
}
