using DarkPool.Engine.Trading;
using DarkPool.Load.OrderFlow;

namespace DarkPool.Load.Match;

/// <summary>
/// The book anybody would write first: a sorted dictionary of prices for each side, a linked list of orders at each price, a dictionary
/// of ids. It is the baseline of the measurements, and, being obviously right, the model against which the tests hold the real one.
/// </summary>
internal sealed class PlainBook
{
    private readonly SortedDictionary<long, LinkedList<PlainOrder>> _bids =
        new(Comparer<long>.Create((left, right) => right.CompareTo(left)));
    private readonly SortedDictionary<long, LinkedList<PlainOrder>> _asks = [];
    private readonly Dictionary<ulong, LinkedListNode<PlainOrder>> _orders = [];

    private sealed class PlainOrder(ulong id, Side side, long price, ulong lots)
    {
        public ulong Id => id;

        public Side Side => side;

        public long Price => price;

        public ulong Lots { get; set; } = lots;
    }

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
            var execution = command.Action == BookAction.Rest ? Execution.Rest : Execution.ImmediateOrCancel;
            Place(id, command.Side, new Price(command.Price), new Quantity(command.Lots), execution, ref sink);
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
        else Rest(new PlainOrder(id, side, price.Ticks, remaining));
        return BookRejection.None;
    }

    public BookRejection Cancel<TSink>(ulong id, ref TSink sink)
        where TSink : struct, IBookSink
    {
        if (!_orders.TryGetValue(id, out var node))
        {
            sink.Rejected(id, BookRejection.UnknownOrder);
            return BookRejection.UnknownOrder;
        }

        Remove(node);
        sink.Cancelled(id, new Quantity(node.Value.Lots), CancelReason.Requested);
        return BookRejection.None;
    }

    public BookRejection Replace<TSink>(ulong id, Price price, Quantity quantity, ref TSink sink)
        where TSink : struct, IBookSink
    {
        var known = _orders.TryGetValue(id, out var node);
        if (!known || quantity.Lots == 0)
        {
            var reason = known ? BookRejection.InvalidQuantity : BookRejection.UnknownOrder;
            sink.Rejected(id, reason);
            return reason;
        }

        var order = node!.Value;
        var keeps = order.Price == price.Ticks && quantity.Lots < order.Lots;
        sink.Replaced(id, price, quantity, keeps);
        if (keeps)
        {
            order.Lots = quantity.Lots;
            return BookRejection.None;
        }

        Remove(node);
        var remaining = Match(id, order.Side, price.Ticks, quantity.Lots, ref sink);
        if (remaining != 0) Rest(new PlainOrder(id, order.Side, price.Ticks, remaining));
        return BookRejection.None;
    }

    /// <summary>All levels of a side, best first, with their orders, oldest first.</summary>
    public IEnumerable<(long Price, List<(ulong Id, ulong Lots)> Orders)> Levels(Side side) =>
        Ladder(side).Select(level => (level.Key, level.Value.Select(order => (order.Id, order.Lots)).ToList()));

    private SortedDictionary<long, LinkedList<PlainOrder>> Ladder(Side side) => side == Side.Buy ? _bids : _asks;

    private SortedDictionary<long, LinkedList<PlainOrder>> Makers(Side taker) => taker == Side.Buy ? _asks : _bids;

    private static bool Crosses(Side taker, long limit, long maker) => taker == Side.Buy ? maker <= limit : maker >= limit;

    private UInt128 Available(Side side, long limit)
    {
        UInt128 sum = 0;
        foreach (var (price, level) in Makers(side))
        {
            if (!Crosses(side, limit, price)) break;
            foreach (var order in level) sum += order.Lots;
        }

        return sum;
    }

    private ulong Match<TSink>(ulong taker, Side side, long limit, ulong lots, ref TSink sink)
        where TSink : struct, IBookSink
    {
        var makers = Makers(side);
        while (lots != 0 && TryFirst(makers, out var price, out var level) && Crosses(side, limit, price))
        {
            while (lots != 0 && level.First is { } node)
            {
                var maker = node.Value;
                var traded = Math.Min(lots, maker.Lots);
                lots -= traded;
                maker.Lots -= traded;
                sink.Traded(new BookTrade(
                    maker.Id, taker, side, new Price(price), new Quantity(traded), new Quantity(maker.Lots), new Quantity(lots)));
                if (maker.Lots != 0) continue;
                level.RemoveFirst();
                _orders.Remove(maker.Id);
            }

            if (level.Count == 0) makers.Remove(price);
        }

        return lots;
    }

    private static bool TryFirst(SortedDictionary<long, LinkedList<PlainOrder>> ladder, out long price, out LinkedList<PlainOrder> level)
    {
        using var levels = ladder.GetEnumerator();
        var any = levels.MoveNext();
        (price, level) = any ? (levels.Current.Key, levels.Current.Value) : (0, null!);
        return any;
    }

    private void Rest(PlainOrder order)
    {
        var ladder = Ladder(order.Side);
        if (!ladder.TryGetValue(order.Price, out var level)) ladder.Add(order.Price, level = new LinkedList<PlainOrder>());
        _orders.Add(order.Id, level.AddLast(order));
    }

    private void Remove(LinkedListNode<PlainOrder> node)
    {
        var level = node.List!;
        level.Remove(node);
        _orders.Remove(node.Value.Id);
        if (level.Count == 0) Ladder(node.Value.Side).Remove(node.Value.Price);
    }
}
