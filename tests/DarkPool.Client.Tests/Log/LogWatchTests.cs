using DarkPool.Client.Log;
using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Identity;
using FsCheck.Xunit;

namespace DarkPool.Client.Tests.Log;

public sealed class LogWatchTests
{
    private static readonly Bytes32 Genesis = Filled(7);

    [Property]
    public bool Blocks_of_one_log_never_contradict_each_other_in_whatever_order_they_are_seen(int seed)
    {
        BlockHeader[] log = Chain(40);
        var watch = new LogWatch(Genesis);
        BlockHeader[] order = [.. log, .. log];
        new Random(seed).Shuffle(order);
        return order.All(header => watch.Contradiction(header, floor: 0) is null) && watch.Highest.Block == 40;
    }

    [Fact]
    public void Two_blocks_of_one_number_contradict_each_other()
    {
        BlockHeader[] log = Chain(3);
        var watch = new LogWatch(Genesis);
        Assert.Null(watch.Contradiction(log[2], 0));

        Assert.NotNull(watch.Contradiction(log[2] with { Time = 99 }, 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public void A_neighbour_must_link(int first)
    {
        BlockHeader[] log = Chain(2);
        var watch = new LogWatch(Genesis);
        Assert.Null(watch.Contradiction(log[first], 0));

        BlockHeader other = log[1 - first] with { PreviousHead = Filled(9), EntriesRoot = Filled(8) };

        Assert.NotNull(watch.Contradiction(other, 0));
    }

    [Fact]
    public void Time_must_not_go_back()
    {
        BlockHeader[] log = Chain(2);
        var watch = new LogWatch(Genesis);
        Assert.Null(watch.Contradiction(log[0], 0));

        Assert.NotNull(watch.Contradiction(log[1] with { Time = log[0].Time - 1 }, 0));
    }

    [Fact]
    public void What_was_sent_after_a_block_cannot_be_in_it()
    {
        BlockHeader[] log = Chain(5);
        var watch = new LogWatch(Genesis);

        Assert.NotNull(watch.Contradiction(log[3], floor: 4));
        Assert.Null(watch.Contradiction(log[4], floor: 4));
    }

    [Fact]
    public void The_first_block_follows_the_genesis()
    {
        var watch = new LogWatch(Filled(1));

        Assert.NotNull(watch.Contradiction(Chain(1)[0], 0));
    }

    private static BlockHeader[] Chain(int length)
    {
        var log = new BlockHeader[length];
        Bytes32 head = Genesis;
        for (int i = 0; i < length; i++)
        {
            log[i] = new BlockHeader(0, 0, (ulong)i + 1, i + 10, head, BlockHash.OfNothing, 0, 1);
            head = log[i].ComputeHead();
        }
        return log;
    }

    private static Bytes32 Filled(byte value)
    {
        var bytes = new byte[32];
        Array.Fill(bytes, value);
        return new Bytes32(bytes);
    }
}
