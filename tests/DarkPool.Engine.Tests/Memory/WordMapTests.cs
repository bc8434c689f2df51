using DarkPool.Engine.Memory;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Engine.Tests.Memory;

public sealed class WordMapTests
{
    [Property(MaxTest = 50)]
    public void It_maps_as_a_dictionary_does(int seed, bool near)
    {
        var random = new Random(seed);
        var map = new WordMap();
        var model = new Dictionary<ulong, ulong>();
        for (var step = 0; step < 10_000; step++)
        {
            var key = near ? (ulong)random.Next(200) : (ulong)random.Next(200) << 55;
            var value = (ulong)random.Next(3);
            map.Set(key, value);
            if (value == 0) model.Remove(key);
            else model[key] = value;
            var other = near ? (ulong)random.Next(200) : (ulong)random.Next(200) << 55;
            Assert.Equal(model.GetValueOrDefault(other), map.Get(other));
            Assert.Equal(model.Count, map.Count);
        }
    }
}
