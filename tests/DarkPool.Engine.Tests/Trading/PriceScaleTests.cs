using DarkPool.Engine.Trading;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Engine.Tests.Trading;

public sealed class PriceScaleTests
{
    [Property(MaxTest = 2_000)]
    public void A_key_on_the_grain_has_the_step_that_division_gives_and_comes_back(int seed)
    {
        var random = new Random(seed);
        var scale = Any(random, out var bias);
        foreach (var multiple in new[] { AnyLong(random) / scale.Grain, 0, 1, -1 })
        {
            var key = (multiple * scale.Grain) - bias;
            Assert.Equal(multiple, scale.StepOf(key) - scale.StepOf(-bias));
            Assert.Equal(key, scale.KeyOf(scale.StepOf(key)));
            Assert.Equal(scale.StepOf(key), scale.StepAtOrAbove(key));
        }
    }

    [Property(MaxTest = 2_000)]
    public void A_key_off_the_grain_has_a_step_out_of_range_and_lies_below_the_next_one_on_it(int seed)
    {
        var random = new Random(seed);
        var scale = Any(random, out var bias);
        var key = AnyLong(random);
        if (key > long.MaxValue - (2 * scale.Grain) || ((Int128)key + bias) % scale.Grain == 0) return;
        Assert.False(scale.StepOf(key) >= scale.Lowest && scale.StepOf(key) <= scale.Highest);
        var above = scale.KeyOf(scale.StepAtOrAbove(key));
        Assert.InRange(above - key, 1, scale.Grain - 1);
    }

    [Fact]
    public void Without_a_grain_or_with_one_too_large_a_step_is_its_key()
    {
        foreach (var grain in new[] { 0UL, 1UL, 1UL << 63, ulong.MaxValue })
        {
            var scale = new PriceScale(grain, 1);
            Assert.Equal(1, scale.Grain);
            foreach (var key in new[] { long.MinValue, -5, 0, 5, long.MaxValue }) Assert.Equal(key, scale.StepOf(key));
        }
    }

    [Fact]
    public void The_grain_of_keys_is_their_greatest_common_divisor_negative_ones_and_zero_included()
    {
        var common = 0UL;
        foreach (var key in new long[] { 0, 600, -900, 1_500 }) common = PriceScale.Common(common, key, 0);
        Assert.Equal(300UL, common);
        Assert.Equal(100UL, PriceScale.Common(common, -401, 1));
        Assert.Equal(1UL << 63, PriceScale.Common(0, long.MaxValue, 1));
    }

    private static PriceScale Any(Random random, out long bias)
    {
        bias = random.Next(2);
        return new PriceScale((ulong)random.NextInt64(2, 1L << random.Next(2, 41)), bias);
    }

    private static long AnyLong(Random random) => random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
}
