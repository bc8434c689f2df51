using DarkPool.Engine.Ledger;
using DarkPool.Engine.Markets;

namespace DarkPool.Engine.Snapshots;

/// <summary>The parts of a snapshot that no market owns.</summary>
internal static class VenueSnapshot
{
    private const int AssetSize = 4 + AssetTerms.TokenSize;
    private const int FeedSize = 4 + Digest.Size + 1 + 8 + 8 + 8;
    private const int CellSize = 4 + 4 + 16 + 16;

    /// <summary>The format and its version.</summary>
    public static ReadOnlySpan<byte> Magic => "DPV3"u8;

    public static void WriteAssets(SnapshotWriter writer, AssetTerms[] assets)
    {
        writer.UInt32((uint)assets.Length);
        foreach (var asset in assets)
        {
            writer.UInt32(asset.Number);
            writer.Bytes(asset.Token.AsSpan());
        }
    }

    public static List<AssetTerms> ReadAssets(ref SnapshotReader reader)
    {
        var assets = new List<AssetTerms>();
        for (var left = reader.Count(AssetSize); left > 0; left--)
        {
            var number = reader.UInt32();
            var inOrder = number < VenueLimits.MaxAssets && (assets.Count == 0 || number > assets[^1].Number);
            SnapshotReader.Require(inOrder, "an asset's number is too large or out of order");
            assets.Add(new AssetTerms { Number = number, Token = [.. reader.Bytes(AssetTerms.TokenSize)] });
        }

        return assets;
    }

    public static void WriteFeeds(SnapshotWriter writer, SortedDictionary<uint, PriceFeed> feeds)
    {
        writer.UInt32((uint)feeds.Count);
        foreach (var (number, feed) in feeds)
        {
            writer.UInt32(number);
            writer.Digest(feed.SourceKey);
            writer.Byte(feed.Enabled ? (byte)1 : (byte)0);
            writer.UInt64(feed.Round);
            writer.Time(feed.Time);
            writer.Int64(feed.Price);
        }
    }

    public static void ReadFeeds(ref SnapshotReader reader, SortedDictionary<uint, PriceFeed> feeds)
    {
        for (var left = reader.Count(FeedSize); left > 0; left--)
        {
            var number = reader.UInt32();
            feeds[number] = new PriceFeed
            {
                SourceKey = reader.Digest(),
                Enabled = reader.Byte() != 0,
                Round = reader.UInt64(),
                Time = reader.Time(),
                Price = reader.Int64(),
            };
        }
    }

    public static void WriteLedger(SnapshotWriter writer, VenueState state)
    {
        writer.UInt32(state.Accounts.Count);
        for (uint account = 0; account < state.Accounts.Count; account++) writer.Bytes(state.Accounts.KeyOf(account));
        writer.UInt32(state.Ledger.Count);
        for (uint number = 1; number <= state.Ledger.Count; number++)
        {
            ref readonly var cell = ref state.Ledger[number];
            writer.UInt32(cell.Account);
            writer.UInt32(cell.Asset);
            writer.UInt128(cell.Available);
            writer.UInt128(cell.Held);
        }
    }

    public static void ReadLedger(ref SnapshotReader reader, VenueState state, AssetTerms?[] assets)
    {
        for (var left = reader.Count(AccountDirectory.KeySize); left > 0; left--)
        {
            var key = reader.Bytes(AccountDirectory.KeySize);
            SnapshotReader.Require(!state.Accounts.TryFind(key, out _), "an account is there twice");
            state.Accounts.Add(key);
        }

        for (var left = reader.Count(CellSize); left > 0; left--)
        {
            var (account, asset) = (reader.UInt32(), reader.UInt32());
            var known = account < state.Accounts.Count && asset < VenueLimits.MaxAssets && assets[asset] is not null;
            SnapshotReader.Require(known && state.Ledger.Find(account, asset) == 0, "a balance is nobody's, or there twice");
            var restored = state.Ledger.TryRestore(account, asset, reader.UInt128(), reader.UInt128());
            SnapshotReader.Require(restored, "the balances of an asset exceed 128 bits");
        }
    }
}
