using DarkPool.Engine.Markets.Crossing;
using DarkPool.Engine.Trading;
using DarkPool.Engine.Trading.Midpoint;

namespace DarkPool.Engine.Snapshots;

/// <summary>A midpoint market's part of a snapshot: the reference in force, firm orders, conditional ones, records of firming up.</summary>
internal static class MidpointSnapshot
{
    private const int OrderSize = 8 + 67 + 1 + 8 + 16 + 1;
    private const int RecordSize = 4 + 4 + 4 + 8;

    public static void Write(SnapshotWriter writer, MidpointMarket market, VenueState state)
    {
        writer.Int64(market.Collar.Low);
        writer.Int64(market.Collar.High);
        writer.Int64(market.LastMidpoint);
        WriteReference(writer, market.Book.Reference);
        writer.UInt32((uint)market.Book.Count);
        foreach (var order in market.Book.Orders())
        {
            writer.UInt64(order.Quantity.Lots);
            CrossingSnapshot.WriteName(writer, (uint)order.Id, state);
            WriteTerms(writer, order.Peg, order.Limit, order.Minimum, (byte)order.Execution);
        }

        writer.UInt64(market.Conditional.Round);
        writer.Byte(market.Conditional.Deadline is null ? (byte)0 : (byte)1);
        writer.Int64(market.Conditional.Deadline ?? 0);
        writer.UInt32((uint)market.Conditional.Count);
        foreach (ref readonly var order in market.Conditional.Orders)
        {
            writer.UInt64(order.Quantity.Lots);
            CrossingSnapshot.WriteName(writer, (uint)order.Id, state);
            WriteTerms(writer, order.Peg, order.Limit, order.Minimum, (byte)order.State);
        }

        KeyValuePair<uint, FirmUpRecord>[] records = [.. market.Conditional.Records];
        writer.UInt32((uint)records.Length);
        foreach (var (account, record) in records)
        {
            writer.UInt32(account);
            writer.UInt32(record.Invited);
            writer.UInt32(record.Firmed);
            writer.Int64(record.OutUntil);
        }
    }

    public static void Read(ref SnapshotReader reader, MidpointMarket market, VenueState state, Span<UInt128> holds)
    {
        market.Collar = (reader.Int64(), reader.Int64());
        market.LastMidpoint = reader.Int64();
        market.Restore(ReadReference(ref reader));
        for (var left = reader.Count(OrderSize); left > 0; left--)
        {
            var lots = reader.UInt64();
            var slot = CrossingSnapshot.ReadName(ref reader, market, lots, state, holds);
            var order = new MidpointOrder
            {
                Id = slot,
                Owner = state.Orders.Order(slot).Owner,
                Side = state.Crossing[slot].Side,
                Peg = (Peg)reader.Byte(),
                Limit = new Price(reader.Int64()),
                Quantity = new Quantity(lots),
                Minimum = CrossingSnapshot.ReadMinimum(ref reader),
                Execution = (Execution)reader.Byte(),
            };
            SnapshotReader.Require(market.Book.Restore(order), "an order cannot rest");
        }

        ReadConditional(ref reader, market, state, holds);
    }

    private static void ReadConditional(ref SnapshotReader reader, MidpointMarket market, VenueState state, Span<UInt128> holds)
    {
        var round = reader.UInt64();
        var isOpen = reader.Byte() != 0;
        var deadline = reader.Int64();
        var orders = new ConditionalOrder[reader.Count(OrderSize)];
        SnapshotReader.Require(orders.Length <= ConditionalBook.MaxOrders, "it has more conditional orders than a market");
        for (var place = 0; place < orders.Length; place++)
        {
            var lots = reader.UInt64();
            var slot = CrossingSnapshot.ReadName(ref reader, market, lots, state, holds);
            orders[place] = new ConditionalOrder
            {
                Id = slot,
                Owner = state.Orders.Order(slot).Owner,
                Side = state.Crossing[slot].Side,
                Peg = (Peg)reader.Byte(),
                Limit = new Price(reader.Int64()),
                Quantity = new Quantity(lots),
                Minimum = CrossingSnapshot.ReadMinimum(ref reader),
                State = (ConditionalState)reader.Byte(),
            };
            var sound = orders[place].Peg <= Peg.Market && orders[place].State <= ConditionalState.Firm;
            SnapshotReader.Require(sound, "a conditional order is none");
        }

        var records = new KeyValuePair<uint, FirmUpRecord>[reader.Count(RecordSize)];
        for (var place = 0; place < records.Length; place++)
            records[place] = KeyValuePair.Create(reader.UInt32(), new FirmUpRecord(reader.UInt32(), reader.UInt32(), reader.Int64()));
        var distinct = records.Select(record => record.Key).Distinct().Count();
        SnapshotReader.Require(distinct == records.Length, "an account has two records");
        market.Conditional.Restore(round, isOpen ? deadline : null, orders, records);
    }

    private static void WriteTerms(SnapshotWriter writer, Peg peg, Price limit, TradeMinimum minimum, byte state)
    {
        writer.Byte((byte)peg);
        writer.Int64(limit.Ticks);
        CrossingSnapshot.WriteMinimum(writer, minimum);
        writer.Byte(state);
    }

    private static void WriteReference(SnapshotWriter writer, MidpointReference? reference)
    {
        writer.Byte(reference is null ? (byte)0 : (byte)1);
        var (bid, ask, low, high) = reference ?? default;
        writer.Int64(bid);
        writer.Int64(ask);
        writer.Int64(low.Ticks);
        writer.Int64(high.Ticks);
    }

    private static MidpointReference? ReadReference(ref SnapshotReader reader)
    {
        var isThere = reader.Byte() != 0;
        var reference = new MidpointReference(reader.Int64(), reader.Int64(), new Price(reader.Int64()), new Price(reader.Int64()));
        return isThere ? reference : null;
    }
}
