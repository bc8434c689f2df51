using System.Buffers;
using System.Runtime.InteropServices;
using DarkPool.Protocol.Hashing;
using DarkPool.Protocol.Identity;

namespace DarkPool.Protocol.Blocks;

/// <summary>The Merkle root over a block's entries (RFC 9162 section 2.1.1), and the check that a run of entries is under a root.</summary>
public static class EntriesRoot
{
    /// <summary>The root over leaves.</summary>
    /// <param name="leaves">Hashes of the entries in order, any number.</param>
    /// <returns>The root.</returns>
    public static Bytes32 Compute(ReadOnlySpan<Bytes32> leaves)
    {
        if (leaves.IsEmpty) return BlockHash.OfNothing;
        if (leaves.Length == 1) return leaves[0];

        var pooled = ArrayPool<Bytes32>.Shared.Rent((leaves.Length + 1) / 2);
        var width = (leaves.Length + 1) / 2;
        HashLevel(leaves, pooled);
        while (width > 1)
        {
            // In place: a node is written at or before the pair it is made of.
            HashLevel(pooled.AsSpan(0, width), pooled);
            width = (width + 1) / 2;
        }

        var root = pooled[0];
        ArrayPool<Bytes32>.Shared.Return(pooled);
        return root;
    }

    /// <summary>Checks that a run of leaves stands at its place under a root.</summary>
    /// <param name="root">The root.</param>
    /// <param name="total">Leaves of the whole tree, at most <see cref="BlockLimits.MaxEntries"/>.</param>
    /// <param name="first">Index of the run's first leaf.</param>
    /// <param name="run">The run's leaves, at least one.</param>
    /// <param name="siblings">Roots of the maximal subtrees outside the run, from left to right.</param>
    /// <returns>True only if leaves and all siblings, and nothing else, give the root.</returns>
    public static bool VerifyRun(
        in Bytes32 root, int total, int first, ReadOnlySpan<Bytes32> run, ReadOnlySpan<Bytes32> siblings)
    {
        if (total is < 1 or > BlockLimits.MaxEntries || first < 0 || run.IsEmpty || run.Length > total - first) return false;
        var check = new RunCheck { Total = total, First = first, Run = run, Siblings = siblings };
        var computed = check.NodeAt(EntriesTree.Height(total), 0);
        return !check.Short && check.Siblings.IsEmpty && computed == root;
    }

    /// <summary>Hashes one level of the tree into the next; a last node without a sibling is carried up as it is.</summary>
    /// <param name="below">The nodes of a level, or a part of it that begins at a multiple of two.</param>
    /// <param name="above">Half as many places, rounded up; may begin where <paramref name="below"/> begins.</param>
    public static void HashLevel(ReadOnlySpan<Bytes32> below, Span<Bytes32> above)
    {
        var pairs = below.Length / 2;
        Sha256Batch.HashNodes(MemoryMarshal.AsBytes(below[..(pairs * 2)]), MemoryMarshal.AsBytes(above));
        if ((below.Length & 1) != 0) above[pairs] = below[^1];
    }

    private ref struct RunCheck
    {
        public int Total;
        public int First;
        public ReadOnlySpan<Bytes32> Run;
        public ReadOnlySpan<Bytes32> Siblings;
        public bool Short;

        public Bytes32 NodeAt(int level, int index)
        {
            var start = index << level;
            var end = Math.Min(start + (1 << level), Total);
            if (start >= First && end <= First + Run.Length) return Compute(Run[(start - First)..(end - First)]);
            if (end <= First || start >= First + Run.Length) return TakeSibling();

            var left = NodeAt(level - 1, index * 2);
            return ((index * 2) + 1) << (level - 1) >= Total ? left : BlockHash.OfNodes(left, NodeAt(level - 1, (index * 2) + 1));
        }

        private Bytes32 TakeSibling()
        {
            if (Siblings.IsEmpty)
            {
                Short = true;
                return default;
            }

            var sibling = Siblings[0];
            Siblings = Siblings[1..];
            return sibling;
        }
    }
}
