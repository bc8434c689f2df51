using System.Runtime.CompilerServices;

namespace DarkPool.Engine.Trading;

/// <summary>
/// What most commands do not come to. The fast paths of <see cref="Place"/> and <see cref="Cancel"/> call nothing, so that a loop of
/// commands keeps its variables in registers; whatever needs more leaves them by one call at the end, and begins anew where it must.
/// </summary>
public sealed unsafe partial class ContinuousBook
{
    /// <summary>Places an order that may be invalid, or whose id takes more than a look at one bucket, or that needs a new node.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private BookRejection PlaceSlow<TSink>(ulong id, Side side, Price price, Quantity quantity, Execution execution, ref TSink sink)
        where TSink : struct, IBookSink
    {
        if (quantity.Lots == 0) return Reject(id, BookRejection.InvalidQuantity, ref sink);
        if ((uint)side - 1 > 1 || execution > Execution.PostOnly) return Reject(id, BookRejection.InvalidTerms, ref sink);
        if (Find(id, HashOf(id)) != 0) return Reject(id, BookRejection.DuplicateId, ref sink);

        // The fast path need not ask: where a node is free, fewer orders rest than once did.
        if (_ids.Count >= MaxOrders) return Reject(id, BookRejection.BookFull, ref sink);
        if (_book.Crosses(side, price.Ticks)) return Cross(id, side, price, quantity, execution, ref sink);
        sink.Accepted(id, side, price, quantity);
        if (NeverRests(execution)) Forgo(id, quantity, execution, ref sink);
        else Rest(id, side, price, quantity.Lots);
        return BookRejection.None;
    }

    /// <summary>Cancels an order whose id takes more than a look at one bucket.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private BookRejection CancelSlow<TSink>(ulong id, ref TSink sink)
        where TSink : struct, IBookSink
    {
        var slot = _ids.Take(HashOf(id), new IdMatch(_pool.Nodes, id));
        if (slot == 0) return Reject(id, BookRejection.UnknownOrder, ref sink);
        sink.Cancelled(id, new Quantity(_pool.Nodes[slot].Lots), CancelReason.Requested);
        _book.Remove(slot);
        return BookRejection.None;
    }

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
}
