using DarkPool.Engine.Trading;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Engine.Tests.Trading;

public sealed class FarLevelsTests
{
    [Property(MaxTest = 50)]
    public void They_are_a_sorted_set_over_all_of_long(int seed)
    {
        var random = new Random(seed);
        var levels = new FarLevels();
        var model = new SortedSet<long>();
        for (var step = 0; step < 3_000; step++)
        {
            var key = Key(random);
            if (model.Remove(key)) levels.Remove(key);
            else if (model.Add(key)) levels.Add(key, Node(key));
            Assert.Equal(model.Count, levels.Count);
            if (model.Count != 0) Assert.Equal(model.Max, levels.BestKey);

            var from = Key(random);
            Assert.Equal(model.Contains(from) ? Node(from) : 0, levels.Find(from));
            var below = from == long.MinValue ? [] : model.GetViewBetween(long.MinValue, from - 1);
            Assert.Equal(below.Count != 0, levels.TryPrevious(from, out var previous));
            if (below.Count != 0) Assert.Equal(below.Max, previous);
        }
    }

    private static long Key(Random random) => random.Next(6) switch
    {
        0 => long.MinValue + random.Next(3),
        1 => long.MaxValue - random.Next(3),
        2 => random.Next(-70, 70),
        3 => random.Next(-70, 70) * (1L << random.Next(57)),
        _ => 1_000_000 + random.Next(200),
    };

    private static uint Node(long key) => (uint)key.GetHashCode() | 1;
}
