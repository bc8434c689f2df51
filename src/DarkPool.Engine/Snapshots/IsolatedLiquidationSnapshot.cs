using DarkPool.Engine.Lending;

namespace DarkPool.Engine.Snapshots;

/// <summary>
/// What liquidation of isolated markets adds to a snapshot: per market its pair with backstops and bids, and since when each lot is open.
/// A venue without any writes nothing.
/// </summary>
internal static class IsolatedLiquidationSnapshot
{
    private static ReadOnlySpan<byte> Name => "ILQ1"u8;

    public static void Write(SnapshotWriter writer, LendingDesk desk)
    {
        ListedIsolatedMarket[] markets = [.. desk.Markets.Where(market => market.Liquidator is not null)];
        if (markets.Length == 0) return;
        writer.Bytes(Name);
        writer.UInt64(desk.Sales);
        writer.UInt32((uint)markets.Length);
        foreach (var market in markets)
        {
            writer.UInt32(market.Number);
            LiquidationPairSnapshot.Write(writer, market.Liquidator!.Pair);
            LiquidationSnapshot.WriteLots(writer, market.Liquidator.Open);
        }
    }

    /// <param name="reader">The snapshot.</param>
    /// <param name="state">The venue's state, with its ledger.</param>
    /// <param name="desk">The desk, with its isolated markets.</param>
    /// <param name="holds">What is held of each ledger cell; what bids hold is added.</param>
    public static void Read(ref SnapshotReader reader, VenueState state, LendingDesk desk, UInt128[] holds)
    {
        if (!reader.TryName(Name)) return;
        desk.Sales = reader.UInt64();
        for (var left = reader.Count(4 + LiquidationPairSnapshot.LeastBytes + 4); left > 0; left--)
        {
            var market = desk.FindMarket(reader.UInt32());
            SnapshotReader.Require(market is { Liquidator: null }, "it liquidates an isolated market that is not there, or twice");
            var terms = LiquidationPairSnapshot.ReadTerms(ref reader);
            var isSound = terms is { Number: 0, Collateral: 0, Debt: 1 } && LendingDesk.TryLiquidate(market!, terms);
            SnapshotReader.Require(isSound, "it liquidates an isolated market in a way that cannot be");
            var pair = market!.Liquidator!.Pair;
            LiquidationPairSnapshot.ReadBuyers(ref reader, state, market.Terms.LoanAsset, pair, holds);
            LiquidationSnapshot.ReadLots(
                ref reader, market.Liquidator.Open, market.Members.Count, LendingDesk.SecondsOf(state.Time));
        }
    }
}
