using DarkPool.Engine.Markets;
using DarkPool.Engine.Orders;
using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Snapshots;

/// <summary>A resting order in a snapshot, whatever its market: its node, its detail, its minimums, its expiry.</summary>
internal static class OrderSnapshot
{
    /// <summary>The size in bytes.</summary>
    public const int Size = 4 + 8 + 8 + 8 + 8 + 8 + 4 + 1 + 1 + 16 + 8 + 8;

    public static void Write(SnapshotWriter writer, uint slot, long price, OpenOrders orders)
    {
        ref readonly var order = ref orders.Order(slot);
        ref readonly var detail = ref orders.Details[slot];
        var expiry = detail.ExpiryPlace == 0 ? default : orders.Expiring[slot];
        var minimum = detail.HasMinimum ? orders.Details.Minimum(slot) : default;
        writer.UInt32(order.Owner);
        writer.UInt64(order.Id);
        writer.Int64(price);
        writer.UInt64(order.Lots);
        writer.Int64(expiry.Time);
        writer.UInt64(expiry.Sequence);
        writer.UInt32(detail.FeeMillionths);
        writer.Byte((byte)detail.Flags);
        writer.Byte((byte)detail.SelfTrade);
        writer.UInt64(minimum.Quantity);
        writer.UInt64(minimum.Interaction);
        writer.UInt64(detail.Fingerprint);
        writer.UInt64(detail.Session);
    }

    /// <summary>Reads an order, and adds what it holds to what its cell is known to hold.</summary>
    public static RestoredOrder Read(ref SnapshotReader reader, Market market, Side side, VenueState state, Span<UInt128> holds)
    {
        var (account, clientOrderId) = (reader.UInt32(), reader.UInt64());
        var (price, lots) = (reader.Int64(), reader.UInt64());
        var expiry = new Expiry { Time = reader.Int64(), Sequence = reader.UInt64() };
        var detail = new OrderDetail
        {
            Market = market.Number,
            FeeMillionths = reader.UInt32(),
            Flags = (OrderFlags)reader.Byte(),
            SelfTrade = (SelfTradePrevention)reader.Byte(),
        };
        var minimum = new TradeMinimum(reader.UInt64(), reader.UInt64());
        detail.HasMinimum = (minimum.Quantity | minimum.Interaction) != 0;
        (detail.Fingerprint, detail.Session) = (reader.UInt64(), reader.UInt64());
        detail.PayCell = account < state.Accounts.Count ? state.Ledger.Find(account, market.PaysWith(side)) : 0;
        var sound = detail.PayCell != 0 && price > 0 && lots != 0 && detail.FeeMillionths <= VenueLimits.MaxFeeMillionths;
        var hold = default(UInt128);
        SnapshotReader.Require(sound && market.TryGetHold(side, price, lots, detail.FeeMillionths, out hold), "an order cannot rest");
        var hash = state.Orders.HashOf(account, clientOrderId);
        SnapshotReader.Require(state.Orders.Locate(account, clientOrderId, hash) == 0, "an order is there twice");
        var cell = (int)detail.PayCell;
        SnapshotReader.Require(hold <= state.Ledger[detail.PayCell].Held - holds[cell], "orders hold more than is held");
        holds[cell] += hold;
        var order = new Incoming
        {
            Account = account,
            ClientOrderId = clientOrderId,
            Hash = hash,
            Side = side,
            Price = price,
            Lots = lots,
            SelfTrade = detail.SelfTrade,
            Minimum = minimum,
            IsWhole = false,
        };
        return new RestoredOrder(order, detail, expiry);
    }

    /// <summary>An order that was read, to be put back by its market.</summary>
    public readonly record struct RestoredOrder(Incoming Order, OrderDetail Detail, Expiry Expiry);
}
