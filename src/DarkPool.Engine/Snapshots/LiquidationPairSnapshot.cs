using DarkPool.Engine.Lending;
using DarkPool.Engine.Lending.Liquidation;

namespace DarkPool.Engine.Snapshots;

/// <summary>One pair's part of a snapshot, of a pool or an isolated market: terms, backstops, bids.</summary>
internal static class LiquidationPairSnapshot
{
    /// <summary>A pair without backstops and bids.</summary>
    public const int LeastBytes = (3 * 4) + (2 * 16) + (3 * 4) + 4 + 4;

    private const int BidSize = 4 + 8 + 8 + 4 + 8 + 8;

    public static void Write(SnapshotWriter writer, LiquidationMarket market)
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

    public static LiquidationTerms ReadTerms(ref SnapshotReader reader) => new()
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

    /// <param name="reader">The snapshot, behind the terms.</param>
    /// <param name="state">The venue's state, with its ledger.</param>
    /// <param name="debtAsset">The asset that bids hold.</param>
    /// <param name="market">The pair.</param>
    /// <param name="holds">What is held of each ledger cell; what bids hold is added.</param>
    public static void ReadBuyers(
        ref SnapshotReader reader, VenueState state, uint debtAsset, LiquidationMarket market, UInt128[] holds)
    {
        for (var left = reader.Count(sizeof(uint)); left > 0; left--)
        {
            var account = reader.UInt32();
            var sound = account < state.Accounts.Count && market.SetBackstop(account, true);
            SnapshotReader.Require(sound, "a backstop is nobody, or there twice");
        }

        var sequence = reader.UInt64();
        for (var left = reader.Count(BidSize); left > 0; left--) ReadBid(ref reader, state, debtAsset, market, holds);
        SnapshotReader.Require(sequence >= market.Bids.Sequence, "a bid is later than the last one");
        market.Bids.RestoreSequence(sequence);
    }

    private static void ReadBid(
        ref SnapshotReader reader, VenueState state, uint debtAsset, LiquidationMarket market, UInt128[] holds)
    {
        var bid = new LiquidationBid(
            reader.UInt32(), reader.UInt64(), reader.Int64(), reader.UInt32(), reader.UInt64(), reader.UInt64());
        var sound = bid.Account < state.Accounts.Count && bid.MaxTicks > 0 && bid.Lots != 0 && bid.Discount < RiskIndex.Liquidatable
            && bid.Sequence > market.Bids.Sequence && market.Bids.Count < LiquidationBids.MaxBids
            && market.Bids.Find(bid.Account, bid.Id) < 0;
        SnapshotReader.Require(sound, "a bid is one that nobody can have placed");
        var cell = state.Ledger.Find(bid.Account, debtAsset);
        var cost = LendingDesk.CostOf(market.Terms, bid.MaxTicks, bid.Lots);
        var isHeld = cell != 0 && holds[cell] <= state.Ledger[cell].Held && cost <= state.Ledger[cell].Held - holds[cell];
        SnapshotReader.Require(isHeld, "a bid holds more than is held");
        holds[cell] += cost.Low;
        market.Bids.Restore(bid);
    }
}
