using System.Buffers;
using System.Buffers.Binary;
using DarkPool.Protocol.Identity;

namespace DarkPool.Protocol.Blocks;

/// <summary>
/// Reads a block. <see cref="Open(ReadOnlySpan{byte}, out BlockReader)"/> checks the whole form once, so that walking over the entries
/// cannot fail; the hashes are checked by <see cref="HasItsRoot"/>.
/// </summary>
public ref struct BlockReader
{
    /// <summary>Enough entries to fill all lanes of the hash, few enough for the stack.</summary>
    private const int OffsetsAtOnce = 256;

    private readonly ReadOnlySpan<byte> _block;
    private int _next;

    private BlockReader(ReadOnlySpan<byte> block, BlockHeader header, uint envelopes)
    {
        _block = block;
        _next = BlockHeader.Size;
        Header = header;
        Envelopes = envelopes;
    }

    /// <summary>The header.</summary>
    public BlockHeader Header { get; }

    /// <summary>How many of the entries are sealed envelopes.</summary>
    public uint Envelopes { get; }

    /// <summary>The entry that <see cref="MoveNext"/> came to.</summary>
    public BlockEntry Current { get; private set; }

    /// <summary>Checks the form of a block: header, length, and that the entries are well formed and as many as stated.</summary>
    /// <param name="block">The whole block.</param>
    /// <param name="reader">The reader, before the first entry; unusable unless the answer is <see cref="BlockFault.None"/>.</param>
    /// <returns>What is wrong with it.</returns>
    public static BlockFault Open(ReadOnlySpan<byte> block, out BlockReader reader) => Open(block, [], out reader);

    /// <summary>
    /// Checks the form of a block as <see cref="Open(ReadOnlySpan{byte}, out BlockReader)"/> does, and tells where its entries are.
    /// </summary>
    /// <param name="block">The whole block.</param>
    /// <param name="offsets">Where each entry begins in the block, and behind the last one where the block ends: one place more than
    /// entries.</param>
    /// <param name="reader">The reader, before the first entry; unusable unless the answer is <see cref="BlockFault.None"/>.</param>
    /// <returns>What is wrong with it.</returns>
    public static BlockFault Open(ReadOnlySpan<byte> block, Span<int> offsets, out BlockReader reader)
    {
        reader = default;
        if (block.Length < BlockHeader.Size) return BlockFault.TooShort;
        if (!BlockHeader.TryRead(block, out var header)) return BlockFault.BadHeader;
        if (block.Length != BlockHeader.Size + (int)header.BodyLength) return BlockFault.WrongLength;
        var fault = Walk(block, (int)header.EntryCount, offsets, out var envelopes);
        if (fault == BlockFault.None) reader = new BlockReader(block, header, envelopes);
        return fault;
    }

    private static BlockFault Walk(ReadOnlySpan<byte> block, int count, Span<int> offsets, out uint envelopes)
    {
        envelopes = 0;
        var at = BlockHeader.Size;
        for (var index = 0; index < count; index++)
        {
            if (block.Length - at < BlockLimits.EntryHeaderSize) return BlockFault.WrongCount;
            var kind = (EntryKind)block[at + 1];
            if (block[at] != 0 || kind is < EntryKind.Envelope or > EntryKind.Governance) return BlockFault.BadEntry;
            if (kind == EntryKind.Envelope) envelopes++;
            if (!offsets.IsEmpty) offsets[index] = at;
            at += BlockLimits.EntryHeaderSize + DataLength(block[at..]);
            if (at > block.Length) return BlockFault.BadEntry;
        }

        if (!offsets.IsEmpty) offsets[count] = at;
        return at == block.Length ? BlockFault.None : BlockFault.WrongCount;
    }

    /// <summary>Goes to the next entry.</summary>
    /// <returns>False after the last.</returns>
    public bool MoveNext()
    {
        if (_next >= _block.Length) return false;
        var size = BlockLimits.EntryHeaderSize + DataLength(_block[_next..]);
        Current = new BlockEntry(_block.Slice(_next, size));
        _next += size;
        return true;
    }

    /// <summary>Enables <c>foreach</c>; every loop starts at the first entry.</summary>
    /// <returns>A reader before the first entry.</returns>
    public readonly BlockReader GetEnumerator() => new(_block, Header, Envelopes);

    /// <summary>Hashes the entries and compares with the header's root.</summary>
    /// <returns>Whether they agree.</returns>
    public readonly bool HasItsRoot()
    {
        var count = (int)Header.EntryCount;
        var leaves = ArrayPool<Bytes32>.Shared.Rent(Math.Max(count, 1));
        WriteLeaves(leaves);
        var root = EntriesRoot.Compute(leaves.AsSpan(0, count));
        ArrayPool<Bytes32>.Shared.Return(leaves);
        return root == Header.EntriesRoot;
    }

    /// <summary>Writes the hash of every entry.</summary>
    /// <param name="leaves">At least as many places as entries.</param>
    public readonly void WriteLeaves(Span<Bytes32> leaves)
    {
        Span<int> offsets = stackalloc int[OffsetsAtOnce];
        var at = BlockHeader.Size;
        for (var left = (int)Header.EntryCount; left > 0; left -= offsets.Length)
        {
            if (left < offsets.Length) offsets = offsets[..left];
            foreach (ref var offset in offsets)
            {
                offset = at;
                at += BlockLimits.EntryHeaderSize + DataLength(_block[at..]);
            }

            EntryHashes.Compute(_block, offsets, leaves);
            leaves = leaves[offsets.Length..];
        }
    }

    internal static int DataLength(ReadOnlySpan<byte> entry) => BinaryPrimitives.ReadUInt16LittleEndian(entry[2..]);
}
