using DarkPool.Engine.Trading;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Engine.Tests.Trading;

/// <summary>The ladder alone, driven hard enough far away that its window grows and moves many times.</summary>
public sealed unsafe class PriceLadderTests
{
    [Property(MaxTest = 10)]
    public void Its_levels_are_a_sorted_set_wherever_the_window_is(int seed)
    {
        var random = new Random(seed);
        var pool = new OrderPool(0);
        var ladder = new PriceLadder(pool, (uint)Side.Buy);
        var (model, levels) = (new SortedSet<long>(), new Dictionary<long, uint>());
        var middle = 0L;
        for (var step = 0; step < 40_000; step++)
        {
            if (step % 4_000 == 0) middle = random.Next(3) == 0 ? random.NextInt64() : middle + random.Next(-400_000, 400_000);
            var key = middle + random.Next(-3_000, 3_000);
            if (model.Remove(key)) Leave(pool, ladder, key, levels[key]);
            else if (model.Add(key)) levels[key] = Enter(pool, ladder, key);
            Assert.Equal(model.Count == 0 ? 0 : levels[model.Max], ladder.BestLevel);
            if (model.Count != 0) Assert.Equal(model.Max, ladder.BestKey);
            if (step % 1_000 == 0) AssertSameLevels(model.Reverse().Select(known => (known, levels[known])), ladder);
        }
    }

    [Fact]
    public void A_price_that_wanders_for_ever_needs_no_more_memory()
    {
        var pool = new OrderPool(0);
        var ladder = new PriceLadder(pool, (uint)Side.Buy);
        var levels = new Queue<(long Key, uint Level)>();
        var (bytes, nodes) = (0L, 0L);
        for (var key = 0L; key < 3_000_000; key += 7)
        {
            levels.Enqueue((key, Enter(pool, ladder, key)));
            if (levels.Count > 100) Leave(pool, ladder, levels.Peek().Key, levels.Dequeue().Level);
            if (key == 1_500_002) (bytes, nodes) = (ladder.Bytes, pool.Bytes);
        }

        Assert.NotEqual(0, bytes);
        Assert.Equal((bytes, nodes), (ladder.Bytes, pool.Bytes));
    }

    private static uint Enter(OrderPool pool, PriceLadder ladder, long key)
    {
        var level = ladder.Enter(key);
        Assert.Equal(key, (long)pool.Nodes[level].Id);

        // A level with orders is one whose list does not end at itself; the ladder asks no more of it.
        var order = pool.Rent();
        pool.Nodes[level].Next = pool.Nodes[level].Previous = order;
        return level;
    }

    private static void Leave(OrderPool pool, PriceLadder ladder, long key, uint level)
    {
        pool.Return(pool.Nodes[level].Next);
        pool.Nodes[level].Next = pool.Nodes[level].Previous = level;
        ladder.Leave(true, key, level);
    }

    private static void AssertSameLevels(IEnumerable<(long, uint)> model, PriceLadder ladder)
    {
        var found = new List<(long, uint)>();
        var (key, level) = (ladder.BestKey, ladder.BestLevel);
        while (level != 0)
        {
            found.Add((key, level));
            if (!ladder.TryNext(key, out key, out level)) break;
        }

        Assert.Equal(model, found);
    }
}
