using DarkPool.Cli.OrderFlow;
using Xunit.Abstractions;

namespace DarkPool.Cli.Tests.OrderFlow;

[Trait("Category", "Vectors")]
public sealed class RecordedDayTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("GOOG_*_message_*.csv", 574_659)]
    [InlineData("AAPL_*_message_*.csv", 2_223_902)]
    public void A_rebuilt_day_trades_the_known_quantity_in_a_plain_book(string pattern, ulong traded)
    {
        if (RecordedOrderFlow.Find(pattern) is not { } path)
        {
            output.WriteLine($"order flow: {pattern} is absent, nothing checked");
            return;
        }
        var book = new ReferenceBook();
        FlowEvent[] events = OrderFlowFile.Read(path, OrderFlowFormat.Lobster, 0);
        foreach (FlowEvent flow in events)
            book.Apply(flow);

        Assert.Equal(traded, book.Traded);
        output.WriteLine($"order flow: {pattern} {events.Length} orders and cancels, {book.Traded} shares traded");
    }

    [Fact]
    public void A_rebuilt_Bitstamp_log_trades_and_leaves_a_book_of_hundreds_not_thousands()
    {
        if (RecordedOrderFlow.Find("bitstamp_*.log") is not { } path)
        {
            output.WriteLine("order flow: the Bitstamp log is absent, nothing checked");
            return;
        }
        var book = new ReferenceBook();
        FlowEvent[] events = OrderFlowFile.Read(path, OrderFlowFormat.Bitstamp, 0);
        foreach (FlowEvent flow in events)
            book.Apply(flow);

        Assert.True(book.Traded > 0);
        Assert.InRange(book.OpenOrders, 1, 1_000);
        output.WriteLine($"order flow: bitstamp {events.Length} orders and cancels, {book.Traded} lots traded, {book.OpenOrders} rest");
    }
}
