using DarkPool.Enclave.Shard;
using DarkPool.Enclave.Tests.Fixtures;
using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Link;
using Xunit;

namespace DarkPool.Enclave.Tests.Shard;

/// <summary>A block that is not the next one is refused before anything of it is applied.</summary>
public sealed class BlockGateTests : IDisposable
{
    private readonly TestPlatform _platform = new();
    private readonly TestVenue _venue;
    private readonly TestClient _client;

    public BlockGateTests()
    {
        _venue = TestVenue.Listed(_platform);
        _client = _venue.JoinFunded(21);
    }

    private LogPosition Last => _venue.Executor.Executed;

    public void Dispose()
    {
        _client.Dispose();
        _venue.Dispose();
        _platform.Dispose();
    }

    [Fact]
    public void A_number_that_skips_or_repeats_is_refused()
    {
        Refused(LinkErrorCode.BrokenLink, _venue.Build(Last.Block + 2, Last.Time, Last.Head));
        Refused(LinkErrorCode.BrokenLink, _venue.Build(Last.Block, Last.Time, Last.Head));
    }

    [Fact]
    public void Another_predecessor_is_refused() =>
        Refused(LinkErrorCode.BrokenLink, _venue.Build(Last.Block + 1, Last.Time, TestGenesis.Genesis.GenesisHead));

    [Fact]
    public void A_time_that_goes_back_is_refused() =>
        Refused(LinkErrorCode.BrokenLink, _venue.Build(Last.Block + 1, Last.Time - 1, Last.Head));

    [Fact]
    public void Another_shard_is_refused()
    {
        var block = _venue.Next();
        block[8] ^= 1;
        Refused(LinkErrorCode.BrokenLink, block);
    }

    [Fact]
    public void Every_changed_byte_of_the_body_breaks_the_root_or_the_form()
    {
        var block = _venue.Next(TestVenue.Sealed(_client.Cover()), TestVenue.Sealed(_client.Cover()), TestVenue.Sealed(_client.Cover()));
        for (var place = BlockHeader.Size; place < block.Length; place += 7)
        {
            var altered = block.ToArray();
            altered[place] ^= 1;
            Refused(LinkErrorCode.InvalidBlock, altered);
        }

        _venue.Execute(block);
    }

    [Fact]
    public void Swapped_entries_break_the_root()
    {
        var block = _venue.Next(TestVenue.Sealed(_client.Cover()), TestVenue.Sealed(_client.Cover()));
        var half = (block.Length - BlockHeader.Size) / 2;
        var first = block.AsSpan(BlockHeader.Size, half).ToArray();
        block.AsSpan(BlockHeader.Size + half).CopyTo(block.AsSpan(BlockHeader.Size));
        first.CopyTo(block.AsSpan(BlockHeader.Size + half));

        Refused(LinkErrorCode.InvalidBlock, block);
    }

    [Fact]
    public void Truncated_and_extended_blocks_are_refused()
    {
        var block = _venue.Next(TestVenue.Sealed(_client.Cover()));
        Refused(LinkErrorCode.InvalidBlock, block[..^1]);
        Refused(LinkErrorCode.InvalidBlock, block[..100]);
        Refused(LinkErrorCode.InvalidBlock, []);
        Refused(LinkErrorCode.InvalidBlock, [.. block, 0]);
    }

    [Theory]
    [InlineData(5_000_001)]
    [InlineData(-5_000_001)]
    public void A_live_block_too_far_from_the_enclaves_clock_is_refused(long distance)
    {
        var block = _venue.Next();
        var time = Last.Time + TestVenue.BlockInterval;
        Refused(LinkErrorCode.TimeOutOfBounds, block, time + distance);

        _venue.Execute(block, time + (distance - Math.Sign(distance)));
    }

    [Fact]
    public void More_uncommitted_blocks_than_allowed_are_refused()
    {
        for (var i = 0; i < LinkLimits.MaxUncommittedBlocks; i++) _venue.Execute(_venue.Next());

        Refused(LinkErrorCode.UnexpectedMessage, _venue.Next());
    }

    [Fact]
    public void Only_the_oldest_executed_block_can_be_committed()
    {
        _venue.Execute(_venue.Next());
        _venue.Execute(_venue.Next());

        Assert.Equal(LinkErrorCode.UnexpectedMessage, Assert.Throws<LinkException>(() => _venue.Executor.Commit(Last.Block)).Code);
        Assert.Equal(Last.Block - 1, _venue.Executor.Commit(Last.Block - 1).Number);
        Assert.Equal(Last.Block, _venue.Executor.Commit(Last.Block).Number);
        Assert.Throws<LinkException>(() => _venue.Executor.Commit(Last.Block));
    }

    private void Refused(LinkErrorCode code, byte[] block, long? now = null)
    {
        var before = (Last, _venue.State.Venue.StateRoot.ToString());
        Assert.Equal(code, Assert.Throws<LinkException>(() => _venue.Execute(block, now)).Code);
        Assert.Equal(before, (Last, _venue.State.Venue.StateRoot.ToString()));
    }
}
