using System.Runtime.CompilerServices;

namespace DarkPool.Engine.Trading;

/// <summary>
/// What most commands do not come to. The plain ways of <see cref="Place"/> and <see cref="Cancel"/> call nothing, so that a loop of
/// commands keeps its variables in registers; whatever needs more leaves them by one call at the end, and begins anew where it must.
/// </summary>
public sealed unsafe partial class ContinuousBook
{
    /// <summary>Places an order that may be invalid, or whose id takes more than a look at one bucket, or that needs a new node.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private BookRejection PlaceOtherwise<TSink>(ulong id, Side side, Price price, Quantity quantity, Execution execution, ref TSink sink)
        where TSink : struct, IBookSink
    {
        if (quantity.Lots == 0) return Reject(id, BookRejection.InvalidQuantity, ref sink);
        if ((uint)side - 1 > 1 || execution > Execution.PostOnly) return Reject(id, BookRejection.InvalidTerms, ref sink);
        if (Find(id, HashOf(id)) != 0) return Reject(id, BookRejection.DuplicateId, ref sink);

        // Asked here alone: where a node is free, fewer orders rest than once did.
        if (_ids.Count >= MaxOrders) return Reject(id, BookRejection.BookFull, ref sink);
        if (_book.Crosses(side, price.Ticks)) return Cross(id, side, price, quantity, execution, ref sink);
        sink.Accepted(id, side, price, quantity);
        if (NeverRests(execution)) Forgo(id, quantity, execution, ref sink);
        else Rest(id, side, price, quantity.Lots);
        return BookRejection.None;
    }

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

    /// <summary>Cancels an order whose id takes more than a look at one bucket.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private BookRejection CancelOtherwise<TSink>(ulong id, ref TSink sink)
        where TSink : struct, IBookSink
    {
        var slot = _ids.Take(HashOf(id), new IdMatch(_pool.Nodes, id));
        if (slot == 0) return Reject(id, BookRejection.UnknownOrder, ref sink);
        sink.Cancelled(id, new Quantity(_pool.Nodes[slot].Lots), CancelReason.Requested);
        _book.Remove(slot);
        return BookRejection.None;
    }

    /// <summary>Trades what is left of an order that got a new price.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ulong MatchReplaced<TSink>(ulong taker, Side side, Price price, ulong lots, ref TSink sink)
        where TSink : struct, IBookSink => Match(taker, side, price, lots, ref sink);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Rest(ulong id, Side side, Price price, ulong lots) => _ids.Add(HashOf(id), _book.Rest(side, price.Ticks, lots, id, 0));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static BookRejection Reject<TSink>(ulong id, BookRejection reason, ref TSink sink)
        where TSink : struct, IBookSink
    {
        sink.Rejected(id, reason);
        return reason;
    }

    private static bool NeverRests(Execution execution) => execution is Execution.ImmediateOrCancel or Execution.FillOrKill;

    /// <summary>Tells of what an order that never rests did not trade.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Forgo<TSink>(ulong id, Quantity remaining, Execution execution, ref TSink sink)
        where TSink : struct, IBookSink =>
        sink.Cancelled(id, remaining, execution == Execution.FillOrKill ? CancelReason.FillOrKill : CancelReason.ImmediateOrCancel);

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
