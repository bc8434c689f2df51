using System.Buffers;
using DarkPool.Protocol.Identity;

namespace DarkPool.Protocol.Blocks;

/// <summary>
/// Collects entries into a block. Its buffers are taken once and reused for every block: appending allocates nothing.
/// Not for use by two threads at once.
/// </summary>
public sealed class BlockBuilder : IDisposable
{
    private readonly uint _shard;
    private readonly Bytes32[] _leaves = new Bytes32[BlockLimits.MaxEntries];
    private readonly int[] _offsets = new int[BlockLimits.MaxEntries];
    private readonly EntriesTree _tree = new();
    private byte[] _block = ArrayPool<byte>.Shared.Rent(BlockLimits.MaxBlockBytes);
    private int _length = BlockHeader.Size;
    private int _hashed;

    /// <summary>Makes an empty builder.</summary>
    /// <param name="shard">The shard whose blocks it builds.</param>
    public BlockBuilder(uint shard) => _shard = shard;

    /// <summary>Entries appended since the last <see cref="Reset"/>.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of these entries.</summary>
    public int BodyLength => _length - BlockHeader.Size;

    /// <summary>The tree over the entries; valid from <see cref="Seal"/> to the next <see cref="Reset"/>.</summary>
    public EntriesTree Tree => _tree;

    /// <summary>Appends an entry.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="data">Its data, at most <see cref="BlockLimits.MaxEntryData"/> bytes.</param>
    /// <returns>False if the block is full; nothing is appended then.</returns>
    public bool TryAppend(EntryKind kind, ReadOnlySpan<byte> data)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(data.Length, BlockLimits.MaxEntryData);
        ObjectDisposedException.ThrowIf(_block.Length == 0, this);
        var size = BlockLimits.EntryHeaderSize + data.Length;
        if (Count == BlockLimits.MaxEntries || size > BlockLimits.MaxBodyBytes - BodyLength) return false;

        var entry = _block.AsSpan(_length, size);
        BlockHash.WriteEntryHeader(entry, kind, data.Length);
        data.CopyTo(entry[BlockLimits.EntryHeaderSize..]);
        _offsets[Count++] = _length;
        _length += size;
        return true;
    }

    /// <summary>Hashes the entries and writes the header.</summary>
    /// <param name="number">Number of the block, from 1.</param>
    /// <param name="time">Microseconds since 1970.</param>
    /// <param name="previousHead">Head of the predecessor.</param>
    /// <param name="sequencerEpoch">The fence.</param>
    /// <param name="header">The header.</param>
    /// <returns>The whole block; valid until the next <see cref="Reset"/>.</returns>
    public ReadOnlyMemory<byte> Seal(ulong number, long time, in Bytes32 previousHead, ulong sequencerEpoch, out BlockHeader header)
    {
        ArgumentOutOfRangeException.ThrowIfZero(number);
        ObjectDisposedException.ThrowIf(_block.Length == 0, this);
        HashEntries();
        _tree.Build(_leaves.AsSpan(0, Count));
        header = new BlockHeader(_shard, (uint)Count, number, time, previousHead, _tree.Root, (uint)BodyLength, sequencerEpoch);
        header.Write(_block);
        return _block.AsMemory(0, _length);
    }

    /// <summary>Forgets all entries.</summary>
    public void Reset()
    {
        _length = BlockHeader.Size;
        _hashed = 0;
        Count = 0;
    }

    /// <summary>Gives the buffer back.</summary>
    public void Dispose()
    {
        var block = _block;
        _block = [];
        if (block.Length != 0) ArrayPool<byte>.Shared.Return(block);
    }

    private void HashEntries()
    {
        EntryHashes.Compute(_block, _offsets.AsSpan(_hashed, Count - _hashed), _leaves.AsSpan(_hashed));
        _hashed = Count;
    }
}
