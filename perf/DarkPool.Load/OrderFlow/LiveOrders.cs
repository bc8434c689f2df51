using DarkPool.Engine.Trading;

namespace DarkPool.Load.OrderFlow;

/// <summary>
/// Follows which orders rest while a flow is prepared, so that it can cancel ones that exist, and counts what the book tells.
/// </summary>
internal struct LiveOrders() : IBookSink
{
    private readonly List<ulong> _ids = [];
    private readonly Dictionary<ulong, int> _places = [];

    /// <summary>Orders that rest.</summary>
    public readonly int Count => _ids.Count;

    /// <summary>Events so far.</summary>
    public long Events { get; private set; }

    public readonly ulong this[int place] => _ids[place];

    public readonly IReadOnlyList<ulong> Ids => _ids;

    public void Accepted(ulong id, Side side, Price price, Quantity quantity)
    {
        Events++;
        _places.Add(id, _ids.Count);
        _ids.Add(id);
    }

    public void Traded(in BookTrade trade)
    {
        Events++;
        if (trade.MakerRemaining.Lots == 0) End(trade.MakerId);
        if (trade.TakerRemaining.Lots == 0) End(trade.TakerId);
    }

    public void Cancelled(ulong id, Quantity remaining, CancelReason reason)
    {
        Events++;
        End(id);
    }

    public void Replaced(ulong id, Price price, Quantity quantity, bool keptPriority) => Events++;

    public void Rejected(ulong id, BookRejection reason) => Events++;

    private readonly void End(ulong id)
    {
        var place = _places[id];
        var last = _ids[^1];
        _ids[place] = last;
        _places[last] = place;
        _ids.RemoveAt(_ids.Count - 1);
        _places.Remove(id);
    }
}
