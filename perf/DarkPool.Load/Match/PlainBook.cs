using DarkPool.Engine.Trading;
using DarkPool.Load.OrderFlow;

namespace DarkPool.Load.Match;

/// <summary>
/// The book anybody would write first, written with care: for each side a sorted dictionary of FIFO queues of which it remembers the
/// best, and a dictionary of ids. It is the baseline of the measurements, and, being obviously right, the model against which the tests
/// hold the real one.
/// </summary>
internal sealed class PlainBook
{
    private readonly PlainLadder _bids = new(Comparer<long>.Create((left, right) => right.CompareTo(left)));
    private readonly PlainLadder _asks = new(Comparer<long>.Default);
    private readonly Dictionary<ulong, PlainOrder> _orders = [];

    public int Count => _orders.Count;

    /// <summary>Takes a command as the real book does.</summary>
    public void Apply<TSink>(in BookCommand command, ref TSink sink, ulong idOffset = 0)
        where TSink : struct, IBookSink
    {
        var id = command.Id + idOffset;
        if (command.Action == BookAction.Cancel)
        {
            Cancel(id, ref sink);
        }
        else if (command.Action == BookAction.Replace)
        {
            Replace(id, new Price(command.Price), new Quantity(command.Lots), ref sink);
        }
        else
        {
            Place(id, command.Side, new Price(command.Price), new Quantity(command.Lots), command.Execution, ref sink);
        }
    }

    public BookRejection Place<TSink>(ulong id, Side side, Price price, Quantity quantity, Execution execution, ref TSink sink)
        where TSink : struct, IBookSink
    {
        var reason = quantity.Lots == 0 ? BookRejection.InvalidQuantity
            : side is not (Side.Buy or Side.Sell) || execution > Execution.PostOnly ? BookRejection.InvalidTerms
            : _orders.ContainsKey(id) ? BookRejection.DuplicateId
            : execution == Execution.PostOnly && Available(side, price.Ticks) > 0 ? BookRejection.WouldTrade
            : BookRejection.None;
        if (reason != BookRejection.None)
        {
            sink.Rejected(id, reason);
            return reason;
        }

        sink.Accepted(id, side, price, quantity);
        if (execution == Execution.FillOrKill && Available(side, price.Ticks) < quantity.Lots)
        {
            sink.Cancelled(id, quantity, CancelReason.FillOrKill);
            return BookRejection.None;
        }

        var remaining = Match(id, side, price.Ticks, quantity.Lots, ref sink);
        if (remaining == 0) return BookRejection.None;
        if (execution == Execution.ImmediateOrCancel) sink.Cancelled(id, new Quantity(remaining), CancelReason.ImmediateOrCancel);
        else Rest(new PlainOrder(id, side, price.Ticks) { Lots = remaining });
        return BookRejection.None;
    }

    public BookRejection Cancel<TSink>(ulong id, ref TSink sink)
        where TSink : struct, IBookSink
    {
        if (!_orders.Remove(id, out var order))
        {
            sink.Rejected(id, BookRejection.UnknownOrder);
            return BookRejection.UnknownOrder;
        }

        Ladder(order.Side).Remove(order);
        sink.Cancelled(id, new Quantity(order.Lots), CancelReason.Requested);
        return BookRejection.None;
    }

    public BookRejection Replace<TSink>(ulong id, Price price, Quantity quantity, ref TSink sink)
        where TSink : struct, IBookSink
    {
        if (!_orders.TryGetValue(id, out var order) || quantity.Lots == 0)
        {
            var reason = order is null ? BookRejection.UnknownOrder : BookRejection.InvalidQuantity;
            sink.Rejected(id, reason);
            return reason;
        }

        var keeps = order.Price == price.Ticks && quantity.Lots < order.Lots;
        sink.Replaced(id, price, quantity, keeps);
        if (keeps)
        {
            order.Lots = quantity.Lots;
            return BookRejection.None;
        }

        _orders.Remove(id);
        Ladder(order.Side).Remove(order);
        var remaining = Match(id, order.Side, price.Ticks, quantity.Lots, ref sink);
        if (remaining != 0) Rest(new PlainOrder(id, order.Side, price.Ticks) { Lots = remaining });
        return BookRejection.None;
    }

    /// <summary>All levels of a side, best first, with their orders, oldest first.</summary>
    public IEnumerable<(long Price, List<(ulong Id, ulong Lots)> Orders)> Levels(Side side) =>
        Ladder(side).Queues.Select(queue => (queue.Price, queue.Orders.Select(order => (order.Id, order.Lots)).ToList()));

    private PlainLadder Ladder(Side side) => side == Side.Buy ? _bids : _asks;

    private PlainLadder Makers(Side taker) => taker == Side.Buy ? _asks : _bids;

    private static bool Crosses(Side taker, long limit, long maker) => taker == Side.Buy ? maker <= limit : maker >= limit;

    private UInt128 Available(Side side, long limit) => Makers(side).Queues
        .TakeWhile(queue => Crosses(side, limit, queue.Price))
        .SelectMany(queue => queue.Orders)
        .Aggregate((UInt128)0, (sum, order) => sum + order.Lots);

    private ulong Match<TSink>(ulong taker, Side side, long limit, ulong lots, ref TSink sink)
        where TSink : struct, IBookSink
    {
        var makers = Makers(side);
        while (lots != 0 && makers.Best is { } queue && Crosses(side, limit, queue.Price))
        {
            var maker = queue.Oldest!;
            var traded = Math.Min(lots, maker.Lots);
            lots -= traded;
            maker.Lots -= traded;
            sink.Traded(new BookTrade(
                maker.Id, taker, side, new Price(queue.Price), new Quantity(traded), new Quantity(maker.Lots), new Quantity(lots)));
            if (maker.Lots != 0) continue;
            _orders.Remove(maker.Id);
            makers.Remove(maker);
        }

        return lots;
    }

    private void Rest(PlainOrder order)
    {
        Ladder(order.Side).Add(order);
        _orders.Add(order.Id, order);
    }
}
