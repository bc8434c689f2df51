using DarkPool.Engine.Trading;
using DarkPool.Engine.Trading.Auctions;
using DarkPool.Engine.Trading.Midpoint;
using Xunit;

namespace DarkPool.Engine.Tests.Trading.Midpoint;

/// <summary>The known cases of conditional orders, one by one. A lot is a board lot of 100.</summary>
public sealed class ConditionalBookTests
{
    private const long Wait = 1_000;
    private const uint Floor = 7_000;

    private readonly MidpointBook _firm = new();
    private readonly ConditionalBook _book;
    private RecordingConditionalSink _sink = new();
    private CountingBookSink _fills;

    public ConditionalBookTests()
    {
        _book = new ConditionalBook(_firm);
        _firm.Refer(new MidpointReference(100, 101, new Price(0), new Price(1_000)), default(AnyCounterparty), ref _fills);
    }

    [Fact]
    public void A_firm_up_of_40000_and_50000_to_buy_against_75000_to_sell_gives_33300_and_41700()
    {
        Place(1, Side.Buy, 400);
        Place(2, Side.Buy, 500);
        Rest(3, Side.Sell, 750);
        Assert.Equal(BookRejection.None, FirmUp(1, 400));
        Assert.Equal(BookRejection.None, FirmUp(2, 500));
        Assert.Equal([(1UL, 3UL, 333UL), (2UL, 3UL, 417UL)], Trades());
        Assert.Equal((0, 0L), (_book.Count, _firm.Count));
    }

    [Fact]
    public void Nobody_is_invited_while_there_is_too_little_to_trade_with_and_each_hears_of_its_own_order_only()
    {
        Place(1, Side.Buy, 400, minimum: 200);
        Rest(3, Side.Sell, 150);
        Assert.Null(_book.Deadline);
        Place(2, Side.Sell, 60);
        Assert.Equal([1UL, 2UL], Invited());
    }

    [Fact]
    public void Who_does_not_firm_up_in_time_loses_the_order_and_the_other_side_keeps_its_own()
    {
        Place(1, Side.Buy, 400);
        Rest(3, Side.Sell, 750);
        Pass(Wait - 1);
        Assert.Equal(1, _book.Count);
        Pass(Wait);
        Assert.Contains(_sink.Events, told => told is ValueTuple<string, ConditionalOrder, Quantity, CancelReason>
            (_, { Id: 1 }, { Lots: 400 }, CancelReason.NotFirmedUp));
        Assert.Equal((0, 1L), (_book.Count, _firm.Count));
        Assert.Equal(BookRejection.UnknownOrder, FirmUp(1, 400));
    }

    [Fact]
    public void A_firm_order_that_traded_elsewhere_meanwhile_is_not_there_any_more()
    {
        Place(1, Side.Buy, 400);
        Rest(3, Side.Sell, 400);
        Rest(4, Side.Buy, 300);
        FirmUp(1, 400);
        Assert.Equal([(1UL, 3UL, 100UL)], Trades());
    }

    [Fact]
    public void An_account_that_seldom_firms_up_is_kept_out_for_an_hour()
    {
        for (var id = 10UL; id < 14; id++)
        {
            Place(id, Side.Buy, 100);
            if (id == 10) Rest(3, Side.Sell, 100);
            Pass(Wait * (long)(id - 9));
        }

        Assert.True(_book.IsOut(7, Wait * 4));
        Place(20, Side.Buy, 100, now: Wait * 4);
        Assert.Null(_book.Deadline);
        Pass((Wait * 4) + FirmUpRecord.OutMicroseconds);
        Assert.False(_book.IsOut(7, (Wait * 4) + FirmUpRecord.OutMicroseconds));
        Assert.Equal(20UL, Invited().Last());
    }

    [Fact]
    public void Generated_flows_reach_every_outcome()
    {
        var plain = new PlainMidpointBook();
        var desk = new PlainConditionalDesk(plain);
        var (now, fills) = (0L, new RecordingBookSink());
        foreach (var step in MidpointFlows.Make("everything", 60, 3, 20_000))
        {
            now += step.Elapsed;
            if (desk.Orders.TrueForAll(order => order.Order.Id != step.Order.Id)) MidpointModelTests.Apply(step, plain, ref fills);
            desk.Apply(step, now, 300, 6_000, _sink, ref fills);
        }

        Assert.InRange(Trades().Count(), 100, int.MaxValue);
        Assert.InRange(Invited().Count(), 300, int.MaxValue);
        Assert.Contains(desk.Records.Values, record => record.OutUntil != 0);
        var ends = _sink.Events.OfType<ValueTuple<string, ConditionalOrder, Quantity, CancelReason>>()
            .Select(ended => ended.Item4).ToHashSet();
        Assert.Superset((HashSet<CancelReason>)[CancelReason.NotFirmedUp, CancelReason.ImmediateOrCancel, CancelReason.Requested], ends);
    }

    private void Place(ulong id, Side side, ulong lots, ulong minimum = 0, long now = 0)
    {
        var order = new ConditionalOrder
        {
            Id = id,
            Owner = id >= 10 ? 7 : (uint)id,
            Side = side,
            Peg = Peg.Midpoint,
            Limit = MidpointOrder.NoLimit(side),
            Quantity = new Quantity(lots),
            Minimum = new TradeMinimum(minimum, 0),
        };
        Assert.Equal(BookRejection.None, _book.Place(order, ref _sink));
        Pass(now);
    }

    private void Rest(ulong id, Side side, ulong lots)
    {
        var order = new MidpointOrder
        {
            Id = id,
            Owner = (uint)id,
            Side = side,
            Peg = Peg.Midpoint,
            Limit = MidpointOrder.NoLimit(side),
            Quantity = new Quantity(lots),
        };
        _firm.Place(order, default(AnyCounterparty), ref _fills);
        Pass(0);
    }

    private BookRejection FirmUp(ulong id, ulong lots)
    {
        var reason = _book.FirmUp(id, new Quantity(lots), new Price(500), ref _sink);
        Pass(0);
        return reason;
    }

    private void Pass(long now)
    {
        if (_book.IsOver(now)) _book.EndRound(now, Floor, default(AnyCounterparty), ref _sink);
        _book.Invite(now, Wait, default(AnyCounterparty), ref _sink);
    }

    private IEnumerable<ulong> Invited() =>
        _sink.Events.OfType<ValueTuple<string, ConditionalOrder, ulong, long>>().Select(invited => invited.Item2.Id);

    private IEnumerable<(ulong Buy, ulong Sell, ulong Lots)> Trades() =>
        _sink.Events.OfType<AuctionTrade>().Select(trade => (trade.BuyId, trade.SellId, trade.Quantity.Lots));
}
