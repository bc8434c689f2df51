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
    }

    /// <summary>Trades an order with the others' orders, oldest first, unless its minimum is out of reach.</summary>
    private void Match<TSink, TFilter>(ref MidpointNode taker, TFilter filter, ref TSink sink)
        where TSink : struct, IBookSink, allows ref struct
        where TFilter : struct, ICounterpartyFilter
    {
        var required = taker.Required;
        if (required != 0 && Reach(taker, required, filter) < required) return;
        var skips = 0;
        for (var slot = _orders.FirstOf(LimitBook.Opposite(taker.Side)); slot != 0 && taker.Lots != 0 && skips < MaxSkips;)
        {
            ref var maker = ref _orders[slot];
            var following = maker.NextLive;
            var lots = Interaction(taker, taker.Lots, maker, filter);
            if (lots == 0)
            {
                skips++;
            }
            else
            {
                maker.Lots -= lots;
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
            }

            slot = following;
        }
    }

    /// <summary>What <see cref="Match"/> would trade, counted up to <paramref name="enough"/>.</summary>
    private ulong Reach<TFilter>(in MidpointNode taker, ulong enough, TFilter filter)
        where TFilter : struct, ICounterpartyFilter
    {
        if (taker.Required > enough) enough = taker.Required;
        var (left, skips) = (taker.Lots, 0);
        for (var slot = _orders.FirstOf(LimitBook.Opposite(taker.Side)); slot != 0 && left != 0 && skips < MaxSkips;)
        {
            ref readonly var maker = ref _orders[slot];
            var lots = Interaction(taker, left, maker, filter);
            if (lots == 0) skips++;
            left -= lots;
            if (taker.Lots - left >= enough) break;
            slot = maker.NextLive;
        }

        var reach = taker.Lots - left;
        return reach >= taker.Required ? reach : 0;
    }

    /// <summary>What an order with so many lots left trades with one that rests; 0 if the two pass each other over.</summary>
    private static ulong Interaction<TFilter>(in MidpointNode taker, ulong left, in MidpointNode maker, TFilter filter)
        where TFilter : struct, ICounterpartyFilter
    {
        var lots = Math.Min(left, maker.Lots);
        var enough = lots >= taker.Minimum.Each(left) && lots >= maker.Minimum.AtRest(maker.Lots);
        return enough && filter.MayTrade(taker.Owner, maker.Owner) ? lots : 0;
    }
}
