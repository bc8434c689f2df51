using System.Diagnostics;
using System.Reflection;
using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Identity;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Protocol.Tests.Blocks;

/// <summary>Blocks from the builder to the reader and back.</summary>
public sealed class BlockTests
{
    [Property(MaxTest = 200)]
    public void A_block_gives_back_the_entries_that_went_in(byte[][] entries, byte kinds)
    {
        using var builder = new BlockBuilder(shard: 4);
        for (var index = 0; index < entries.Length; index++)
            Assert.True(builder.TryAppend(KindOf(kinds, index), entries[index]));
        var block = builder.Seal(9, 10, Fixture.Filled(11), 12, out var header).Span;

        Assert.Equal(BlockFault.None, BlockReader.Open(block, out var reader));
        Assert.Equal(header, reader.Header);
        Assert.Equal((4u, (uint)entries.Length), (header.Shard, header.EntryCount));
        Assert.Equal((9UL, 10L, 12UL), (header.Number, header.Time, header.SequencerEpoch));
        Assert.True(reader.HasItsRoot());
        Assert.Equal(BlockHash.OfHeader(block[..BlockHeader.Size]), header.ComputeHead());
        var leaves = new List<Bytes32>();
        foreach (var entry in reader)
        {
            Assert.Equal(KindOf(kinds, leaves.Count), entry.Kind);
            Assert.Equal(entries[leaves.Count], entry.Data.ToArray());
            leaves.Add(BlockHash.OfEntry(entry.Kind, entry.Data));
        }

        Assert.Equal(entries.Length, leaves.Count);
        Assert.Equal(EntriesRootTests.Naive([.. leaves]), header.EntriesRoot);
        Assert.Equal(leaves, builder.Tree.Leaves.ToArray());
    }

    [Property(MaxTest = 200)]
    public void A_damaged_block_is_refused_or_has_another_head_or_not_its_root(byte[][] entries, int place, byte value)
    {
        using var builder = new BlockBuilder(shard: 0);
        foreach (var entry in entries) Assert.True(builder.TryAppend(EntryKind.Envelope, entry));
        var block = builder.Seal(1, 2, Fixture.Filled(3), 4, out var header).ToArray();
        var at = (place & int.MaxValue) % block.Length;
        if (block[at] == value) return;
        block[at] = value;
        if (BlockReader.Open(block, out var reader) != BlockFault.None) return;
        Assert.True(reader.Header.ComputeHead() != header.ComputeHead() || !reader.HasItsRoot());
    }

    [Property(MaxTest = 500)]
    public void Any_bytes_are_read_or_refused_without_an_exception(byte[] noise, bool withHeader)
    {
        byte[] block = noise;
        if (withHeader)
        {
            block = new byte[BlockHeader.Size + noise.Length];
            new BlockHeader(0, (uint)(noise.Length / 5), 1, 0, default, default, (uint)noise.Length, 0).Write(block);
            noise.CopyTo(block, BlockHeader.Size);
        }

        if (BlockReader.Open(block, out var reader) != BlockFault.None) return;
        var length = BlockHeader.Size;
        foreach (var entry in reader) length += entry.Encoded.Length;
        Assert.Equal(block.Length, length);
    }

    [Fact]
    public void What_is_wrong_with_a_block_is_named()
    {
        using var builder = new BlockBuilder(shard: 0);
        Assert.True(builder.TryAppend(EntryKind.Price, [1, 2, 3]));
        Assert.True(builder.TryAppend(EntryKind.Envelope, []));
        var good = builder.Seal(1, 2, default, 0, out var header).ToArray();

        Assert.Equal(BlockFault.TooShort, Open(good[..(BlockHeader.Size - 1)]));
        Assert.Equal(BlockFault.BadHeader, Open([0, .. good[1..]]));
        Assert.Equal(BlockFault.WrongLength, Open(good[..^1]));
        Assert.Equal(BlockFault.WrongLength, Open([.. good, 0]));
        Assert.Equal(BlockFault.BadEntry, Open(With(good, BlockHeader.Size, 1)));
        Assert.Equal(BlockFault.BadEntry, Open(With(good, BlockHeader.Size + 1, 0)));
        Assert.Equal(BlockFault.BadEntry, Open(With(good, BlockHeader.Size + 1, 5)));
        Assert.Equal(BlockFault.BadEntry, Open(With(good, BlockHeader.Size + 2, 200)));
        Assert.Equal(BlockFault.WrongCount, Open(WithHeader(good, header with { EntryCount = 1 })));
        Assert.Equal(BlockFault.WrongCount, Open(WithHeader(good, header with { EntryCount = 3 })));
        Assert.Equal(BlockFault.BadHeader, Open(WithHeader(good, header with { EntryCount = BlockLimits.MaxEntries + 1 })));
        Assert.Equal(BlockFault.BadHeader, Open(WithHeader(good, header with { BodyLength = BlockLimits.MaxBodyBytes + 1 })));
        Assert.Equal(BlockFault.BadHeader, Open(WithHeader(good, header with { Number = 0 })));
        Assert.Equal(BlockFault.None, Open(good));
    }

    [Fact]
    public void A_full_block_takes_no_more()
    {
        using var builder = new BlockBuilder(shard: 0);
        for (var index = 0; index < BlockLimits.MaxEntries; index++) Assert.True(builder.TryAppend(EntryKind.Envelope, [1]));
        Assert.False(builder.TryAppend(EntryKind.Envelope, [1]));
        Assert.Equal(BlockLimits.MaxEntries, builder.Count);
        Assert.Equal(BlockFault.None, BlockReader.Open(builder.Seal(1, 0, default, 0, out _).Span, out var reader));
        Assert.True(reader.HasItsRoot());

        builder.Reset();
        var large = new byte[BlockLimits.MaxEntryData];
        var fitting = BlockLimits.MaxBodyBytes / (large.Length + BlockLimits.EntryHeaderSize);
        for (var index = 0; index < fitting; index++) Assert.True(builder.TryAppend(EntryKind.Envelope, large));
        Assert.False(builder.TryAppend(EntryKind.Envelope, large));
        Assert.True(builder.BodyLength <= BlockLimits.MaxBodyBytes);
    }

    [Fact]
    public void A_builder_starts_again_after_a_block()
    {
        using var builder = new BlockBuilder(shard: 0);
        Assert.True(builder.TryAppend(EntryKind.Envelope, [1, 2, 3]));
        var first = builder.Seal(1, 0, default, 0, out var firstHeader).ToArray();
        builder.Reset();
        Assert.Equal((0, 0), (builder.Count, builder.BodyLength));
        builder.Seal(1, 0, default, 0, out var empty);
        Assert.Equal(BlockHash.OfNothing, empty.EntriesRoot);
        builder.Reset();
        Assert.True(builder.TryAppend(EntryKind.Envelope, [1, 2, 3]));
        Assert.Equal(first, builder.Seal(1, 0, default, 0, out var again).ToArray());
        Assert.Equal(firstHeader, again);
    }

    [Fact]
    public void Appending_and_reading_allocate_nothing()
    {
        using var builder = new BlockBuilder(shard: 0);
        var envelope = new byte[256];
        FillSealAndRead(builder, envelope);
        builder.Reset();
        var before = GC.GetAllocatedBytesForCurrentThread();
        FillSealAndRead(builder, envelope);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // Unoptimised code boxes the handle of the hash's constants at every use; that is not the builder's.
        if (Optimised) Assert.Equal(0, allocated);
        else Assert.True(allocated < BlockLimits.MaxEntries * 256L);
    }

    private static bool Optimised =>
        typeof(BlockBuilder).Assembly.GetCustomAttribute<DebuggableAttribute>() is not { IsJITOptimizerDisabled: true };

    private static void FillSealAndRead(BlockBuilder builder, byte[] envelope)
    {
        while (builder.TryAppend(EntryKind.Envelope, envelope))
        {
        }

        var block = builder.Seal(1, 0, default, 0, out _).Span;
        if (BlockReader.Open(block, out var reader) != BlockFault.None || !reader.HasItsRoot()) throw new InvalidOperationException();
        foreach (var entry in reader)
        {
            if (entry.Data.Length != envelope.Length) throw new InvalidOperationException();
        }
    }

    private static EntryKind KindOf(byte kinds, int index) => (EntryKind)(1 + (((kinds >> (index & 7)) + index) & 3));

    private static BlockFault Open(byte[] block) => BlockReader.Open(block, out _);

    private static byte[] With(byte[] block, int place, byte value)
    {
        var changed = block.ToArray();
        changed[place] = value;
        return changed;
    }

    private static byte[] WithHeader(byte[] block, BlockHeader header)
    {
        var changed = block.ToArray();
        header.Write(changed);
        return changed;
    }
}
