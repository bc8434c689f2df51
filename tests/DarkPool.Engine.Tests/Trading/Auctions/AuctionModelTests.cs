using DarkPool.Engine.Trading;
using DarkPool.Engine.Trading.Auctions;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Engine.Tests.Trading.Auctions;

/// <summary>The book against the plain one: event by event, order by order; and against itself, restored.</summary>
[Properties(Arbitrary = [typeof(AuctionFlows)], MaxTest = 25)]
public sealed class AuctionModelTests
{
    [Property]
    public void Every_event_and_the_whole_book_are_those_of_the_plain_auction(AuctionFlow flow)
    {
        var (book, plain) = (new AuctionBook(), new PlainAuctionBook());
        var (told, expected) = (new RecordingAuctionSink(), new RecordingAuctionSink());
        foreach (var step in flow.Steps)
        {
            step.ApplyTo(book, ref told);
            step.ApplyTo(plain, ref expected);
            Assert.Equal(expected.Events, told.Events);
            told.Events.Clear();
            expected.Events.Clear();
            if (step.Kind is null) AssertSameBook(plain, book);
        }

        AssertSameBook(plain, book);
    }

    [Property]
    public void A_restored_book_goes_on_as_the_first(AuctionFlow flow)
    {
        var (first, ignored) = (new AuctionBook(), default(CountingAuctionSink));
        var half = flow.Steps.Length / 2;
        foreach (var step in flow.Steps[..half]) step.ApplyTo(first, ref ignored);
        var second = new AuctionBook(hashSeed: 7);
        second.RestoreAuctions(first.Auctions);
        foreach (var order in first.Orders(Side.Buy).Concat(first.Orders(Side.Sell))) Assert.True(second.Restore(order));

        var (told, expected) = (new RecordingAuctionSink(), new RecordingAuctionSink());
        foreach (var step in flow.Steps[half..])
        {
            step.ApplyTo(first, ref expected);
            step.ApplyTo(second, ref told);
        }

        Assert.Equal(expected.Events, told.Events);
        Assert.Equal(first.Orders(Side.Buy), second.Orders(Side.Buy));
        Assert.Equal(first.Orders(Side.Sell), second.Orders(Side.Sell));
    }

    private static void AssertSameBook(PlainAuctionBook plain, AuctionBook book)
    {
        Assert.Equal(plain.Auctions, book.Auctions);
        Assert.Equal(plain.Orders(Side.Buy).Select(order => order.Waiting), book.Orders(Side.Buy));
        Assert.Equal(plain.Orders(Side.Sell).Select(order => order.Waiting), book.Orders(Side.Sell));
    }
}
