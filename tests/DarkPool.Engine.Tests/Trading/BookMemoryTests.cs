using DarkPool.Engine.Trading;
using DarkPool.Load.Soak;
using Xunit;

namespace DarkPool.Engine.Tests.Trading;

public sealed class BookMemoryTests
{
    private const int OneMillion = 1_000_000;
    private const int LimitPerOrder = 64;

    [Theory]
    [InlineData(50_000)]
    [InlineData(1_000)]
    [InlineData(1)]
    public void A_million_resting_orders_take_at_most_64_bytes_each_with_ids_and_levels(int levels)
    {
        var book = new ContinuousBook();
        var sink = default(CountingBookSink);
        for (var order = 0UL; order < OneMillion; order++)
        {
            var price = new Price(1_000_000 - (long)(order % (ulong)levels));
            book.Place(order * 977, Side.Buy, price, new Quantity(10), Execution.Rest, ref sink);
        }

        Assert.Equal(OneMillion, book.Count);
        Assert.InRange(book.Bytes, OneMillion * 32L, OneMillion * (long)LimitPerOrder);
    }

    [Fact]
    public void Millions_of_orders_through_a_thousand_resting_ones_keep_the_memory_flat_and_allocate_nothing()
    {
        var book = new ContinuousBook();
        var sink = default(CountingBookSink);
        Play(book, 0, 100_000, ref sink);
        var bytes = book.Bytes;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        Play(book, 100_000, 3_000_000, ref sink);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - allocated);
        Assert.Equal(bytes, book.Bytes);
        Assert.NotEqual(0, sink.Trades);
        Assert.InRange(book.Count, 1, 1_000);
    }

    /// <summary>The short form of `DarkPool.Load -- soak`, which puts a billion orders through.</summary>
    [Theory]
    [InlineData(1u)]
    [InlineData(1_000u)]
    public void A_million_orders_with_ids_of_their_own_through_few_resting_ones_over_far_prices_keep_the_memory_flat(uint resting)
    {
        var run = new SoakRun(resting);
        run.Play(SoakRun.WarmUp);
        var bytes = run.BookBytes;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        run.Play(OneMillion);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - allocated);
        Assert.Equal(bytes, run.BookBytes);
        Assert.InRange(run.PeakResting, 1, resting);
        Assert.True(resting == 1 || run.TradedLots > OneMillion);
        Assert.InRange(run.BookBytes, 1, 4_000_000);
    }

    private static void Play(ContinuousBook book, ulong from, ulong to, ref CountingBookSink sink)
    {
        for (var id = from; id < to; id++)
        {
            var side = (id & 1) == 0 ? Side.Buy : Side.Sell;
            var distance = (long)(id * 7919 % 100) - 10;
            var price = new Price(side == Side.Buy ? 5_000 - distance : 5_000 + distance);
            book.Place(id, side, price, new Quantity((id % 50) + 1), id % 9 == 0 ? Execution.ImmediateOrCancel : Execution.Rest, ref sink);
            if (id % 5 == 0) book.Replace(id - 3, price, new Quantity(9), ref sink);
            if (id >= 800) book.Cancel(id - 800, ref sink);
        }
    }
}
