using System.Runtime.CompilerServices;

namespace DarkPool.Engine.Memory;

/// <summary>
/// Zeroed memory that does not move, aligned to a cache line, so that hot structures index it by pointer without bounds checks. It
/// belongs to the collector: whoever keeps the pointer keeps the buffer. Growing copies to a new place; pointers taken before are then
/// void.
/// </summary>
internal sealed unsafe class PinnedBuffer<T>
    where T : unmanaged
{
    private const int CacheLine = 64;

    private ulong[] _words;

    public PinnedBuffer(long length) => _words = Allocate(length);

    /// <summary>The first item.</summary>
    public T* Items { get; private set; }

    /// <summary>Count of items.</summary>
    public long Length { get; private set; }

    /// <summary>Bytes held, alignment included.</summary>
    public long Bytes => _words.LongLength * sizeof(ulong);

    /// <summary>Makes room for <paramref name="length"/> items and keeps the present ones.</summary>
    public void Grow(long length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, Length);
        var oldWords = _words;
        var oldItems = Items;
        var oldBytes = Length * sizeof(T);
        _words = Allocate(length);
        Buffer.MemoryCopy(oldItems, Items, length * sizeof(T), oldBytes);
        GC.KeepAlive(oldWords);
    }

    private ulong[] Allocate(long length)
    {
        var words = ((checked(length * sizeof(T)) + sizeof(ulong) - 1) / sizeof(ulong)) + (CacheLine / sizeof(ulong));
        var array = GC.AllocateArray<ulong>(checked((int)words), pinned: true);
        var address = (nuint)Unsafe.AsPointer(ref array[0]);
        Items = (T*)((address + CacheLine - 1) & ~(nuint)(CacheLine - 1));
        Length = length;
        return array;
    }
}
