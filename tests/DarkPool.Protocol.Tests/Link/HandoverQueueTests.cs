using DarkPool.Protocol.Link;
using Xunit;

namespace DarkPool.Protocol.Tests.Link;

public class HandoverQueueTests
{
    [Fact]
    public async Task Everything_arrives_once_and_in_order_and_never_more_than_the_capacity_waits()
    {
        const int Items = 20_000;
        const int Capacity = 3;
        var queue = new HandoverQueue<int>(Capacity);
        int added = 0;
        Task adding = Task.Run(() =>
        {
            for (int i = 0; i < Items; i++)
            {
                Assert.True(queue.TryAdd(i));
                Volatile.Write(ref added, i + 1);
            }

            queue.Complete();
        });

        for (int i = 0; i < Items; i++)
        {
            // One may be between its place in the queue and its count.
            Assert.InRange(Volatile.Read(ref added), 0, i + Capacity);
            Assert.True(queue.TryTake(out int item));
            Assert.Equal(i, item);
        }

        await adding;
        Assert.False(queue.TryTake(out _));
    }

    [Fact]
    public async Task Completing_lets_go_of_who_waits_to_add_and_of_who_waits_to_take()
    {
        var full = new HandoverQueue<string>(1);
        Assert.True(full.TryAdd("first"));
        Task<bool> adding = Task.Run(() => full.TryAdd("second"));
        full.Complete();
        Assert.False(await adding);
        Assert.True(full.TryTake(out string? left));
        Assert.Equal("first", left);

        var empty = new HandoverQueue<string>(1);
        Task<bool> taking = Task.Run(() => empty.TryTake(out _));
        empty.Complete();
        Assert.False(await taking);
    }
}
