namespace DarkPool.Engine.Trading.Midpoint;

/// <summary>An order that rests in a midpoint book.</summary>
internal struct MidpointNode
{
    public ulong Id;
    public long Limit;
    public ulong Lots;
    public TradeMinimum Minimum;
    public uint Owner;

    /// <summary>The next younger and the next older order; a free slot's follower.</summary>
    public uint Next;
    public uint Previous;

    /// <summary>The same among those of its side that accept the midpoint.</summary>
    public uint NextLive;
    public uint PreviousLive;

    public Side Side;
    public Peg Peg;
    public Execution Execution;

    /// <summary>Whether it is among those that accept the midpoint.</summary>
    public bool IsLive;

    public MidpointNode(in MidpointOrder order)
    {
        Id = order.Id;
        Limit = order.Limit.Ticks;
        Lots = order.Quantity.Lots;
        Minimum = order.Minimum;
        Owner = order.Owner;
        Side = order.Side;
        Peg = order.Peg;
        Execution = order.Execution;
    }

    /// <summary>The least it trades in sum when it is the one that arrives.</summary>
    public readonly ulong Required => Execution == Execution.FillOrKill ? Lots : Minimum.Sum(Lots);

    public readonly MidpointOrder ToOrder() => new()
    {
        Id = Id,
        Owner = Owner,
        Side = Side,
        Peg = Peg,
        Limit = new Price(Limit),
        Quantity = new Quantity(Lots),
        Minimum = Minimum,
        Execution = Execution,
    };
}

/// <summary>
/// The orders of a midpoint book, first come first: one list of all, and per side a list of those that accept the midpoint. Slot 0 means
/// none. Slots are recycled.
/// </summary>
internal sealed class MidpointQueue(int capacity)
{
    private readonly uint[] _first = new uint[3];
    private readonly uint[] _last = new uint[3];
    private MidpointNode[] _nodes = new MidpointNode[capacity];
    private uint _youngest;
    private uint _unused = 1;
    private uint _free;

    /// <summary>The order of highest priority, or 0.</summary>
    public uint Oldest { get; private set; }

    /// <summary>An order. Void after the next <see cref="Append"/>.</summary>
    public ref MidpointNode this[uint slot] => ref _nodes[slot];

    /// <summary>The oldest order of a side that accepts the midpoint, or 0.</summary>
    public uint FirstOf(Side side) => _first[(int)side];

    /// <summary>Adds an order as the youngest.</summary>
    public uint Append(in MidpointNode order)
    {
        var slot = Rent();
        _nodes[slot] = order;
        ref var node = ref _nodes[slot];
        (node.Next, node.Previous, node.IsLive) = (0, _youngest, false);
        if (_youngest == 0) Oldest = slot;
        else _nodes[_youngest].Next = slot;
        _youngest = slot;
        return slot;
    }

    /// <summary>Adds an order to those that accept the midpoint; all of them are older.</summary>
    public void Join(uint slot)
    {
        ref var node = ref _nodes[slot];
        ref var last = ref _last[(int)node.Side];
        (node.NextLive, node.PreviousLive, node.IsLive) = (0, last, true);
        if (last == 0) _first[(int)node.Side] = slot;
        else _nodes[last].NextLive = slot;
        last = slot;
    }

    /// <summary>No order accepts the midpoint any more.</summary>
    public void LeaveAll()
    {
        foreach (var side in (ReadOnlySpan<Side>)[Side.Buy, Side.Sell])
        {
            for (var slot = _first[(int)side]; slot != 0; slot = _nodes[slot].NextLive) _nodes[slot].IsLive = false;
            (_first[(int)side], _last[(int)side]) = (0, 0);
        }
    }

    /// <summary>Takes an order out.</summary>
    public void Remove(uint slot)
    {
        ref var node = ref _nodes[slot];
        if (node.IsLive)
        {
            if (node.PreviousLive == 0) _first[(int)node.Side] = node.NextLive;
            else _nodes[node.PreviousLive].NextLive = node.NextLive;
            if (node.NextLive == 0) _last[(int)node.Side] = node.PreviousLive;
            else _nodes[node.NextLive].PreviousLive = node.PreviousLive;
        }

        if (node.Previous == 0) Oldest = node.Next;
        else _nodes[node.Previous].Next = node.Next;
        if (node.Next == 0) _youngest = node.Previous;
        else _nodes[node.Next].Previous = node.Previous;
        node.Next = _free;
        _free = slot;
    }

    private uint Rent()
    {
        var slot = _free;
        if (slot != 0)
        {
            _free = _nodes[slot].Next;
            return slot;
        }

        if (_unused == _nodes.Length) Array.Resize(ref _nodes, _nodes.Length * 2);
        return _unused++;
    }
}
