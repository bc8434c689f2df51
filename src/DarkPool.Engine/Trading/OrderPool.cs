using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using DarkPool.Engine.Memory;

namespace DarkPool.Engine.Trading;

/// <summary>
/// The nodes of one or more books. A node that ended is the next one to be used again, while it is still in the cache; memory grows only
/// when more nodes live at once than ever before. Node 0 is nobody's and means none.
/// </summary>
internal sealed unsafe class OrderPool
{
    private const int SmallestCapacity = 64;

    /// <summary>Grows by a quarter: a million orders must not take the memory of two.</summary>
    private const int GrowthPart = 4;

    private readonly PinnedBuffer<OrderNode> _buffer;
    private uint _unused = 1;

    public OrderPool(int capacity)
    {
        _buffer = new PinnedBuffer<OrderNode>(Math.Max(SmallestCapacity, capacity));
        Nodes = _buffer.Items;
    }

    /// <summary>All nodes. Void after the next <see cref="Rent"/>, which may have to make room.</summary>
    public OrderNode* Nodes { get; private set; }

    /// <summary>The node that was given back last and is the next to be used; 0 if there is none.</summary>
    public uint Free { get; private set; }

    /// <summary>Count of nodes there is memory for.</summary>
    public long Capacity => _buffer.Length;

    /// <summary>Bytes held.</summary>
    public long Bytes => _buffer.Bytes;

    /// <summary>A node. Void after the next <see cref="Rent"/>.</summary>
    public ref OrderNode At(uint node) => ref Nodes[node];

    /// <summary>Starts to bring a node near.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(uint node)
    {
        if (Sse.IsSupported) Sse.Prefetch0(Nodes + node);
    }

    /// <summary>A node of any content.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Rent()
    {
        var node = Free;
        if (node == 0) return RentUnused();
        RentFree(Nodes + node);
        return node;
    }

    /// <summary>Rents the node <see cref="Free"/>, which whoever calls has at hand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void RentFree(OrderNode* free) => Free = free->Next;

    /// <summary>Gives a node back.</summary>
    public void Return(uint node) => Return(Nodes + node, node);

    /// <summary>The same for who has its address at hand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Return(OrderNode* node, uint index)
    {
        node->Next = Free;
        Free = index;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private uint RentUnused()
    {
        if (_unused == _buffer.Length)
        {
            _buffer.Grow(checked((uint)(_buffer.Length + Math.Max(_buffer.Length / GrowthPart, SmallestCapacity))));
            Nodes = _buffer.Items;
        }

        return _unused++;
    }
}
