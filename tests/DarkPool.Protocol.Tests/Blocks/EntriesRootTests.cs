using System.Security.Cryptography;
using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Identity;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Protocol.Tests.Blocks;

/// <summary>The Merkle tree against the recursive definition of RFC 9162 section 2.1.1.</summary>
public sealed class EntriesRootTests
{
    private const int LargestTree = 70;

    [Fact]
    public void The_root_is_that_of_the_recursive_definition()
    {
        for (var count = 0; count <= LargestTree; count++)
        {
            var leaves = Leaves(count);
            var expected = Naive(leaves);
            Assert.Equal(expected, EntriesRoot.Compute(leaves));
            var tree = new EntriesTree();
            tree.Build(leaves);
            Assert.Equal(expected, tree.Root);
        }
    }

    [Fact]
    public void Every_run_of_every_small_tree_is_proven_and_only_at_its_place()
    {
        var siblings = new Bytes32[EntriesTree.MaxSiblings];
        var tree = new EntriesTree();
        for (var total = 1; total <= 20; total++)
        {
            var leaves = Leaves(total);
            tree.Build(leaves);
            for (var first = 0; first < total; first++)
            {
                for (var count = 1; count <= total - first; count++)
                {
                    var proof = siblings.AsSpan(0, tree.ProveRun(first, count, siblings));
                    var run = leaves.AsSpan(first, count);
                    Assert.True(EntriesRoot.VerifyRun(tree.Root, total, first, run, proof));
                    Assert.False(EntriesRoot.VerifyRun(tree.Root, total, first + 1, run, proof));
                    Assert.False(EntriesRoot.VerifyRun(tree.Root, total, first - 1, run, proof));
                    Assert.False(EntriesRoot.VerifyRun(Hash([1]), total, first, run, proof));
                    if (!proof.IsEmpty) Assert.False(EntriesRoot.VerifyRun(tree.Root, total, first, run, proof[1..]));
                    Assert.False(EntriesRoot.VerifyRun(tree.Root, total, first, run, [.. proof, Hash([2])]));
                    Bytes32[] forged = [.. run];
                    forged[count / 2] = Hash([3]);
                    Assert.False(EntriesRoot.VerifyRun(tree.Root, total, first, forged, proof));
                }
            }
        }
    }

    [Property(MaxTest = 100)]
    public void A_run_of_a_large_tree_is_proven_and_no_other(ushort size, ushort start, ushort length, byte forged)
    {
        var total = 1 + (size % BlockLimits.MaxEntries);
        var first = start % total;
        var count = 1 + (length % (total - first));
        var leaves = Leaves(total);
        var tree = new EntriesTree();
        tree.Build(leaves);
        var siblings = new Bytes32[EntriesTree.MaxSiblings];
        var proof = siblings.AsSpan(0, tree.ProveRun(first, count, siblings));
        Assert.True(EntriesRoot.VerifyRun(tree.Root, total, first, leaves.AsSpan(first, count), proof));
        if (proof.IsEmpty) return;
        proof[forged % proof.Length] = Hash([forged]);
        Assert.False(EntriesRoot.VerifyRun(tree.Root, total, first, leaves.AsSpan(first, count), proof));
    }

    [Fact]
    public void A_run_outside_of_the_tree_is_refused()
    {
        var leaves = Leaves(5);
        var tree = new EntriesTree();
        tree.Build(leaves);
        Assert.False(EntriesRoot.VerifyRun(tree.Root, 0, 0, leaves, []));
        Assert.False(EntriesRoot.VerifyRun(tree.Root, BlockLimits.MaxEntries + 1, 0, leaves, []));
        Assert.False(EntriesRoot.VerifyRun(tree.Root, 5, 0, [], []));
        Assert.False(EntriesRoot.VerifyRun(tree.Root, 5, 1, leaves, []));
        Assert.False(EntriesRoot.VerifyRun(tree.Root, 5, int.MaxValue, leaves, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.ProveRun(0, 6, new Bytes32[EntriesTree.MaxSiblings]));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.ProveRun(0, 0, new Bytes32[EntriesTree.MaxSiblings]));
    }

    internal static Bytes32[] Leaves(int count) => [.. Enumerable.Range(0, count).Select(index => Hash(BitConverter.GetBytes(index)))];

    internal static Bytes32 Naive(ReadOnlySpan<Bytes32> leaves)
    {
        if (leaves.IsEmpty) return Hash([]);
        if (leaves.Length == 1) return leaves[0];
        var split = 1;
        while (split * 2 < leaves.Length) split *= 2;
        return Hash([1, .. Naive(leaves[..split]).Span, .. Naive(leaves[split..]).Span]);
    }

    private static Bytes32 Hash(byte[] message) => new(SHA256.HashData(message));
}
