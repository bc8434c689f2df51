using DarkPool.Engine.Trading.Auctions;

namespace DarkPool.Engine.Trading.Midpoint;

/// <summary>Who is invited, and how a round ends.</summary>
public sealed partial class ConditionalBook
{
    /// <summary>
    /// Begins a round if there is none and somebody can be brought together. To be called after whatever may have made that possible: an
    /// order that came to rest, a conditional one, a moved reference, the end of a round.
    /// </summary>
    /// <param name="now">The time, in microseconds.</param>
    /// <param name="wait">How long owners have to answer, in microseconds.</param>
    /// <param name="filter">Who may trade with whom.</param>
    /// <param name="sink">Is told of the invitations.</param>
    public void Invite<TSink, TFilter>(long now, long wait, TFilter filter, ref TSink sink)
        where TSink : struct, IConditionalSink, allows ref struct
        where TFilter : struct, ICounterpartyFilter
    {
        if (Count == 0 || Deadline is not null || _firm.Reference is null) return;
        var invited = 0;
        for (var index = 0; index < Count && invited < MaxInvitations; index++)
        {
            ref var order = ref _orders[index];
            if (!IsReady(order, now)) continue;
            var enough = Math.Max(1, order.Minimum.Sum(order.Quantity.Lots));
            if (!IsThereFor(order, enough, now, filter)) continue;
            if (invited++ == 0)
            {
                Round++;
                Deadline = Math.Min(now, long.MaxValue - wait) + wait;
            }

            order.State = ConditionalState.Invited;
            sink.Invited(order, Round, Deadline!.Value);
        }
    }

    /// <summary>Whether the open round is over: its time has come, or all that were asked have answered.</summary>
    public bool IsOver(long now)
    {
        if (Deadline is not { } deadline) return false;
        if (now >= deadline) return true;
        foreach (ref readonly var order in Orders)
        {
            if (order.State == ConditionalState.Invited) return false;
        }

        return true;
    }

    /// <summary>
    /// Ends the open round: trades what is firm, and ends all orders that were invited. <see cref="MidpointBook.MeetAgain"/> is to follow.
    /// </summary>
    /// <param name="now">The time, in microseconds.</param>
    /// <param name="floor">The least share of its invitations that an account must firm up, in basis points.</param>
    /// <param name="filter">Who may trade with whom.</param>
    /// <param name="sink">Is told of the trades and ends.</param>
    public void EndRound<TSink, TFilter>(long now, uint floor, TFilter filter, ref TSink sink)
        where TSink : struct, IConditionalSink, allows ref struct
        where TFilter : struct, ICounterpartyFilter
    {
        if (Deadline is null) return;
        Deadline = null;
        if (_firm.Reference is { } reference) Cross(reference, filter, ref sink);
        var kept = 0;
        for (var index = 0; index < Count; index++)
        {
            ref readonly var order = ref _orders[index];
            if (order.State == ConditionalState.Waiting)
            {
                _orders[kept++] = order;
                continue;
            }

            Record(order.Owner, order.State == ConditionalState.Firm, floor, now);
            var reason = order.State == ConditionalState.Firm ? CancelReason.ImmediateOrCancel : CancelReason.NotFirmedUp;
            sink.Ended(order, order.Quantity, reason);
        }

        Count = kept;
    }

    private bool IsReady(in ConditionalOrder order, long now) =>
        order.State != ConditionalState.Firm
        && _firm.Reference!.Value.Admits(order.Side, order.Peg, order.Limit.Ticks)
        && !IsOut(order.Owner, now);

    /// <summary>Whether so many lots of the other side, firm or conditional, accept the midpoint and may trade with the order.</summary>
    private bool IsThereFor<TFilter>(in ConditionalOrder order, ulong enough, long now, TFilter filter)
        where TFilter : struct, ICounterpartyFilter
    {
        var least = order.Minimum.Each(order.Quantity.Lots);
        if (_firm.IsThereFor(order.Owner, order.Side, order.Quantity.Lots, least, ref enough, filter)) return true;
        foreach (ref readonly var other in Orders)
        {
            if (other.Side == order.Side || !IsReady(other, now) || !filter.MayTrade(order.Owner, other.Owner)) continue;
            var lots = Math.Min(order.Quantity.Lots, other.Quantity.Lots);
            if (lots < least || lots < other.Minimum.Each(other.Quantity.Lots)) continue;
            if (lots >= enough) return true;
            enough -= lots;
        }

        return false;
    }

    private void Cross<TSink, TFilter>(in MidpointReference reference, TFilter filter, ref TSink sink)
        where TSink : struct, IConditionalSink, allows ref struct
        where TFilter : struct, ICounterpartyFilter
    {
        _cross.Clear();
        for (var index = 0; index < Count; index++)
        {
            ref readonly var order = ref _orders[index];
            if (order.State != ConditionalState.Firm || !reference.Admits(order.Side, order.Peg, order.Limit.Ticks)) continue;
            AddFirm(order, (uint)index);
        }

        if (_cross.Buys.Count + _cross.Sells.Count == 0) return;
        var (buys, sells) = (_cross.Buys.Count, _cross.Sells.Count);
        if (sells != 0) _firm.AddLive(Side.Buy, _cross.Buys);
        if (buys != 0) _firm.AddLive(Side.Sell, _cross.Sells);
        _cross.At(0, filter);
        foreach (ref readonly var pair in _cross.Pairs)
        {
            ref var buy = ref _cross.Buys.Orders[pair.Buy];
            ref var sell = ref _cross.Sells.Orders[pair.Sell];
            buy.Open -= pair.Lots;
            sell.Open -= pair.Lots;
            sink.Traded(new AuctionTrade(
                IdOf(buy), IdOf(sell), reference.Midpoint, new Quantity(pair.Lots), new Quantity(buy.Open), new Quantity(sell.Open)));
        }

        Shrink(_cross.Buys);
        Shrink(_cross.Sells);
    }

    /// <summary>Firm conditional orders come after all that rest, and have no order among themselves.</summary>
    private void AddFirm(in ConditionalOrder order, uint index)
    {
        var into = order.Side == Side.Buy ? _cross.Buys : _cross.Sells;
        into.Add(new CrossOrder
        {
            Rank = into.RankOf(0),
            Cohort = ulong.MaxValue,
            Ticket = index,
            Key = order.Id,
            Owner = order.Owner,
            Slot = index,
            Open = order.Quantity.Lots,
            Offered = order.Quantity.Lots,
            Required = order.Minimum.Sum(order.Quantity.Lots),
            Minimum = order.Minimum,
        });
    }

    private ulong IdOf(in CrossOrder order) =>
        order.Cohort == ulong.MaxValue ? _orders[order.Slot].Id : _firm.IdOf(order.Slot);

    private void Shrink(CrossSide side)
    {
        foreach (ref readonly var order in side.Orders)
        {
            if (order.Paired == 0) continue;
            if (order.Cohort == ulong.MaxValue) _orders[order.Slot].Quantity = new Quantity(order.Open);
            else _firm.Shrink(order.Slot, order.Open);
        }
    }
}
