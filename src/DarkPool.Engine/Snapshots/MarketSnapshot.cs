using DarkPool.Engine.Markets;
using DarkPool.Engine.Markets.Crossing;
using DarkPool.Engine.Orders;
using DarkPool.Engine.Settlement;
using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Snapshots;

/// <summary>
/// A market's part of a snapshot: terms, trades that wait for settlement, and resting orders in the order of their priority.
/// </summary>
internal static class MarketSnapshot
{
    /// <summary>A market of no trades and no orders.</summary>
    public const int LeastBytes = 4 + 4 + 4 + 1 + 16 + 16 + 8 + ParameterSnapshot.Size + 1 + 4 + 4 + 4;

    private const int PendingSize = 8 + 4 + 16 + 16;
    private const int OrderSize = 4 + 8 + 8 + 8 + 8 + 8;

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
        foreach (var slot in book.Slots(side))
        {
            ref readonly var order = ref state.Orders.Order(slot);
            var expiry = state.Orders.Details[slot].ExpiryPlace == 0 ? default : state.Orders.Expiring[slot];
            writer.UInt32(order.Owner);
            writer.UInt64(order.Id);
            writer.Int64(book.PriceOf(slot));
            writer.UInt64(order.Lots);
            writer.Int64(expiry.Time);
            writer.UInt64(expiry.Sequence);
        }
    }

    private static void ReadOrders(ref SnapshotReader reader, ContinuousMarket market, Side side, VenueState state, Span<UInt128> holds)
    {
        for (var left = reader.Count(OrderSize); left > 0; left--)
        {
            var (account, clientOrderId) = (reader.UInt32(), reader.UInt64());
            var (price, lots) = (reader.Int64(), reader.UInt64());
            var expiry = new Expiry { Time = reader.Int64(), Sequence = reader.UInt64() };
            var payCell = account < state.Accounts.Count ? state.Ledger.Find(account, market.PaysWith(side)) : 0;
            var sound = payCell != 0 && price > 0 && lots != 0 && !market.Book.Crosses(side, price);
            SnapshotReader.Require(sound && market.TryGetHold(side, price, lots, out _), "an order cannot rest");
            var hash = state.Orders.HashOf(account, clientOrderId);
            SnapshotReader.Require(state.Orders.Find(account, clientOrderId, hash) == 0, "an order is there twice");
            var hold = market.HoldOf(side, price, lots);
            SnapshotReader.Require(hold <= state.Ledger[payCell].Held - holds[(int)payCell], "orders hold more than is held");
            holds[(int)payCell] += hold;
            expiry.Slot = market.Book.Rest(side, price, lots, clientOrderId, account);
            state.Orders.Add(expiry.Slot, hash, new OrderDetail { PayCell = payCell, Market = market.Number });
            if (expiry.Sequence != 0) state.Orders.Expiring.Add(expiry);
        }
    }
}
