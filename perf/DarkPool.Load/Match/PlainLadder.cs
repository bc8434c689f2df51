using DarkPool.Engine.Trading;

namespace DarkPool.Load.Match;

/// <summary>An order of the plain book, linked to its neighbours in its queue.</summary>
internal sealed class PlainOrder(ulong id, Side side, long price)
{
    public ulong Id => id;

    public Side Side => side;

    public long Price => price;

    public ulong Lots { get; set; }

    public PlainQueue? Queue { get; set; }

    public PlainOrder? Older { get; set; }

    public PlainOrder? Younger { get; set; }
}

/// <summary>The orders of one price, oldest first; any of them can leave.</summary>
internal sealed class PlainQueue(long price)
{
    private PlainOrder? _youngest;

    public long Price => price;

    public PlainOrder? Oldest { get; private set; }

    public IEnumerable<PlainOrder> Orders
    {
        get
        {
            for (var order = Oldest; order is not null; order = order.Younger) yield return order;
        }
    }

    public void Add(PlainOrder order)
    {
        (order.Queue, order.Older) = (this, _youngest);
        if (_youngest is null) Oldest = order;
        else _youngest.Younger = order;
        _youngest = order;
    }

    public void Remove(PlainOrder order)
    {
        if (order.Older is null) Oldest = order.Younger;
        else order.Older.Younger = order.Younger;
        if (order.Younger is null) _youngest = order.Older;
        else order.Younger.Older = order.Older;
    }
}

/// <summary>One side of the plain book: a sorted dictionary of queues, the best of which is remembered.</summary>
internal sealed class PlainLadder(IComparer<long> bestFirst)
{
    private readonly SortedDictionary<long, PlainQueue> _queues = new(bestFirst);

    public PlainQueue? Best { get; private set; }

    public IEnumerable<PlainQueue> Queues => _queues.Values;

    public void Add(PlainOrder order)
    {
        if (!_queues.TryGetValue(order.Price, out var queue))
        {
            _queues.Add(order.Price, queue = new PlainQueue(order.Price));
            if (Best is null || bestFirst.Compare(order.Price, Best.Price) < 0) Best = queue;
        }

        queue.Add(order);
    }

    public void Remove(PlainOrder order)
    {
        var queue = order.Queue!;
        queue.Remove(order);
        if (queue.Oldest is not null) return;
        _queues.Remove(order.Price);
        if (queue == Best) Best = First();
    }

    private PlainQueue? First()
    {
        foreach (var (_, queue) in _queues) return queue;
        return null;
    }
}
