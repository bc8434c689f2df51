using System.Numerics;
using DarkPool.Engine.Trading;
using DarkPool.Engine.Trading.Auctions;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Engine.Tests.Trading.Auctions;

/// <summary>What holds of every auction, whatever came before it.</summary>
[Properties(Arbitrary = [typeof(AuctionFlows)], MaxTest = 20)]
public sealed class AuctionLawsTests
{
    [Property]
    public void Nobody_is_worse_than_the_limit_short_of_a_minimum_or_paired_with_whom_it_must_not(AuctionFlow flow) =>
        AtEveryCall(flow, (before, step, sink, after) =>
        {
            foreach (var (trade, buy, sell) in sink.Trades.Select(trade => (trade, before[trade.BuyId], before[trade.SellId])))
            {
                Assert.InRange(trade.Price.Ticks, sell.Price.Ticks, buy.Price.Ticks);
                Assert.InRange(trade.Price.Ticks, step.Call.Low.Ticks, step.Call.High.Ticks);
                Assert.True(new GrudgeFilter(step.Grudges).MayTrade(buy.Owner, sell.Owner));
                Assert.NotEqual(0UL, trade.Quantity.Lots);
                AssertInteraction(buy, trade.Quantity.Lots, trade.BuyRemaining.Lots);
                AssertInteraction(sell, trade.Quantity.Lots, trade.SellRemaining.Lots);
            }

            var fills = Fills(sink);
            foreach (var (id, filled) in fills)
            {
                var order = before[id];
                Assert.True(filled <= order.Quantity.Lots);
                if (order.Execution == Execution.FillOrKill) Assert.Equal((UInt128)order.Quantity.Lots, filled);
                else Assert.True(filled >= order.Minimum.Sum(order.Quantity.Lots));
            }

            Assert.All(after.Values, order => Assert.Equal(Execution.Rest, order.Execution));
            foreach (var order in after.Values)
            {
                var filled = fills.GetValueOrDefault(order.Id);
                Assert.Equal(before[order.Id].Quantity.Lots, order.Quantity.Lots + filled);
            }
        });

    [Property]
    public void Without_conditions_better_limits_fill_whole_the_margin_shares_exactly_and_nothing_stays_crossed(AuctionFlow flow)
    {
        if (flow.Kind is not ("plain" or "extreme")) return;
        AtEveryCall(flow, (before, step, sink, after) =>
        {
            var filled = Fills(sink);
            foreach (var side in new[] { Side.Buy, Side.Sell })
            {
                var orders = before.Values.Where(order => order.Side == side).ToList();
                var touched = orders.Where(order => filled.ContainsKey(order.Id)).ToList();
                if (touched.Count == 0) continue;
                var margin = side == Side.Buy ? touched.Min(order => order.Price.Ticks) : touched.Max(order => order.Price.Ticks);
                Assert.All(orders.Where(order => side == Side.Buy ? order.Price.Ticks > margin : order.Price.Ticks < margin),
                    order => Assert.Equal((UInt128)order.Quantity.Lots, filled[order.Id]));
                var atMargin = orders.Where(order => order.Price.Ticks == margin).ToList();
                if (step.Call.Allocation == AuctionAllocation.ProRata) AssertExactShares(atMargin, filled);
            }

            if (step.Call.Low.Ticks != long.MinValue) return;
            var bids = after.Values.Where(order => order.Side == Side.Buy).Select(order => order.Price.Ticks);
            var asks = after.Values.Where(order => order.Side == Side.Sell).Select(order => order.Price.Ticks);
            Assert.True(!bids.Any() || !asks.Any() || bids.Max() < asks.Min());
        });
    }

    [Property]
    public void Orders_of_one_interval_have_no_order_among_themselves(AuctionFlow flow)
    {
        var random = new Random(flow.Steps.Length);
        var (first, second) = (new AuctionBook(), new AuctionBook(hashSeed: 9));
        for (var auction = 0; auction < 6; auction++)
        {
            var ids = Enumerable.Range(auction * 40, 40).ToArray();
            var orders = ids.Select(id => AuctionFlows.Order(flow.Kind, (ulong)id, random)).ToArray();
            var (one, other) = (new RecordingAuctionSink(), new RecordingAuctionSink());
            foreach (var order in orders) first.Place(order, ref one);
            random.Shuffle(orders);
            foreach (var order in orders) second.Place(order, ref other);
            var call = AuctionFlows.Call(flow.Kind, random);
            var grudges = flow.Kind == "plain" ? 0 : (uint)random.Next();
            one.Events.Clear();
            other.Events.Clear();
            first.Call(call, new GrudgeFilter(grudges), ref one);
            second.Call(call, new GrudgeFilter(grudges), ref other);
            Assert.Equal(one.Events, other.Events);
        }
    }

    private static void AtEveryCall(
        AuctionFlow flow,
        Action<Dictionary<ulong, AuctionOrder>, AuctionStep, RecordingAuctionSink, Dictionary<ulong, AuctionOrder>> check)
    {
        var book = new AuctionBook();
        var sink = new RecordingAuctionSink();
        foreach (var step in flow.Steps)
        {
            sink.Events.Clear();
            if (step.Kind is not null)
            {
                step.ApplyTo(book, ref sink);
                continue;
            }

            var before = Orders(book);
            step.ApplyTo(book, ref sink);
            check(before, step, sink, Orders(book));
        }
    }

    private static Dictionary<ulong, AuctionOrder> Orders(AuctionBook book) =>
        book.Orders(Side.Buy).Concat(book.Orders(Side.Sell)).ToDictionary(waiting => waiting.Order.Id, waiting => waiting.Order);

    private static Dictionary<ulong, UInt128> Fills(RecordingAuctionSink sink)
    {
        var filled = new Dictionary<ulong, UInt128>();
        foreach (var trade in sink.Trades)
        {
            filled[trade.BuyId] = filled.GetValueOrDefault(trade.BuyId) + trade.Quantity.Lots;
            filled[trade.SellId] = filled.GetValueOrDefault(trade.SellId) + trade.Quantity.Lots;
        }

        return filled;
    }

    private static void AssertInteraction(AuctionOrder order, ulong lots, ulong remaining) =>
        Assert.True(lots >= order.Minimum.Interaction || remaining + lots < order.Minimum.Interaction);

    private static void AssertExactShares(List<AuctionOrder> orders, Dictionary<ulong, UInt128> filled)
    {
        var wanted = orders.Aggregate((UInt128)0, (sum, order) => sum + order.Quantity.Lots);
        var given = orders.Aggregate((UInt128)0, (sum, order) => sum + filled.GetValueOrDefault(order.Id));
        foreach (var order in orders)
        {
            // The largest sizes make products beyond 128 bits.
            var exact = (UInt128)((BigInteger)given * order.Quantity.Lots / wanted);
            Assert.InRange(filled.GetValueOrDefault(order.Id), exact, exact + 1);
        }
    }
}
