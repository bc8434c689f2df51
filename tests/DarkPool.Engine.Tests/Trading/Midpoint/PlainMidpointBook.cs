using DarkPool.Engine.Tests.Trading.Auctions;
using DarkPool.Engine.Trading;
using DarkPool.Engine.Trading.Midpoint;

namespace DarkPool.Engine.Tests.Trading.Midpoint;

/// <summary>The midpoint rule as one would say it: one list, first come first, looked through from its start every time.</summary>
internal sealed class PlainMidpointBook
{
    public List<PlainMidpointOrder> Resting { get; } = [];

    public MidpointReference? Reference { get; private set; }

    public void Place(in MidpointOrder order, GrudgeFilter filter, ref RecordingBookSink sink)
    {
        var taker = new PlainMidpointOrder(order);
        var reason = order.Side is not (Side.Buy or Side.Sell) ? BookRejection.InvalidTerms
            : order.Quantity.Lots == 0 ? BookRejection.InvalidQuantity
            : Resting.Any(other => other.Id == taker.Id) ? BookRejection.DuplicateId
            : order.Execution == Execution.PostOnly && Plan(taker, Accepting(), filter).Count != 0 ? BookRejection.WouldTrade
            : BookRejection.None;
        if (reason != BookRejection.None)
        {
            sink.Rejected(order.Id, reason);
            return;
        }

        sink.Accepted(order.Id, order.Side, order.Limit, order.Quantity);
        Trade(taker, Accepting(), filter, ref sink);
        if (taker.Open == 0) return;
        if (order.Execution is Execution.Rest or Execution.PostOnly)
        {
            Resting.Add(taker);
            return;
        }

        var whole = order.Execution == Execution.FillOrKill;
        sink.Cancelled(taker.Id, new Quantity(taker.Open), whole ? CancelReason.FillOrKill : CancelReason.ImmediateOrCancel);
    }

    public void Cancel(ulong id, ref RecordingBookSink sink)
    {
        var order = Resting.Find(other => other.Id == id);
        if (order is null)
        {
            sink.Rejected(id, BookRejection.UnknownOrder);
            return;
        }

        Resting.Remove(order);
        sink.Cancelled(id, new Quantity(order.Open), CancelReason.Requested);
    }

    public void Replace(ulong id, long limit, ulong lots, GrudgeFilter filter, ref RecordingBookSink sink)
    {
        var order = Resting.Find(other => other.Id == id);
        var reason = order is null ? BookRejection.UnknownOrder : lots == 0 ? BookRejection.InvalidQuantity : BookRejection.None;
        if (order is null || reason != BookRejection.None)
        {
            sink.Rejected(id, reason);
            return;
        }

        var keeps = order.Limit == limit && lots < order.Open;
        sink.Replaced(id, new Price(limit), new Quantity(lots), keeps);
        (order.Limit, order.Open) = (limit, lots);
        if (keeps) return;
        Resting.Remove(order);
        Trade(order, Accepting(), filter, ref sink);
        if (order.Open != 0) Resting.Add(order);
    }

    public void Refer(MidpointReference? reference, GrudgeFilter filter, ref RecordingBookSink sink)
    {
        var (before, after) = (Usable(Reference), Usable(reference));
        Reference = reference;
        if (after is null || (before?.Midpoint, before?.IsLocked) == (after?.Midpoint, after?.IsLocked)) return;
        var there = new List<PlainMidpointOrder>();
        foreach (var order in Resting.Where(Accepts).ToList())
        {
            Trade(order, there.Where(other => other.Open != 0), filter, ref sink);
            there.Add(order);
        }

        Resting.RemoveAll(order => order.Open == 0);
    }

    public bool Accepts(PlainMidpointOrder order) => Usable(Reference) is { } reference && (order.Side == Side.Buy
        ? order.Limit >= reference.Bid + reference.Ask
        : order.Limit <= reference.Bid + reference.Ask) && (order.Order.Peg != Peg.Primary || reference.Bid == reference.Ask);

    public IEnumerable<PlainMidpointOrder> Accepting() => Resting.Where(Accepts).ToList();

    private static MidpointReference? Usable(MidpointReference? reference) =>
        reference is { } given && given.Bid <= given.Ask
            && given.Bid + given.Ask >= given.Low.Ticks && given.Bid + given.Ask <= given.High.Ticks ? given : null;

    private List<(PlainMidpointOrder Maker, ulong Lots)> Plan(
        PlainMidpointOrder taker, IEnumerable<PlainMidpointOrder> there, GrudgeFilter filter)
    {
        var plan = new List<(PlainMidpointOrder Maker, ulong Lots)>();
        if (!Accepts(taker)) return plan;
        var left = taker.Open;
        foreach (var maker in there.Where(other => other.Side != taker.Side))
        {
            var lots = Math.Min(left, maker.Open);
            if (lots == 0 || !filter.MayTrade(taker.Order.Owner, maker.Order.Owner)) continue;
            if (!taker.TakesOfOne(lots, left) || !maker.TakesOfOne(lots, maker.Open)) continue;
            if (maker.SumNeeded > lots) continue;
            plan.Add((maker, lots));
            left -= lots;
        }

        var needed = taker.Order.Execution == Execution.FillOrKill ? taker.Open : taker.SumNeeded;
        return taker.Open - left >= needed ? plan : [];
    }

    private void Trade(PlainMidpointOrder taker, IEnumerable<PlainMidpointOrder> there, GrudgeFilter filter, ref RecordingBookSink sink)
    {
        foreach (var (maker, lots) in Plan(taker, there, filter))
        {
            maker.Open -= lots;
            taker.Open -= lots;
            var price = new Price(Reference!.Value.Bid + Reference.Value.Ask);
            sink.Traded(new BookTrade(
                maker.Id, taker.Id, taker.Side, price, new Quantity(lots), new Quantity(maker.Open), new Quantity(taker.Open)));
            if (maker.Open == 0) Resting.Remove(maker);
        }
    }
}

/// <summary>An order of a <see cref="PlainMidpointBook"/>.</summary>
internal sealed class PlainMidpointOrder(MidpointOrder order)
{
    public MidpointOrder Order { get; } = order;

    public ulong Id => Order.Id;

    public Side Side => Order.Side;

    public long Limit { get; set; } = order.Limit.Ticks;

    public ulong Open { get; set; } = order.Quantity.Lots;

    public MidpointOrder Present => Order with { Limit = new Price(Limit), Quantity = new Quantity(Open) };

    /// <summary>The least sum it takes, by its minimum quantity; a minimum interaction size wins over that.</summary>
    public ulong SumNeeded => Order.Minimum.Interaction != 0 || Open < Order.Minimum.Quantity ? 0 : Order.Minimum.Quantity;

    public bool TakesOfOne(ulong lots, ulong left) => left < Order.Minimum.Interaction || lots >= Order.Minimum.Interaction;
}
