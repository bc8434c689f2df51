using System.Runtime.InteropServices;
using DarkPool.Protocol.Hashing;
using DarkPool.Protocol.Identity;

namespace DarkPool.Protocol.Blocks;

/// <summary>Hashes entries that stand in one buffer. Almost all have one length, so that they are hashed side by side.</summary>
public static class EntryHashes
{
    /// <summary>Writes the leaf of each entry.</summary>
    /// <param name="buffer">Holds the entries, well formed.</param>
    /// <param name="offsets">Where each begins in <paramref name="buffer"/>.</param>
    /// <param name="leaves">At least as many places as offsets.</param>
    public static void Compute(ReadOnlySpan<byte> buffer, ReadOnlySpan<int> offsets, Span<Bytes32> leaves)
    {
        while (!offsets.IsEmpty)
        {
            var size = SizeAt(buffer, offsets[0]);
            var run = 1;
            while (run < offsets.Length && SizeAt(buffer, offsets[run]) == size) run++;
            Sha256Batch.HashEqualLengths(buffer, offsets[..run], size, MemoryMarshal.AsBytes(leaves));
            offsets = offsets[run..];
            leaves = leaves[run..];
        }
    }

    private static int SizeAt(ReadOnlySpan<byte> buffer, int offset) =>
        BlockLimits.EntryHeaderSize + BlockReader.DataLength(buffer[offset..]);
}
