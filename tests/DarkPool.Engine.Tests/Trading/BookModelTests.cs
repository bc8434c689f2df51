using DarkPool.Engine.Trading;
using DarkPool.Load.Match;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Engine.Tests.Trading;

/// <summary>The book against the plain one: the same story, event by event, and the same book, order by order.</summary>
[Properties(Arbitrary = [typeof(BookFlows)], MaxTest = 40)]
public sealed class BookModelTests
{
    [Property]
    public void Every_event_and_the_whole_book_are_those_of_the_plain_book(BookFlow flow)
    {
        var (book, plain) = (new ContinuousBook(), new PlainBook());
        var (told, expected) = (new RecordingBookSink(), new RecordingBookSink());
        for (var step = 0; step < flow.Steps.Length; step++)
        {
            flow.Steps[step].ApplyTo(book, ref told);
            flow.Steps[step].ApplyTo(plain, ref expected);
            Assert.Equal(expected.Events, told.Events);
            told.Events.Clear();
            expected.Events.Clear();
            if (step % 500 == 0) AssertSameBook(plain, book);
        }

        AssertSameBook(plain, book);
    }

    [Property]
    public void A_book_rebuilt_from_its_orders_goes_on_as_the_first(BookFlow flow)
    {
        var (first, ignored) = (new ContinuousBook(), default(CountingBookSink));
        var half = flow.Steps.Length / 2;
        foreach (var step in flow.Steps[..half]) step.ApplyTo(first, ref ignored);
        var second = new ContinuousBook(hashSeed: 7);
        foreach (var order in first.Orders(Side.Buy).Concat(first.Orders(Side.Sell)))
        {
            second.Place(order.Id, order.Side, order.Price, order.Remaining, Execution.Rest, ref ignored);
        }

        var (told, expected) = (new RecordingBookSink(), new RecordingBookSink());
        foreach (var step in flow.Steps[half..])
        {
            step.ApplyTo(first, ref expected);
            step.ApplyTo(second, ref told);
        }

        Assert.Equal(expected.Events, told.Events);
        Assert.Equal(first.Orders(Side.Buy), second.Orders(Side.Buy));
        Assert.Equal(first.Orders(Side.Sell), second.Orders(Side.Sell));
    }

    private static void AssertSameBook(PlainBook plain, ContinuousBook book)
    {
        Assert.Equal(plain.Count, book.Count);
        foreach (var side in new[] { Side.Buy, Side.Sell })
        {
            var levels = plain.Levels(side).ToList();
            var expected = levels.SelectMany(level => level.Orders.Select(order => (order.Id, level.Price, order.Lots)));
            Assert.Equal(expected, book.Orders(side).Select(order => (order.Id, order.Price.Ticks, order.Remaining.Lots)));
            var depth = new BookLevel[levels.Count + 1];
            Assert.Equal(levels.Count, book.Depth(side, depth));
            Assert.Equal(levels.Select(level => new BookLevel(new Price(level.Price), Sum(level.Orders))), depth[..levels.Count]);
            Assert.Equal(levels.Count != 0, book.TryBest(side, out var best));
            Assert.Equal(depth[0], best);
        }
    }

    private static UInt128 Sum(List<(ulong Id, ulong Lots)> orders) =>
        orders.Aggregate((UInt128)0, (sum, order) => sum + order.Lots);
}
