using System.Buffers;
using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Identity;

namespace DarkPool.EventStore.Shards;

/// <summary>
/// A block as it came out of the store, checked. The bytes of a block that came with others live in a pooled array until
/// <see cref="Dispose"/>; one that is not disposed costs the pool an array and nothing else.
/// </summary>
public sealed class StoredBlock : IDisposable
{
    private byte[]? _pooled;

    internal StoredBlock(BlockHeader header, uint envelopes, ReadOnlyMemory<byte> bytes, byte[]? pooled = null)
    {
        Header = header;
        Head = header.ComputeHead();
        Envelopes = envelopes;
        Bytes = bytes;
        _pooled = pooled;
    }

    /// <summary>Its header.</summary>
    public BlockHeader Header { get; }

    /// <summary>Hash of the header.</summary>
    public Bytes32 Head { get; }

    /// <summary>How many of its entries are sealed envelopes.</summary>
    public uint Envelopes { get; }

    /// <summary>Header and body; not to be used after <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private set; }

    /// <summary>Gives the array back to the pool.</summary>
    public void Dispose()
    {
        var pooled = Interlocked.Exchange(ref _pooled, null);
        if (pooled is null) return;
        Bytes = default;
        ArrayPool<byte>.Shared.Return(pooled);
    }
}
