using System.Runtime.CompilerServices;
using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Markets;

/// <summary>
/// A resting order that shrinks below its minimum takes any size from then on (TSX), also of the orders that rest across from it and were
/// passed over. It meets them at once, before the next command, as an arriving order does, but what is left of it keeps its place.
/// </summary>
internal sealed partial class ContinuousMarket
{
    /// <summary>
    /// The slot of an order that rests and now takes any size; 0 for none. A command shrinks at most one: the last that an order meets.
    /// </summary>
    private uint _lifted;

    /// <summary>Takes note that an order with a minimum shrank where it rests.</summary>
    private void Shrank(uint slot, ulong before, ulong after)
    {
        // Post only is never the one that arrives.
        if ((State.Orders.Details[slot].Flags & OrderFlags.PostOnly) == 0 && State.Orders.Details.Minimum(slot).IsLifted(before, after))
            _lifted = slot;
    }

    /// <summary>
    /// Lets it meet whom it passed over; the last it meets may be lifted in turn. All but that one end, so the work is that of their ends.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MeetAgain<TSink>(ref TSink sink)
        where TSink : struct, IVenueSink
    {
        while (_lifted != 0)
        {
            var slot = _lifted;
            _lifted = 0;
            var order = Book.Order(slot);
            var detail = State.Orders.Details[slot];
            var incoming = new Incoming
            {
                Account = order.Owner,
                ClientOrderId = order.Id,
                Hash = State.Orders.HashOf(order.Owner, order.Id),
                Side = Book.SideOf(slot),
                Price = Book.PriceOf(slot),
                Lots = order.Lots,
                SelfTrade = State.Counterparties.SelfTradeOf(order.Owner, detail.SelfTrade),
                Minimum = State.Orders.Details.Minimum(slot),
                IsWhole = false,
            };
            var outcome = Trade(incoming, ref detail, ref sink);
            State.Orders.Details[slot].ReceiveCell = detail.ReceiveCell;
            if (outcome.Remaining != 0 && !outcome.IsCancelled)
            {
                if (outcome.Remaining != order.Lots) Book.Reduce(slot, outcome.Remaining);
                continue;
            }

            RestingMinimums--;
            State.Orders.Detach(slot, incoming.Hash);
            Book.Remove(slot);
            EndUnrested(incoming, detail, outcome, CancelReason.SelfTrade, ref sink);
        }
    }
}
