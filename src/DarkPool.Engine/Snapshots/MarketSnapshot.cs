using DarkPool.Engine.Markets;
using DarkPool.Engine.Markets.Crossing;
using DarkPool.Engine.Settlement;
using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Snapshots;

/// <summary>
/// A market's part of a snapshot: terms, trades that wait for settlement, and resting orders in the order of their priority.
/// </summary>
internal static class MarketSnapshot
{
    /// <summary>A market of no trades and no orders.</summary>
    public const int LeastBytes = 4 + 4 + 4 + 1 + 16 + 16 + 8 + ParameterSnapshot.Size + 1 + 4 + 4 + 4 + 4;

    private const int PendingSize = 8 + 4 + 16 + 16;
    private const int TallySize = 4 + 8;

    public static void Write(SnapshotWriter writer, Market market, VenueState state)
    {
        var terms = market.Terms;
        writer.UInt32(terms.Number);
        writer.UInt32(terms.BaseAsset);
        writer.UInt32(terms.QuoteAsset);
        writer.Byte((byte)terms.Rule);
        writer.UInt128(terms.LotSize);
        writer.UInt128(terms.TickValue);
        writer.Int64(terms.PublicationDelayMicroseconds);
        ParameterSnapshot.Write(writer, terms.Parameters);
        writer.Byte(market.IsHalted ? (byte)1 : (byte)0);
        WriteImmediate(writer, market);
        writer.UInt32((uint)market.Pending.Count);
        for (var place = 0; place < market.Pending.Count; place++) WritePending(writer, market.Pending[place]);
        if (market is CrossingMarket crossing) CrossingSnapshot.Write(writer, crossing, state);
        if (market is not ContinuousMarket continuous) return;
        WriteOrders(writer, continuous.Book, Side.Buy, state);
        WriteOrders(writer, continuous.Book, Side.Sell, state);
    }

    public static MarketTerms ReadTerms(ref SnapshotReader reader) => new()
    {
        Number = reader.UInt32(),
        BaseAsset = reader.UInt32(),
        QuoteAsset = reader.UInt32(),
        Rule = (MatchingRule)reader.Byte(),
        LotSize = reader.UInt128(),
        TickValue = reader.UInt128(),
        PublicationDelayMicroseconds = reader.Int64(),
        Parameters = ParameterSnapshot.Read(ref reader),
    };

    /// <summary>Reads what follows the terms, and adds up what the orders of each ledger cell hold.</summary>
    public static void Read(ref SnapshotReader reader, Market market, VenueState state, Span<UInt128> holds)
    {
        market.IsHalted = reader.Byte() != 0;
        ReadImmediate(ref reader, market, state);
        for (var left = reader.Count(PendingSize); left > 0; left--)
        {
            market.Pending.Enqueue(new PendingBlock
            {
                Due = reader.Time(),
                Totals = new TradeTotals { Trades = reader.UInt32(), Lots = reader.UInt128(), Notional = reader.UInt128() },
            });
        }

        if (market is CrossingMarket crossing) CrossingSnapshot.Read(ref reader, crossing, state, holds);
        if (market is not ContinuousMarket continuous) return;
        ReadOrders(ref reader, continuous, Side.Buy, state, holds);
        ReadOrders(ref reader, continuous, Side.Sell, state, holds);
    }

    private static void WritePending(SnapshotWriter writer, in PendingBlock pending)
    {
        writer.Time(pending.Due);
        writer.UInt32(pending.Totals.Trades);
        writer.UInt128(pending.Totals.Lots);
        writer.UInt128(pending.Totals.Notional);
    }

    private static void WriteOrders(SnapshotWriter writer, LimitBook book, Side side, VenueState state)
    {
        writer.UInt32((uint)book.Slots(side).Count());
        foreach (var slot in book.Slots(side)) OrderSnapshot.Write(writer, slot, book.PriceOf(slot), state.Orders);
    }

    private static void ReadOrders(ref SnapshotReader reader, ContinuousMarket market, Side side, VenueState state, Span<UInt128> holds)
    {
        for (var left = reader.Count(OrderSnapshot.Size); left > 0; left--)
        {
            var (order, detail, expiry) = OrderSnapshot.Read(ref reader, market, side, state, holds);
            expiry.Slot = market.Restore(order, detail);
            if (expiry.Sequence != 0) state.Orders.Expiring.Add(expiry);
        }
    }

    private static void WriteImmediate(SnapshotWriter writer, Market market)
    {
        var counts = Enumerable.Range(0, (int)market.Immediate.Accounts)
            .Select(account => (Account: (uint)account, Count: market.Immediate.CountOf((uint)account, market.Window)))
            .Where(tally => tally.Count != 0).ToList();
        writer.UInt32((uint)counts.Count);
        foreach (var (account, count) in counts)
        {
            writer.UInt32(account);
            writer.UInt64(count);
        }
    }

    private static void ReadImmediate(ref SnapshotReader reader, Market market, VenueState state)
    {
        for (var left = reader.Count(TallySize); left > 0; left--)
        {
            var (account, count) = (reader.UInt32(), reader.UInt64());
            SnapshotReader.Require(account < state.Accounts.Count && count != 0, "a count of immediate orders is nobody's");
            market.Immediate.Set(account, market.Window, count);
        }
    }
}
