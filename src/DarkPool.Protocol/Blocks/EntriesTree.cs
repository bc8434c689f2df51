using System.Buffers;
using System.Numerics;
using DarkPool.Protocol.Identity;

namespace DarkPool.Protocol.Blocks;

/// <summary>
/// All nodes of the Merkle tree over a block's entries (RFC 9162 section 2.1.1), kept so that a receipt costs look-ups and no hashing.
/// Level by level from the leaves; a node without a sibling is carried up as it is, which is the same tree as splitting at the
/// largest power of two.
/// </summary>
public sealed class EntriesTree
{
    /// <summary>The most siblings that a proof of one run can need: two for each level below the root.</summary>
    public const int MaxSiblings = 2 * MaxLevels;

    private const int MaxLevels = 12;

    private readonly ArrayBufferWriter<Bytes32> _nodes = new();
    private readonly int[] _levelStart = new int[MaxLevels + 2];
    private int _count;

    /// <summary>Number of leaves.</summary>
    public int Count => _count;

    /// <summary>The root.</summary>
    public Bytes32 Root { get; private set; } = BlockHash.OfNothing;

    /// <summary>The leaves, in order.</summary>
    public ReadOnlySpan<Bytes32> Leaves => _nodes.WrittenSpan[.._count];

    /// <summary>Builds the tree; what was there before is gone.</summary>
    /// <param name="leaves">Hashes of the entries, at most <see cref="BlockLimits.MaxEntries"/>.</param>
    public void Build(ReadOnlySpan<Bytes32> leaves)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(leaves.Length, BlockLimits.MaxEntries);
        _nodes.ResetWrittenCount();
        _nodes.Write(leaves);
        _count = leaves.Length;
        _levelStart[0] = 0;
        var below = 0;
        for (int level = 1, width = _count; width > 1; level++, width = (width + 1) / 2)
        {
            _levelStart[level] = _nodes.WrittenCount;
            var above = _nodes.GetSpan((width + 1) / 2);
            EntriesRoot.HashLevel(_nodes.WrittenSpan.Slice(below, width), above);
            below = _nodes.WrittenCount;
            _nodes.Advance((width + 1) / 2);
        }

        Root = _count == 0 ? BlockHash.OfNothing : _nodes.WrittenSpan[^1];
    }

    /// <summary>Collects the roots of the maximal subtrees outside a run of leaves, from left to right.</summary>
    /// <param name="first">Index of the run's first leaf.</param>
    /// <param name="count">Leaves in the run, at least one.</param>
    /// <param name="siblings">At least <see cref="MaxSiblings"/> places.</param>
    /// <returns>How many were written.</returns>
    public int ProveRun(int first, int count, Span<Bytes32> siblings)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _count - first, nameof(count));
        var written = 0;
        Collect(Height(_count), 0, first, first + count, siblings, ref written);
        return written;
    }

    private void Collect(int level, int index, int runStart, int runEnd, Span<Bytes32> siblings, ref int written)
    {
        var start = index << level;
        if (start >= _count) return;
        var end = Math.Min(start + (1 << level), _count);
        if (start >= runStart && end <= runEnd) return;
        if (end <= runStart || start >= runEnd)
        {
            siblings[written++] = _nodes.WrittenSpan[_levelStart[level] + index];
            return;
        }

        Collect(level - 1, index * 2, runStart, runEnd, siblings, ref written);
        Collect(level - 1, (index * 2) + 1, runStart, runEnd, siblings, ref written);
    }

    internal static int Height(int count) => count <= 1 ? 0 : BitOperations.Log2((uint)(count - 1)) + 1;
}
