using DarkPool.Engine.Trading;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Engine.Tests.Trading;

/// <summary>The ladder alone, driven hard enough far away that its window grows and moves many times.</summary>
public sealed unsafe class PriceLadderTests
{
    /// <summary>
    /// Prices are multiples of a grain for a while, then of parts of it that get smaller, or are just any; and lie at either end of all
    /// numbers too.
    /// </summary>
    [Property(MaxTest = 30)]
    public void Its_levels_are_a_sorted_set_wherever_the_window_is_and_whatever_the_grain(int seed)
    {
        var random = new Random(seed);
        var pool = new OrderPool(0);
        var side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
        var ladder = new PriceLadder(pool, side);
        var (model, levels) = (new SortedSet<long>(), new Dictionary<long, uint>());
        var (middle, grain) = (0L, 1L);
        long[] grains = [1L << 50, 1_000_000_000_000, 600, 100, 64, 25, 7, 2, 1];
        for (var step = 0; step < 40_000; step++)
        {
            if (step % 4_000 == 0)
            {
                middle = random.Next(6) switch
                {
                    0 => long.MinValue,
                    1 => long.MaxValue,
                    2 => random.NextInt64(long.MinValue, long.MaxValue),
                    _ => middle + random.Next(-400_000, 400_000),
                };
                if (step == 0 || random.Next(4) == 0) grain = grains[random.Next(grains.Length)];
            }

            // Wraps round at either end: then a few prices lie at the other one.
            var price = unchecked(((middle / grain) + random.Next(-3_000, 3_000)) * grain);
            var key = LimitBook.Key(side, price);
            if (model.Remove(key)) Leave(pool, ladder, levels[key]);
            else if (model.Add(key)) levels[key] = Enter(pool, ladder, key);
            Assert.Equal(model.Count == 0 ? 0 : levels[model.Max], ladder.BestLevel);
            if (model.Count != 0) Assert.Equal(model.Max, ladder.BestKey);
            if (step % 2_000 == 0) AssertSameLevels(model.Reverse().Select(known => (known, levels[known])), ladder);
        }
    }

    [Fact]
    public void A_price_that_wanders_for_ever_needs_no_more_memory()
    {
        var pool = new OrderPool(0);
        var ladder = new PriceLadder(pool, Side.Buy);
        var levels = new Queue<uint>();
        var (bytes, nodes) = (0L, 0L);

        // A window covers 2^18 steps of 7; it has moved several times before memory is looked at.
        for (var key = 0L; key < 12_000_009; key += 7)
        {
            levels.Enqueue(Enter(pool, ladder, key));
            if (levels.Count > 100) Leave(pool, ladder, levels.Dequeue());
            if (key == 6_000_001) (bytes, nodes) = (ladder.Bytes, pool.Bytes);
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

    private static void Leave(OrderPool pool, PriceLadder ladder, uint level)
    {
        pool.Return(pool.Nodes[level].Next);
        pool.Nodes[level].Next = pool.Nodes[level].Previous = level;
        ladder.Leave(others: 0, level, pool.Nodes[level].Owner);
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
