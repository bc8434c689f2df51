using DarkPool.Engine.Trading;
using DarkPool.Engine.Trading.Auctions;

namespace DarkPool.Engine.Tests.Trading.Auctions;

/// <summary>The rule of auctions as one would say it: lists, whole searches, every tick tried. Slow and plain.</summary>
internal sealed class PlainAuctionBook
{
    private readonly List<PlainOrder> _orders = [];

    public ulong Auctions { get; private set; }

    public IEnumerable<PlainOrder> Orders(Side side) =>
        _orders.Where(order => order.Side == side).OrderBy(order => side == Side.Buy ? -(Int128)order.Price : order.Price);

    public void Place(in AuctionOrder order, ref RecordingAuctionSink sink)
    {
        var id = order.Id;
        var reason = order.Side is not (Side.Buy or Side.Sell) || order.Execution == Execution.PostOnly ? BookRejection.InvalidTerms
            : order.Quantity.Lots == 0 ? BookRejection.InvalidQuantity
            : _orders.Any(other => other.Order.Id == id) ? BookRejection.DuplicateId
            : BookRejection.None;
        if (reason == BookRejection.None) _orders.Add(new PlainOrder(order, Auctions));
        if (reason == BookRejection.None) sink.Accepted(order);
        else sink.Rejected(id, reason);
    }

    public void Cancel(ulong id, ref RecordingAuctionSink sink)
    {
        var order = _orders.Find(other => other.Order.Id == id);
        if (order is null) sink.Rejected(id, BookRejection.UnknownOrder);
        else End(order, CancelReason.Requested, ref sink);
    }

    public void Replace(ulong id, long price, ulong lots, ref RecordingAuctionSink sink)
    {
        var order = _orders.Find(other => other.Order.Id == id);
        if (order is null)
        {
            sink.Rejected(id, BookRejection.UnknownOrder);
            return;
        }

        if (lots == 0)
        {
            sink.Rejected(id, BookRejection.InvalidQuantity);
            return;
        }

        var keeps = order.Price == price && lots < order.Open;
        if (!keeps)
        {
            _orders.Remove(order);
            order = new PlainOrder(order.Order, Auctions);
            _orders.Add(order);
        }

        (order.Price, order.Open) = (price, lots);
        sink.Replaced(id, new Price(price), new Quantity(lots), keeps);
    }

    public void Call(in AuctionCall call, ICounterpartyFilter filter, ref RecordingAuctionSink sink)
    {
        var cross = new PlainCross(call, filter);
        var trades = cross.Run([.. Orders(Side.Buy)], [.. Orders(Side.Sell)], out var price);
        UInt128 volume = 0;
        foreach (var trade in trades) volume += trade.Lots;
        sink.Held(Auctions, new Clearing(price, volume));
        foreach (var (buy, sell, lots) in trades)
        {
            buy.Open -= lots;
            sell.Open -= lots;
            sink.Traded(new AuctionTrade(
                buy.Order.Id, sell.Order.Id, new Price(price), new Quantity(lots), new Quantity(buy.Open), new Quantity(sell.Open)));
        }

        _orders.RemoveAll(order => order.Open == 0);
        EndAuction(ref sink);
    }

    /// <summary>An auction at which nothing may trade.</summary>
    public void Pass(ref RecordingAuctionSink sink)
    {
        sink.Held(Auctions, default);
        EndAuction(ref sink);
    }

    private void EndAuction(ref RecordingAuctionSink sink)
    {
        Auctions++;
        var immediates = _orders.Where(order => order.Order.Execution != Execution.Rest);
        foreach (var order in immediates.OrderBy(order => order.Order.Owner).ThenBy(order => order.Order.Key).ToList())
        {
            var whole = order.Order.Execution == Execution.FillOrKill;
            End(order, whole ? CancelReason.FillOrKill : CancelReason.ImmediateOrCancel, ref sink);
        }
    }

    private void End(PlainOrder order, CancelReason reason, ref RecordingAuctionSink sink)
    {
        _orders.Remove(order);
        sink.Cancelled(order.Order.Id, new Quantity(order.Open), reason);
    }
}

/// <summary>An order of a <see cref="PlainAuctionBook"/>.</summary>
internal sealed class PlainOrder(AuctionOrder order, ulong cohort)
{
    public AuctionOrder Order { get; } = order;

    public ulong Cohort { get; } = cohort;

    public Side Side => Order.Side;

    public long Price { get; set; } = order.Price.Ticks;

    public ulong Open { get; set; } = order.Quantity.Lots;

    public WaitingOrder Waiting => new(Order with { Price = new Price(Price), Quantity = new Quantity(Open) }, Cohort);

    /// <summary>What it must trade in sum if it trades at all.</summary>
    public ulong Required => Order.Execution == Execution.FillOrKill ? Open
        : Order.Minimum.Interaction == 0 && Open >= Order.Minimum.Quantity ? Order.Minimum.Quantity
        : 0;

    /// <summary>Whether it takes so many lots of one counterparty when it has so many left.</summary>
    public bool Takes(ulong lots, ulong left) => lots >= Order.Minimum.Interaction || left < Order.Minimum.Interaction;
}
