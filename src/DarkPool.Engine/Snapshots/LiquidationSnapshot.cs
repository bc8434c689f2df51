using DarkPool.Engine.Lending;
using DarkPool.Engine.Lending.Liquidation;

namespace DarkPool.Engine.Snapshots;

/// <summary>
/// What liquidation adds to a snapshot: per pool its markets with backstops and bids, and since when each lot is open. Who is unhealthy is
/// not written: it follows from the pool. A venue without liquidation markets writes nothing.
/// </summary>
internal static class LiquidationSnapshot
{
    private const int LotSize = 4 + 8;

    private static ReadOnlySpan<byte> Name => "LIQ1"u8;

    public static void Write(SnapshotWriter writer, LendingDesk desk)
    {
        ListedPool[] pools = [.. desk.Pools.Where(pool => pool.Liquidator is not null)];
        if (pools.Length == 0) return;
        writer.Bytes(Name);
        writer.UInt64(desk.Sales);
        writer.UInt32((uint)pools.Length);
        foreach (var pool in pools)
        {
            writer.UInt32(pool.Terms.Number);
            writer.UInt32((uint)pool.Liquidator!.Markets.Count);
            foreach (var market in pool.Liquidator.Markets) LiquidationPairSnapshot.Write(writer, market);
            WriteLots(writer, pool.Liquidator.Open);
        }
    }

    /// <param name="reader">The snapshot.</param>
    /// <param name="state">The venue's state, with its ledger.</param>
    /// <param name="desk">The desk, with its pools.</param>
    /// <param name="holds">What is held of each ledger cell; what bids hold is added.</param>
    public static void Read(ref SnapshotReader reader, VenueState state, LendingDesk desk, UInt128[] holds)
    {
        if (!reader.TryName(Name)) return;
        desk.Sales = reader.UInt64();
        for (var left = reader.Count(4 + 4 + LiquidationPairSnapshot.LeastBytes + 4); left > 0; left--)
        {
            var pool = desk.FindPool(reader.UInt32());
            SnapshotReader.Require(pool is { Liquidator: null }, "it liquidates a pool that is not there, or twice");
            var markets = reader.Count(LiquidationPairSnapshot.LeastBytes);
            for (; markets > 0; markets--) ReadMarket(ref reader, state, pool!, holds);
            SnapshotReader.Require(pool!.Liquidator is not null, "a pool has no liquidation market");
            ReadLots(ref reader, pool.Liquidator!.Open, pool.Members.Count, pool.Pool.Now);
        }
    }

    /// <summary>Since when lots are open.</summary>
    public static void WriteLots(SnapshotWriter writer, OpenLots open)
    {
        writer.UInt32((uint)open.Count);
        foreach (var (user, since) in open.All)
        {
            writer.UInt32(user);
            writer.UInt64(since);
        }
    }

    public static void ReadLots(ref SnapshotReader reader, OpenLots open, uint users, ulong now)
    {
        var next = 0u;
        for (var lots = reader.Count(LotSize); lots > 0; lots--)
        {
            var (user, since) = (reader.UInt32(), reader.UInt64());
            var sound = user >= next && user < users && since <= now;
            SnapshotReader.Require(sound, "an open lot is nobody's, out of order or of the future");
            open.Restore(user, since);
            next = user + 1;
        }
    }

    private static void ReadMarket(ref SnapshotReader reader, VenueState state, ListedPool pool, UInt128[] holds)
    {
        var terms = LiquidationPairSnapshot.ReadTerms(ref reader);
        var isNew = pool.Liquidator?.Find(terms.Number) is null;
        SnapshotReader.Require(isNew && LendingDesk.TryList(pool, terms), "it lists a liquidation market that cannot be listed");
        var market = pool.Liquidator!.Find(terms.Number)!;
        LiquidationPairSnapshot.ReadBuyers(ref reader, state, pool.Reserves[terms.Debt].Asset, market, holds);
    }
}
