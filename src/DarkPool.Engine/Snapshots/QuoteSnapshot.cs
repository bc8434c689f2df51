namespace DarkPool.Engine.Snapshots;

/// <summary>The latest quotes of feeds, and the seed of draws.</summary>
internal static class QuoteSnapshot
{
    private const int QuoteSize = 4 + 8 + 8 + 8 + 8;

    public static void Write(SnapshotWriter writer, VenueState state)
    {
        writer.Digest(state.DrawSeed);
        var quoted = state.Feeds.Where(feed => feed.Value.Quote.Round != 0).ToArray();
        writer.UInt32((uint)quoted.Length);
        foreach (var (number, feed) in quoted)
        {
            writer.UInt32(number);
            writer.UInt64(feed.Quote.Round);
            writer.Time(feed.Quote.Time);
            writer.Int64(feed.Quote.Bid);
            writer.Int64(feed.Quote.Ask);
        }
    }

    public static void Read(ref SnapshotReader reader, VenueState state)
    {
        state.DrawSeed = reader.Digest();
        for (var left = reader.Count(QuoteSize); left > 0; left--)
        {
            var known = state.Feeds.TryGetValue(reader.UInt32(), out var feed);
            SnapshotReader.Require(known && feed!.Quote.Round == 0, "a quote belongs to no feed");
            feed!.Quote = new ReferenceQuote(reader.UInt64(), reader.Time(), reader.Int64(), reader.Int64());
        }
    }
}
