using DarkPool.Engine.Trading.Auctions;

namespace DarkPool.Engine.Trading.Midpoint;

/// <summary>What the conditional orders beside the book see of it.</summary>
public sealed partial class MidpointBook
{
    /// <summary>
    /// Whether <paramref name="enough"/> lots of the other side accept the midpoint and may trade with somebody's order; if not,
    /// <paramref name="enough"/> is what is missing.
    /// </summary>
    internal bool IsThereFor<TFilter>(uint owner, Side side, ulong lots, ulong least, ref ulong enough, TFilter filter)
        where TFilter : struct, ICounterpartyFilter
    {
        var skips = 0;
        for (var slot = _orders.FirstOf(LimitBook.Opposite(side)); slot != 0 && skips < MaxSkips; slot = _orders[slot].NextLive, skips++)
        {
            ref readonly var order = ref _orders[slot];
            var interaction = Math.Min(lots, order.Lots);
            if (interaction < least || interaction < order.Minimum.AtRest(order.Lots) || !filter.MayTrade(owner, order.Owner)) continue;
            if (interaction >= enough) return true;
            enough -= interaction;
        }

        return false;
    }

    /// <summary>Adds the orders of a side that accept the midpoint, the oldest first.</summary>
    internal void AddLive(Side side, CrossSide into)
    {
        var place = 0UL;
        for (var slot = _orders.FirstOf(side); slot != 0; slot = _orders[slot].NextLive)
        {
            ref readonly var order = ref _orders[slot];
            into.Add(new CrossOrder
            {
                Rank = into.RankOf(0),
                Cohort = place++,
                Key = order.Id,
                Owner = order.Owner,
                Slot = slot,
                Open = order.Lots,
                Offered = order.Lots,
                Required = order.Minimum.Sum(order.Lots),
                Minimum = order.Minimum,
            });
        }
    }

    internal ulong IdOf(uint slot) => _orders[slot].Id;

    /// <summary>
    /// Leaves an order with so many lots where it stands; none end it. After the last, <see cref="MeetAgain"/> is to be called.
    /// </summary>
    internal void Shrink(uint slot, ulong lots)
    {
        if (lots == 0) Remove(slot);
        else Shrank(slot, lots);
    }
}
