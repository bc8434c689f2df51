using DarkPool.Engine.Trading.Auctions;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Engine.Tests.Trading.Auctions;

public sealed class UniformPriceTests
{
    private const int Ticks = 12;

    private static readonly Arbitrary<(int[] Buys, int[] Sells, long Reference)> Books = Arb.From(
        from buys in Gen.Choose(0, 4).ArrayOf(Ticks)
        from sells in Gen.Choose(0, 4).ArrayOf(Ticks)
        from reference in Gen.Choose(-3, Ticks + 3)
        select (buys, sells, (long)reference));

    [Property(MaxTest = 20_000)]
    public Property The_price_is_the_one_found_by_trying_every_tick() => Prop.ForAll(Books, book =>
    {
        var clearing = UniformPrice.Find(Descending(book.Buys), Ascending(book.Sells), book.Reference);
        var best = ByTryingEveryTick(book.Buys, book.Sells, book.Reference);
        Assert.Equal(best.Volume, clearing.Volume);
        if (best.Volume > 0) Assert.Equal(best.Ticks, clearing.Ticks);
    });

    [Fact]
    public void The_most_lots_win() => Assert.Equal(new Clearing(10, 100), Find([(10, 100), (9, 50)], [(8, 20), (10, 80)], 0));

    [Fact]
    public void Among_equal_volumes_the_least_surplus_wins() => Assert.Equal(new Clearing(10, 50), Find([(10, 50), (9, 50)], [(8, 50)], 0));

    [Fact]
    public void A_surplus_to_buy_takes_the_highest_price() => Assert.Equal(new Clearing(12, 50), Find([(12, 80)], [(8, 50)], 0));

    [Fact]
    public void A_surplus_to_sell_takes_the_lowest_price() => Assert.Equal(new Clearing(8, 50), Find([(12, 50)], [(8, 80)], 100));

    [Theory]
    [InlineData(5, 8)]
    [InlineData(10, 10)]
    [InlineData(99, 12)]
    public void Without_a_surplus_the_reference_decides(long reference, long expected) =>
        Assert.Equal(new Clearing(expected, 50), Find([(12, 50)], [(8, 50)], reference));

    [Fact]
    public void Limits_may_lie_at_the_ends_of_the_range() =>
        Assert.Equal(new Clearing(7, 50), Find([(long.MaxValue, 50)], [(long.MinValue, 50)], 7));

    [Fact]
    public void Sides_that_do_not_meet_trade_nothing() => Assert.Equal(UInt128.Zero, Find([(9, 50)], [(10, 50)], 9).Volume);

    private static Clearing Find((long, int)[] buys, (long, int)[] sells, long reference) =>
        UniformPrice.Find(Levels(buys), Levels(sells), reference);

    private static AuctionLevel[] Levels((long Ticks, int Lots)[] levels) =>
        [.. levels.Select(level => new AuctionLevel(level.Ticks, (UInt128)level.Lots))];

    private static AuctionLevel[] Ascending(int[] lots) =>
        [.. lots.Select((sum, tick) => new AuctionLevel(tick, (UInt128)sum)).Where(level => level.Lots > 0)];

    private static AuctionLevel[] Descending(int[] lots) => [.. Ascending(lots).Reverse()];

    private static Clearing ByTryingEveryTick(int[] buys, int[] sells, long reference)
    {
        var prices = Enumerable.Range(0, Ticks).Select(price =>
        {
            var (demand, supply) = (buys[price..].Sum(), sells[..(price + 1)].Sum());
            return (price, volume: Math.Min(demand, supply), surplus: demand - supply);
        }).ToList();
        var volume = prices.Max(at => at.volume);
        prices.RemoveAll(at => at.volume < volume);
        var surplus = prices.Min(at => Math.Abs(at.surplus));
        prices.RemoveAll(at => Math.Abs(at.surplus) > surplus);
        var price = prices.All(at => at.surplus > 0) ? prices[^1].price
            : prices.All(at => at.surplus < 0) ? prices[0].price
            : prices.MinBy(at => (Math.Abs(at.price - reference), at.price)).price;
        return new Clearing(price, (UInt128)volume);
    }
}
