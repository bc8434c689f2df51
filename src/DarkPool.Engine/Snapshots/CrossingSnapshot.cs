using DarkPool.Engine.Markets.Crossing;
using DarkPool.Engine.Orders;
using DarkPool.Engine.Trading;
using DarkPool.Engine.Trading.Auctions;

namespace DarkPool.Engine.Snapshots;

/// <summary>What auctions and midpoint markets have beside their terms: the market's own state, then its orders by priority.</summary>
internal static class CrossingSnapshot
{
    private const int NameSize = 4 + 8 + 8 + 8 + 1 + 8 + 8 + 4 + 1 + 1 + 8 + 8;
    private const int TermsSize = 8 + 8 + 8 + 8 + 1;

    public static void Write(SnapshotWriter writer, CrossingMarket market, VenueState state)
    {
        if (market is AuctionMarket auction) Write(writer, auction, state);
        else MidpointSnapshot.Write(writer, (MidpointMarket)market, state);
    }

    public static void Read(ref SnapshotReader reader, CrossingMarket market, VenueState state, Span<UInt128> holds)
    {
        if (market is AuctionMarket auction) Read(ref reader, auction, state, holds);
        else MidpointSnapshot.Read(ref reader, (MidpointMarket)market, state, holds);
    }

    /// <summary>Writes what the venue knows of an order: whose it is, what it holds, when it expires.</summary>
    public static void WriteName(SnapshotWriter writer, uint slot, VenueState state)
    {
        ref readonly var node = ref state.Orders.Order(slot);
        var crossing = state.Crossing[slot];
        ref readonly var detail = ref state.Orders.Details[slot];
        var expiry = detail.ExpiryPlace == 0 ? default : state.Orders.Expiring[slot];
        writer.UInt32(node.Owner);
        writer.UInt64(node.Id);
        writer.Int64(crossing.HoldPrice);
        writer.UInt64(crossing.HeldLots);
        writer.Byte((byte)crossing.Side);
        writer.Int64(expiry.Time);
        writer.UInt64(expiry.Sequence);
        writer.UInt32(detail.FeeMillionths);
        writer.Byte((byte)detail.Flags);
        writer.Byte((byte)detail.SelfTrade);
        writer.UInt64(detail.Fingerprint);
        writer.UInt64(detail.Session);
    }

    /// <summary>Opens such an order again.</summary>
    public static uint ReadName(ref SnapshotReader reader, CrossingMarket market, ulong lots, VenueState state, Span<UInt128> holds)
    {
        var (account, clientOrderId) = (reader.UInt32(), reader.UInt64());
        var crossing = new CrossingOrder { HoldPrice = reader.Int64(), HeldLots = reader.UInt64(), Side = (Side)reader.Byte() };
        var expiry = new Expiry { Time = reader.Int64(), Sequence = reader.UInt64() };
        var detail = new OrderDetail
        {
            Market = market.Number,
            FeeMillionths = reader.UInt32(),
            Flags = (OrderFlags)reader.Byte(),
            SelfTrade = (SelfTradePrevention)reader.Byte(),
            Fingerprint = reader.UInt64(),
            Session = reader.UInt64(),
        };
        var sound = crossing.Side is Side.Buy or Side.Sell && crossing.HoldPrice > 0 && lots != 0 && account < state.Accounts.Count
            && detail.FeeMillionths <= VenueLimits.MaxFeeMillionths;
        detail.PayCell = sound ? state.Ledger.Find(account, market.PaysWith(crossing.Side)) : 0;
        var canRest = detail.PayCell != 0 && market.TryGetHold(crossing.Side, crossing.HoldPrice, lots, detail.FeeMillionths, out _);
        SnapshotReader.Require(canRest && crossing.HeldLots <= lots, "an order cannot rest");
        var hash = state.Orders.HashOf(account, clientOrderId);
        SnapshotReader.Require(state.Orders.Locate(account, clientOrderId, hash) == 0, "an order is there twice");
        var hold = crossing.HeldLots == 0
            ? 0 : market.HoldOf(crossing.Side, crossing.HoldPrice, crossing.HeldLots, detail.FeeMillionths);
        var cell = (int)detail.PayCell;
        SnapshotReader.Require(hold <= state.Ledger[detail.PayCell].Held - holds[cell], "orders hold more than is held");
        holds[cell] += hold;
        expiry.Slot = market.OpenSlot(account, clientOrderId, lots, crossing, detail);
        if (expiry.Sequence != 0) state.Orders.Expiring.Add(expiry);
        return expiry.Slot;
    }

    public static void WriteMinimum(SnapshotWriter writer, TradeMinimum minimum)
    {
        writer.UInt64(minimum.Quantity);
        writer.UInt64(minimum.Interaction);
    }

    public static TradeMinimum ReadMinimum(ref SnapshotReader reader) => new(reader.UInt64(), reader.UInt64());

    private static void Write(SnapshotWriter writer, AuctionMarket market, VenueState state)
    {
        writer.UInt64(market.Book.Auctions);
        writer.Byte(market.Closes is null ? (byte)0 : (byte)1);
        writer.Time(market.Closes ?? BlockTime.None);
        writer.Int64(market.Last?.Ticks ?? 0);
        WaitingOrder[] waiting = [.. market.Book.Orders(Side.Buy), .. market.Book.Orders(Side.Sell)];
        writer.UInt32((uint)waiting.Length);
        foreach (var (order, cohort) in waiting)
        {
            writer.UInt64(order.Quantity.Lots);
            WriteName(writer, (uint)order.Id, state);
            writer.UInt64(cohort);
            WriteMinimum(writer, order.Minimum);
            writer.Byte((byte)order.Execution);
        }
    }

    private static void Read(ref SnapshotReader reader, AuctionMarket market, VenueState state, Span<UInt128> holds)
    {
        market.Book.RestoreAuctions(reader.UInt64());
        var isOpen = reader.Byte() != 0;
        var close = reader.Time();
        market.Closes = isOpen ? close : null;
        var last = reader.Int64();
        market.Last = last == 0 ? null : new Price(last);
        for (var left = reader.Count(NameSize + TermsSize); left > 0; left--)
        {
            var lots = reader.UInt64();
            var slot = ReadName(ref reader, market, lots, state, holds);
            var cohort = reader.UInt64();
            ref readonly var node = ref state.Orders.Order(slot);
            var order = new AuctionOrder
            {
                Id = slot,
                Owner = node.Owner,
                Key = node.Id,
                Side = state.Crossing[slot].Side,
                Price = new Price(state.Crossing[slot].HoldPrice),
                Quantity = new Quantity(lots),
                Minimum = ReadMinimum(ref reader),
                Execution = (Execution)reader.Byte(),
            };
            SnapshotReader.Require(market.Book.Restore(new WaitingOrder(order, cohort)), "an order cannot wait");
        }
    }
}
