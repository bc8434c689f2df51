using System.Numerics;
using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Identity;
using Xunit;

namespace DarkPool.Protocol.Tests.Blocks;

/// <summary>Hashing side by side gives what hashing one by one gives.</summary>
public class EntryHashesTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(255)]
    [InlineData(700)]
    public void Leaves_and_root_of_a_block_with_entries_of_mixed_sizes_are_those_of_the_rule(int count)
    {
        var random = new Random(count);
        using var builder = new BlockBuilder(3);
        for (int i = 0; i < count; i++)
        {
            var data = new byte[random.Next(4) == 0 ? random.Next(600) : 256];
            random.NextBytes(data);
            Assert.True(builder.TryAppend(EntryKind.Envelope, data));
        }

        ReadOnlyMemory<byte> block = builder.Seal(1, 1, default, 1, out BlockHeader header);
        Assert.Equal(BlockFault.None, BlockReader.Open(block.Span, out BlockReader reader));
        var expected = new List<Bytes32>();
        foreach (BlockEntry entry in reader) expected.Add(BlockHash.OfEntry(entry.Encoded));
        var leaves = new Bytes32[count];
        reader.WriteLeaves(leaves);

        Assert.Equal(expected, leaves);
        Assert.Equal(Rfc9162Root([.. expected]), header.EntriesRoot);
        Assert.True(reader.HasItsRoot());
    }

    /// <summary>RFC 9162, section 2.1.1, word for word: split at the largest power of two below the count.</summary>
    private static Bytes32 Rfc9162Root(ReadOnlySpan<Bytes32> leaves)
    {
        if (leaves.IsEmpty) return BlockHash.OfNothing;
        if (leaves.Length == 1) return leaves[0];
        int split = 1 << BitOperations.Log2((uint)(leaves.Length - 1));
        return BlockHash.OfNodes(Rfc9162Root(leaves[..split]), Rfc9162Root(leaves[split..]));
    }
}
