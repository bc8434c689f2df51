using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Orders;

/// <summary>What is held for an open order of a market that keeps its orders in a book of its own.</summary>
internal struct CrossingOrder
{
    /// <summary>The price that was held for, in ticks.</summary>
    public long HoldPrice;

    /// <summary>The lots that are held for: all that are open, or none while the order is conditional.</summary>
    public ulong HeldLots;

    /// <summary>Which way it goes.</summary>
    public Side Side;
}

/// <summary>Those of all such orders, at the slots of the venue's pool.</summary>
internal sealed class CrossingOrders(OrderPool pool)
{
    private CrossingOrder[] _orders = [];

    /// <summary>The order at a slot. Void after the next <see cref="Add"/>.</summary>
    public ref CrossingOrder this[uint slot] => ref _orders[slot];

    /// <summary>Takes note of an order at a slot just rented.</summary>
    public void Add(uint slot, in CrossingOrder order)
    {
        if (slot >= _orders.Length) Array.Resize(ref _orders, checked((int)pool.Capacity));
        _orders[slot] = order;
    }
}
