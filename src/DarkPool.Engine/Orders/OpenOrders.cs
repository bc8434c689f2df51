using System.Runtime.CompilerServices;
using DarkPool.Engine.Memory;
using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Orders;

/// <summary>
/// The open orders of all accounts and markets: their slots in one pool, found by account and client order id, counted per account, and
/// queued by expiry.
/// </summary>
internal sealed unsafe class OpenOrders
{
    private const int SmallestCapacity = 1024;

    private readonly SlotIndex _index = new(SmallestCapacity);
    private readonly PinnedBuffer<uint> _openOfAccount = new(SmallestCapacity);
    private readonly HashKey _hash;

    public OpenOrders(HashKey hash)
    {
        _hash = hash;
        Pool = new OrderPool(SmallestCapacity);
        Details = new OrderDetails(Pool);
        Expiring = new ExpiryQueue(Details);
    }

    /// <summary>The nodes of all books.</summary>
    public OrderPool Pool { get; }

    /// <summary>What the venue knows of each order.</summary>
    public OrderDetails Details { get; }

    /// <summary>The orders that expire.</summary>
    public ExpiryQueue Expiring { get; }

    /// <summary>Count of open orders.</summary>
    public long Count => _index.Count;

    /// <summary>Count of an account's open orders.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint CountOf(uint account) => account < _openOfAccount.Length ? _openOfAccount.Items[account] : 0;

    /// <summary>The hash under which an order is found.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint HashOf(uint account, ulong clientOrderId) => _hash.Of(clientOrderId, account);

    /// <summary>The slot of an open order, or 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Find(uint account, ulong clientOrderId, uint hash) => _index.Find(hash, new OwnerMatch(Pool.Nodes, account, clientOrderId));

    /// <summary>The node of an open order.</summary>
    public ref readonly OrderNode Order(uint slot) => ref Pool.Nodes[slot];

    /// <summary>Takes note of an order that has come to rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(uint slot, uint hash, in OrderDetail detail)
    {
        _index.Add(hash, slot);
        var account = Pool.Nodes[slot].Owner;
        if (account >= _openOfAccount.Length) _openOfAccount.Grow(Math.Max(account + 1L, _openOfAccount.Length * 2));
        _openOfAccount.Items[account]++;
        Details.Cover(slot);
        Details[slot] = detail;
    }

    /// <summary>Takes note that an order is about to end, or to move to another slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Remove(uint slot, uint hash)
    {
        _index.Remove(hash, slot);
        _openOfAccount.Items[Pool.Nodes[slot].Owner]--;
        if (Details[slot].ExpiryPlace != 0) Expiring.Remove(slot);
    }

    private readonly struct OwnerMatch(OrderNode* nodes, uint account, ulong clientOrderId) : ISlotMatch
    {
        public bool Matches(uint slot) => nodes[slot].Id == clientOrderId && nodes[slot].Owner == account;
    }
}
