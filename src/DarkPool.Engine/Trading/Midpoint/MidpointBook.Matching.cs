namespace DarkPool.Engine.Trading.Midpoint;

/// <summary>How an order meets those that were there before it.</summary>
public sealed partial class MidpointBook
{
    /// <summary>An order that rests meets the older ones which accept the midpoint, then waits among them with what is left.</summary>
    private void Meet<TSink, TFilter>(uint slot, TFilter filter, ref TSink sink)
        where TSink : struct, IBookSink, allows ref struct
        where TFilter : struct, ICounterpartyFilter
    {
        Match(ref _orders[slot], filter, ref sink);
        if (_orders[slot].Lots == 0) Remove(slot);
        else _orders.Join(slot);
        MeetAgain(filter, ref sink);
    }

    /// <summary>
    /// Lets orders that rest and now take any size, having shrunk below their minimums, meet whom they passed over, each as an arriving
    /// order does; what is left keeps its place. The last that one meets may follow it; all others it meets end. Every command does this by
    /// itself; only after <see cref="ConditionalBook.EndRound"/>, which shrinks resting orders, is it to be called.
    /// </summary>
    public void MeetAgain<TSink, TFilter>(TFilter filter, ref TSink sink)
        where TSink : struct, IBookSink, allows ref struct
        where TFilter : struct, ICounterpartyFilter
    {
        for (var next = 0; next < _lifted.Count; next++)
        {
            // It may have traded whole as the counterparty of another one, or not be asked any more.
            var slot = Find(_lifted[next]);
            if (slot == 0 || !_orders[slot].IsLive) continue;
            Match(ref _orders[slot], filter, ref sink);
            if (_orders[slot].Lots == 0) Remove(slot);
        }

        _lifted.Clear();
    }

    /// <summary>An order that rests has so many lots now.</summary>
    private void Shrank(uint slot, ulong lots)
    {
        ref var order = ref _orders[slot];
        if (order.Execution != Execution.PostOnly && order.Minimum.IsLifted(order.Lots, lots)) _lifted.Add(order.Id);
        order.Lots = lots;
    }

    /// <summary>Trades an order with the others' orders, oldest first, unless its minimum is out of reach.</summary>
    private void Match<TSink, TFilter>(ref MidpointNode taker, TFilter filter, ref TSink sink)
        where TSink : struct, IBookSink, allows ref struct
        where TFilter : struct, ICounterpartyFilter
    {
        var required = taker.Required;
        if (required != 0 && Reach(taker, required, filter) < required) return;
        var (skips, again, end) = (0, false, 0U);
        for (var slot = _orders.FirstOf(LimitBook.Opposite(taker.Side)); slot != 0 && taker.Lots != 0 && skips < MaxSkips;)
        {
            // Who was passed by once is not counted the second time over.
            if (slot == end) again = false;
            ref var maker = ref _orders[slot];
            var (following, before) = (maker.NextLive, taker.Lots);
            var lots = Interaction(taker, taker.Lots, maker, filter);
            if (lots == 0)
            {
                if (!again) skips++;
            }
            else
            {
                Shrank(slot, maker.Lots - lots);
                taker.Lots -= lots;
                sink.Traded(new BookTrade(
                    maker.Id,
                    taker.Id,
                    taker.Side,
                    Reference!.Value.Midpoint,
                    new Quantity(lots),
                    new Quantity(maker.Lots),
                    new Quantity(taker.Lots)));
                if (maker.Lots == 0) Remove(slot);

                // It takes any size now, also of those that it passed by.
                if (Turns(taker, before, taker.Lots))
                    (again, end, following) = (true, following, _orders.FirstOf(LimitBook.Opposite(taker.Side)));
            }

            slot = following;
        }
    }

    /// <summary>What <see cref="Match"/> would trade, counted up to <paramref name="enough"/>.</summary>
    private ulong Reach<TFilter>(in MidpointNode taker, ulong enough, TFilter filter)
        where TFilter : struct, ICounterpartyFilter
    {
        if (taker.Required > enough) enough = taker.Required;
        var (left, skips, turn) = (taker.Lots, 0, 0U);
        for (var slot = _orders.FirstOf(LimitBook.Opposite(taker.Side)); slot != 0 && left != 0 && skips < MaxSkips;)
        {
            // The second time over, up to where the first one ended: who has as much as was wanted of each is spent or unwilling.
            ref readonly var maker = ref _orders[slot];
            var lots = turn != 0 && maker.Lots >= taker.Minimum.Interaction ? 0 : Interaction(taker, left, maker, filter);
            if (lots == 0 && turn == 0) skips++;
            var turns = Turns(taker, left, left - lots);
            left -= lots;
            if (taker.Lots - left >= enough) break;
            if (slot == turn) turn = 0;
            if (turns) turn = slot;
            slot = turns ? _orders.FirstOf(LimitBook.Opposite(taker.Side)) : maker.NextLive;
        }

        var reach = taker.Lots - left;
        return reach >= taker.Required ? reach : 0;
    }

    /// <summary>Whether an arriving order that had so many lots left and now has so many takes any size from now on.</summary>
    private static bool Turns(in MidpointNode taker, ulong before, ulong left) =>
        left != 0 && taker.Minimum.Each(before) != 0 && taker.Minimum.Each(left) == 0;

    /// <summary>What an order with so many lots left trades with one that rests; 0 if the two pass each other over.</summary>
    private static ulong Interaction<TFilter>(in MidpointNode taker, ulong left, in MidpointNode maker, TFilter filter)
        where TFilter : struct, ICounterpartyFilter
    {
        var lots = Math.Min(left, maker.Lots);
        var enough = lots >= taker.Minimum.Each(left) && lots >= maker.Minimum.AtRest(maker.Lots);
        return enough && filter.MayTrade(taker.Owner, maker.Owner) ? lots : 0;
    }
}
