using System.Runtime.InteropServices;
using DarkPool.Engine.Memory;

namespace DarkPool.Engine.Orders;

/// <summary>How an order ended.</summary>
internal enum OrderEnd : byte
{
    Filled = 1,
    Cancelled = 2,
}

/// <summary>An order that ended, and the place in the log that ended it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct EndedOrder
{
    public ulong Id;
    public ulong Fingerprint;
    public ulong Block;
    public uint Entry;
    public uint Account;

    /// <summary>The hash under which it is found; it depends on the venue's seed and is no part of the state.</summary>
    public uint Hash;

    /// <summary>The one of the same account that ended next, or 0.</summary>
    public uint Later;

    public OrderEnd End;
}

/// <summary>
/// The last orders of each account that ended, oldest first, at most <see cref="VenueLimits.MaxEndedOrdersPerAccount"/>. They tell an
/// order that comes again from a new one, and say where the order was filled that a cancel came too late for. Records come from one pool
/// and go back to it; record 0 means none.
/// </summary>
internal sealed unsafe class EndedOrders
{
    private const int SmallestCapacity = 1024;

    private readonly PinnedBuffer<EndedOrder> _records = new(SmallestCapacity);
    private readonly PinnedBuffer<Queue> _queues = new(SmallestCapacity);
    private uint _unused = 1;
    private uint _free;

    private struct Queue
    {
        public uint First;
        public uint Last;
        public uint Count;
    }

    /// <summary>All records. Void after the next <see cref="Add"/>.</summary>
    public EndedOrder* Records => _records.Items;

    /// <summary>A record.</summary>
    public ref readonly EndedOrder this[uint record] => ref _records.Items[record];

    /// <summary>Count of an account's records.</summary>
    public uint CountOf(uint account) => account < _queues.Length ? _queues.Items[account].Count : 0;

    /// <summary>An account's oldest record, or 0.</summary>
    public uint FirstOf(uint account) => account < _queues.Length ? _queues.Items[account].First : 0;

    /// <summary>The record of the same account that came next, or 0.</summary>
    public uint LaterOf(uint record) => _records.Items[record].Later;

    /// <summary>Adds the youngest record of an account, which has room for it.</summary>
    public uint Add(in EndedOrder ended)
    {
        if (ended.Account >= _queues.Length) _queues.Grow(Math.Max(ended.Account + 1L, _queues.Length * 2));
        var record = Rent();
        _records.Items[record] = ended;
        _records.Items[record].Later = 0;
        ref var queue = ref _queues.Items[ended.Account];
        if (queue.Count++ == 0) queue.First = record;
        else _records.Items[queue.Last].Later = record;
        queue.Last = record;
        return record;
    }

    /// <summary>Forgets an account's oldest record, of which it has some.</summary>
    public void RemoveFirst(uint account)
    {
        ref var queue = ref _queues.Items[account];
        var record = queue.First;
        queue.First = _records.Items[record].Later;
        queue.Count--;
        _records.Items[record].Later = _free;
        _free = record;
    }

    private uint Rent()
    {
        var record = _free;
        if (record != 0)
        {
            _free = _records.Items[record].Later;
            return record;
        }

        if (_unused == _records.Length) _records.Grow(_records.Length + (_records.Length / 2));
        return _unused++;
    }
}
