using DarkPool.Engine.Trading;
using FsCheck.Xunit;
using Xunit;

namespace DarkPool.Engine.Tests.Trading;

/// <summary>What holds of any book after any command, said without a model.</summary>
[Properties(Arbitrary = [typeof(BookFlows)], MaxTest = 20)]
public sealed class BookLawsTests
{
    [Property]
    public void A_book_is_never_crossed_and_rests_nothing_empty(BookFlow flow) => AfterEveryStep(flow, (book, _, _) =>
    {
        if (book.TryBest(Side.Buy, out var bid) && book.TryBest(Side.Sell, out var ask)) Assert.True(bid.Price < ask.Price);
        if (book.TryBest(Side.Buy, out bid)) Assert.NotEqual(UInt128.Zero, bid.Lots);
    });

    [Property]
    public void Lots_are_neither_made_nor_lost(BookFlow flow)
    {
        var resting = (Int128)0;
        AfterEveryStep(flow, (book, step, events) =>
        {
            foreach (var told in events)
            {
                resting += told switch
                {
                    BookEvent.Accepted accepted => accepted.Lots,
                    BookEvent.Traded traded => -2 * (Int128)traded.Trade.Quantity.Lots,
                    BookEvent.Cancelled cancelled => -(Int128)cancelled.Remaining,
                    _ => 0,
                };
            }

            if (step.Kind != StepKind.Replace) return;
            resting = Total(book);
        });
    }

    [Property]
    public void A_trade_is_at_the_price_of_the_oldest_order_of_the_best_level_and_inside_the_takers_limit(BookFlow flow)
    {
        var book = new ContinuousBook();
        var sink = new RecordingBookSink();
        foreach (var step in flow.Steps.Take(5_000))
        {
            var makers = Makers(book, step);
            sink.Events.Clear();
            step.ApplyTo(book, ref sink);
            foreach (var trade in sink.Events.OfType<BookEvent.Traded>().Select(traded => traded.Trade))
            {
                var maker = makers.Dequeue();
                Assert.Equal((maker.Id, maker.Price), (trade.MakerId, trade.Price));
                Assert.True(trade.TakerSide == Side.Buy ? trade.Price.Ticks <= step.Price : trade.Price.Ticks >= step.Price);
                Assert.NotEqual(0UL, trade.Quantity.Lots);
                Assert.Equal(maker.Remaining.Lots, trade.Quantity.Lots + trade.MakerRemaining.Lots);
            }
        }
    }

    [Property]
    public void Immediate_orders_never_rest_and_fill_or_kill_is_all_or_nothing(BookFlow flow) =>
        AfterEveryStep(flow, (book, step, events) =>
    {
        if (step.Kind != StepKind.Place || events.OfType<BookEvent.Rejected>().Any()) return;
        var traded = events.OfType<BookEvent.Traded>().Aggregate((UInt128)0, (sum, trade) => sum + trade.Trade.Quantity.Lots);
        if (step.Execution is Execution.ImmediateOrCancel or Execution.FillOrKill) Assert.False(book.TryGetOrder(step.Id, out _));
        if (step.Execution == Execution.FillOrKill) Assert.True(traded == 0 || traded == step.Lots);
        if (step.Execution == Execution.PostOnly) Assert.Equal(UInt128.Zero, traded);
    });

    [Property]
    public void A_refused_command_leaves_the_book_as_it_was(BookFlow flow)
    {
        var book = new ContinuousBook();
        var sink = new RecordingBookSink();
        foreach (var step in flow.Steps.Take(2_000))
        {
            var before = All(book);
            sink.Events.Clear();
            step.ApplyTo(book, ref sink);
            if (sink.Events.OfType<BookEvent.Rejected>().Any()) Assert.Equal(before, All(book));
        }
    }

    private static void AfterEveryStep(BookFlow flow, Action<ContinuousBook, BookStep, List<BookEvent>> check)
    {
        var book = new ContinuousBook();
        var sink = new RecordingBookSink();
        foreach (var step in flow.Steps)
        {
            sink.Events.Clear();
            step.ApplyTo(book, ref sink);
            check(book, step, sink.Events);
        }
    }

    private static Queue<RestingOrder> Makers(ContinuousBook book, BookStep step)
    {
        var side = step.Side;
        if (step.Kind == StepKind.Replace && book.TryGetOrder(step.Id, out var order)) side = order.Side;
        return new Queue<RestingOrder>(book.Orders(side == Side.Buy ? Side.Sell : Side.Buy));
    }

    private static List<RestingOrder> All(ContinuousBook book) => [.. book.Orders(Side.Buy), .. book.Orders(Side.Sell)];

    private static Int128 Total(ContinuousBook book) => All(book).Aggregate((Int128)0, (sum, order) => sum + order.Remaining.Lots);
}
