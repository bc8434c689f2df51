using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using DarkPool.Engine.Memory;
using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Orders;

/// <summary>
/// The details of all slots of a pool; grows with it. What few orders have stands apart, so that the others do not carry it.
/// </summary>
internal sealed unsafe class OrderDetails(OrderPool pool)
{
    private readonly PinnedBuffer<OrderDetail> _details = new(pool.Capacity);
    private readonly PinnedBuffer<TradeMinimum> _minimums = new(pool.Capacity);

    /// <summary>The detail at a slot. Void after the next <see cref="Cover"/>.</summary>
    public ref OrderDetail this[uint slot] => ref _details.Items[slot];

    /// <summary>Starts to bring a detail near.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(uint slot)
    {
        if (Sse.IsSupported) Sse.Prefetch0(_details.Items + slot);
    }

    /// <summary>The minimums of an order that has some.</summary>
    public ref TradeMinimum Minimum(uint slot) => ref _minimums.Items[slot];

    /// <summary>Makes room for a slot just rented.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Cover(uint slot)
    {
        if (slot >= _details.Length) Grow();
    }

    private void Grow()
    {
        _details.Grow(pool.Capacity);
        _minimums.Grow(pool.Capacity);
    }
}
