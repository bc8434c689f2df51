using DarkPool.Cli.OrderFlow;
using DarkPool.Protocol.Commands;

namespace DarkPool.Cli.Tests.OrderFlow;

/// <summary>A plain price-time book: the oracle for rebuilt order flow, and the mid price for fitting statistics.</summary>
internal sealed class ReferenceBook
{
    private readonly SortedDictionary<long, LinkedList<Resting>> _bids = new(Comparer<long>.Create((a, b) => b.CompareTo(a)));
    private readonly SortedDictionary<long, LinkedList<Resting>> _asks = [];
    private readonly Dictionary<ulong, LinkedListNode<Resting>> _orders = [];

    public ulong Traded { get; private set; }

    public int OpenOrders => _orders.Count;

    /// <summary>Middle between the best prices, or null while a side is empty.</summary>
    public long? Mid => _bids.Count == 0 || _asks.Count == 0 ? null : (_bids.First().Key + _asks.First().Key) / 2;

    public void Apply(in FlowEvent flow)
    {
        if (flow.Action == FlowAction.Cancel)
        {
            if (_orders.TryGetValue(flow.OrderId, out LinkedListNode<Resting>? node))
                Remove(node);
            return;
        }
        ulong left = Match(flow);
        if (left == 0 || flow.Action == FlowAction.ImmediateOrCancel)
            return;
        SortedDictionary<long, LinkedList<Resting>> own = flow.Side == Side.Buy ? _bids : _asks;
        if (!own.TryGetValue(flow.Price, out LinkedList<Resting>? level))
            own.Add(flow.Price, level = []);
        _orders.Add(flow.OrderId, level.AddLast(new Resting(flow.OrderId, flow.Side, flow.Price) { Left = left }));
    }

    private ulong Match(in FlowEvent flow)
    {
        SortedDictionary<long, LinkedList<Resting>> opposite = flow.Side == Side.Buy ? _asks : _bids;
        ulong left = flow.Quantity;
        while (left > 0 && opposite.Count > 0)
        {
            (long price, LinkedList<Resting> level) = opposite.First();
            if (flow.Side == Side.Buy ? price > flow.Price : price < flow.Price)
                break;
            LinkedListNode<Resting> maker = level.First!;
            ulong traded = Math.Min(left, maker.Value.Left);
            Traded += traded;
            left -= traded;
            maker.Value.Left -= traded;
            if (maker.Value.Left == 0)
                Remove(maker);
        }
        return left;
    }

    private void Remove(LinkedListNode<Resting> node)
    {
        _orders.Remove(node.Value.Id);
        LinkedList<Resting> level = node.List!;
        level.Remove(node);
        if (level.Count == 0)
            (node.Value.Side == Side.Buy ? _bids : _asks).Remove(node.Value.Price);
    }

    private sealed record Resting(ulong Id, Side Side, long Price)
    {
        public ulong Left { get; set; }
    }
}
