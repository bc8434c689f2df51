using DarkPool.Engine.Memory;

namespace DarkPool.Engine.Orders;

/// <summary>An order that expires: when, and as which of the venue's expiring orders.</summary>
internal struct Expiry
{
    /// <summary>Microseconds since the epoch.</summary>
    public long Time;

    /// <summary>Counts the venue's expiring orders; of two that expire at once the earlier placed goes first.</summary>
    public ulong Sequence;

    public uint Slot;
}

/// <summary>
/// Expiring orders, the next to expire first: a four-way heap that writes every order's place into the order, so that one that ends
/// before its time is taken out without a search. The order of expiry depends on (time, sequence) alone, not on the heap's history.
/// </summary>
internal sealed unsafe class ExpiryQueue(OrderDetails details)
{
    private const int SmallestCapacity = 64;
    private const uint Ways = 4;

    private readonly PinnedBuffer<Expiry> _heap = new(SmallestCapacity);

    /// <summary>Count of expiring orders.</summary>
    public uint Count { get; private set; }

    /// <summary>The next to expire; there is one.</summary>
    public ref readonly Expiry First => ref _heap.Items[0];

    /// <summary>The entry of an order that expires.</summary>
    public ref readonly Expiry this[uint slot] => ref _heap.Items[details[slot].ExpiryPlace - 1];

    /// <summary>The entries in no order that means anything.</summary>
    public ReadOnlySpan<Expiry> Entries => new(_heap.Items, (int)Count);

    /// <summary>Adds an order.</summary>
    public void Add(in Expiry entry)
    {
        if (Count == _heap.Length) _heap.Grow(_heap.Length * 2);
        RiseFrom(Count++, entry);
    }

    /// <summary>Takes out an order that is there.</summary>
    public void Remove(uint slot)
    {
        var hole = details[slot].ExpiryPlace - 1;
        details[slot].ExpiryPlace = 0;
        var last = _heap.Items[--Count];
        if (hole == Count) return;
        if (hole != 0 && Precedes(last, _heap.Items[(hole - 1) / Ways])) RiseFrom(hole, last);
        else SinkFrom(hole, last);
    }

    private static bool Precedes(in Expiry left, in Expiry right) =>
        left.Time < right.Time || (left.Time == right.Time && left.Sequence < right.Sequence);

    private void Put(uint place, in Expiry entry)
    {
        _heap.Items[place] = entry;
        details[entry.Slot].ExpiryPlace = place + 1;
    }

    private void RiseFrom(uint place, Expiry entry)
    {
        while (place != 0)
        {
            var parent = (place - 1) / Ways;
            if (!Precedes(entry, _heap.Items[parent])) break;
            Put(place, _heap.Items[parent]);
            place = parent;
        }

        Put(place, entry);
    }

    private void SinkFrom(uint place, Expiry entry)
    {
        while (true)
        {
            var child = (place * Ways) + 1;
            if (child >= Count) break;
            var first = child;
            for (var other = child + 1; other < Math.Min(child + Ways, Count); other++)
            {
                if (Precedes(_heap.Items[other], _heap.Items[first])) first = other;
            }

            if (!Precedes(_heap.Items[first], entry)) break;
            Put(place, _heap.Items[first]);
            place = first;
        }

        Put(place, entry);
    }
}
