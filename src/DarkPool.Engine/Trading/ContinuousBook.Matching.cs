using System.Runtime.CompilerServices;

namespace DarkPool.Engine.Trading;

/// <summary>
/// Orders that trade at once. Out of line, so that one that only rests does not pay for the room that trades need on the stack.
/// </summary>
public sealed unsafe partial class ContinuousBook
{
    /// <summary>Places an order that would trade at once.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private BookRejection Cross<TSink>(ulong id, Side side, Price price, Quantity quantity, Execution execution, ref TSink sink)
        where TSink : struct, IBookSink
    {
        if (execution == Execution.PostOnly) return Reject(id, BookRejection.WouldTrade, ref sink);
        sink.Accepted(id, side, price, quantity);
        var trades = execution != Execution.FillOrKill || _book.CanFill(side, price.Ticks, quantity.Lots);
        var remaining = trades ? Match(id, side, price, quantity.Lots, ref sink) : quantity.Lots;
        if (remaining == 0) return BookRejection.None;
        if (NeverRests(execution)) Forgo(id, new Quantity(remaining), execution, ref sink);
        else Rest(id, side, price, remaining);
        return BookRejection.None;
    }

    /// <summary>Trades what is left of an order that got a new price.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ulong MatchReplaced<TSink>(ulong taker, Side side, Price price, ulong lots, ref TSink sink)
        where TSink : struct, IBookSink => Match(taker, side, price, lots, ref sink);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Match<TSink>(ulong taker, Side side, Price price, ulong lots, ref TSink sink)
        where TSink : struct, IBookSink
    {
        var trades = new TradeReporter<TSink>(this, taker, side, ref sink);
        return _book.Match(side, price.Ticks, lots, ref trades);
    }

    /// <summary>Turns a trade of slots into one of ids, and forgets the id of an order that is filled.</summary>
    private readonly ref struct TradeReporter<TSink>(ContinuousBook book, ulong taker, Side side, ref TSink sink) : ITradeSink
        where TSink : struct, IBookSink
    {
        private readonly ref TSink _sink = ref sink;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Traded(uint slot, in OrderNode maker, long price, ulong lots, ulong remaining, ulong wanted) =>
            _sink.Traded(new BookTrade(
                maker.Id, taker, side, new Price(price), new Quantity(lots), new Quantity(remaining), new Quantity(wanted)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Filled(uint slot, in OrderNode maker) => book._ids.Remove(book.HashOf(maker.Id), slot);
    }
}
