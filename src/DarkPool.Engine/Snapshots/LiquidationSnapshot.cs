using DarkPool.Engine.Lending;
using DarkPool.Engine.Lending.Liquidation;

namespace DarkPool.Engine.Snapshots;

/// <summary>
/// What liquidation adds to a snapshot: per pool its markets with backstops and bids, and since when each lot is open. Who is unhealthy is
/// not written: it follows from the pool. A venue without liquidation markets writes nothing.
/// </summary>
internal static class LiquidationSnapshot
{
    private const int MarketSize = (3 * 4) + (2 * 16) + (3 * 4) + 4 + 4;
    private const int BidSize = 4 + 8 + 8 + 4 + 8 + 8;
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
            foreach (var market in pool.Liquidator.Markets) Write(writer, market);
            writer.UInt32((uint)pool.Liquidator.Open.Count);
            foreach (var (user, since) in pool.Liquidator.Open.All)
            {
                writer.UInt32(user);
                writer.UInt64(since);
            }
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
        for (var left = reader.Count(4 + 4 + MarketSize + 4); left > 0; left--)
        {
            var pool = desk.FindPool(reader.UInt32());
            SnapshotReader.Require(pool is { Liquidator: null }, "it liquidates a pool that is not there, or twice");
            for (var markets = reader.Count(MarketSize); markets > 0; markets--) ReadMarket(ref reader, state, pool!, holds);
            SnapshotReader.Require(pool!.Liquidator is not null, "a pool has no liquidation market");
            ReadLots(ref reader, pool);
        }
    }

    private static void ReadLots(ref SnapshotReader reader, ListedPool pool)
    {
        var next = 0u;
        for (var lots = reader.Count(LotSize); lots > 0; lots--)
        {
            var (user, since) = (reader.UInt32(), reader.UInt64());
            var sound = user >= next && user < pool.Members.Count && since <= pool.Pool.Now;
            SnapshotReader.Require(sound, "an open lot is nobody's, out of order or of the future");
            pool.Liquidator!.Open.Restore(user, since);
            next = user + 1;
        }
    }

    private static void Write(SnapshotWriter writer, LiquidationMarket market)
    {
        var terms = market.Terms;
        writer.UInt32(terms.Number);
        writer.UInt32((uint)terms.Collateral);
        writer.UInt32((uint)terms.Debt);
        writer.UInt128(terms.LotSize);
        writer.UInt128(terms.TickValue);
        writer.UInt32(terms.TargetHealth);
        writer.UInt32(terms.RampSeconds);
        writer.UInt32(terms.FullBonusHealth);
        writer.UInt32((uint)market.Backstops.Count);
        foreach (var account in market.Backstops) writer.UInt32(account);
        writer.UInt64(market.Bids.Sequence);
        writer.UInt32((uint)market.Bids.Count);
        foreach (ref readonly var bid in market.Bids.All)
        {
            writer.UInt32(bid.Account);
            writer.UInt64(bid.Id);
            writer.Int64(bid.MaxTicks);
            writer.UInt32(bid.Discount);
            writer.UInt64(bid.Lots);
            writer.UInt64(bid.Sequence);
        }
    }

    private static void ReadMarket(ref SnapshotReader reader, VenueState state, ListedPool pool, UInt128[] holds)
    {
        var terms = new LiquidationTerms
        {
            Number = reader.UInt32(),
            Collateral = (int)reader.UInt32(),
            Debt = (int)reader.UInt32(),
            LotSize = reader.UInt128(),
            TickValue = reader.UInt128(),
            TargetHealth = reader.UInt32(),
            RampSeconds = reader.UInt32(),
            FullBonusHealth = reader.UInt32(),
        };
        var isNew = pool.Liquidator?.Find(terms.Number) is null;
        SnapshotReader.Require(isNew && LendingDesk.TryList(pool, terms), "it lists a liquidation market that cannot be listed");
        var market = pool.Liquidator!.Find(terms.Number)!;
        for (var left = reader.Count(sizeof(uint)); left > 0; left--)
        {
            var account = reader.UInt32();
            var sound = account < state.Accounts.Count && market.SetBackstop(account, true);
            SnapshotReader.Require(sound, "a backstop is nobody, or there twice");
        }

        var sequence = reader.UInt64();
        for (var left = reader.Count(BidSize); left > 0; left--) ReadBid(ref reader, state, pool, market, holds);
        SnapshotReader.Require(sequence >= market.Bids.Sequence, "a bid is later than the last one");
        market.Bids.RestoreSequence(sequence);
    }

    private static void ReadBid(
        ref SnapshotReader reader, VenueState state, ListedPool pool, LiquidationMarket market, UInt128[] holds)
    {
        var bid = new LiquidationBid(
            reader.UInt32(), reader.UInt64(), reader.Int64(), reader.UInt32(), reader.UInt64(), reader.UInt64());
        var sound = bid.Account < state.Accounts.Count && bid.MaxTicks > 0 && bid.Lots != 0 && bid.Discount < RiskIndex.Liquidatable
            && bid.Sequence > market.Bids.Sequence && market.Bids.Count < LiquidationBids.MaxBids
            && market.Bids.Find(bid.Account, bid.Id) < 0;
        SnapshotReader.Require(sound, "a bid is one that nobody can have placed");
        var cell = state.Ledger.Find(bid.Account, pool.Reserves[market.Terms.Debt].Asset);
        var cost = LendingDesk.CostOf(market.Terms, bid.MaxTicks, bid.Lots);
        var isHeld = cell != 0 && holds[cell] <= state.Ledger[cell].Held && cost <= state.Ledger[cell].Held - holds[cell];
        SnapshotReader.Require(isHeld, "a bid holds more than is held");
        holds[cell] += cost.Low;
        market.Bids.Restore(bid);
    }
}
