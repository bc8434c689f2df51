using DarkPool.Engine.Trading;
using DarkPool.Engine.Trading.Midpoint;

namespace DarkPool.Engine.Tests.Trading.Midpoint;

/// <summary>The midpoint rule as one would say it: one list, first come first, looked through from its start every time.</summary>
internal sealed class PlainMidpointBook
{
    private readonly List<PlainMidpointOrder> _lifted = [];

    public List<PlainMidpointOrder> Resting { get; } = [];

    public MidpointReference? Reference { get; private set; }

    /// <summary>The reference, if anything may trade at it.</summary>
    public MidpointReference? UsableReference => Usable(Reference);

    public void Place(in MidpointOrder order, ICounterpartyFilter filter, ref RecordingBookSink sink)
    {
        var taker = new PlainMidpointOrder(order);
        var reason = order.Side is not (Side.Buy or Side.Sell) ? BookRejection.InvalidTerms
            : order.Quantity.Lots == 0 ? BookRejection.InvalidQuantity
            : Resting.Any(other => other.Id == taker.Id) ? BookRejection.DuplicateId
            : WouldTrade(order, filter) ? BookRejection.WouldTrade
            : BookRejection.None;
        if (reason != BookRejection.None)
        {
            sink.Rejected(order.Id, reason);
            return;
        }

        sink.Accepted(order.Id, order.Side, order.Limit, order.Quantity);
        Trade(taker, Accepting(), filter, ref sink);
        var whole = order.Execution == Execution.FillOrKill;
        if (taker.Open != 0 && order.Execution is Execution.Rest or Execution.PostOnly) Resting.Add(taker);
        else if (taker.Open != 0)
            sink.Cancelled(taker.Id, new Quantity(taker.Open), whole ? CancelReason.FillOrKill : CancelReason.ImmediateOrCancel);
        MeetAgain(filter, ref sink);
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

    public void Replace(ulong id, long limit, ulong lots, ICounterpartyFilter filter, ref RecordingBookSink sink)
    {
        var order = Resting.Find(other => other.Id == id);
        var reason = order is null ? BookRejection.UnknownOrder
            : lots == 0 ? BookRejection.InvalidQuantity
            : WouldTrade(order, limit, lots, filter) ? BookRejection.WouldTrade
            : BookRejection.None;
        if (order is null || reason != BookRejection.None)
        {
            sink.Rejected(id, reason);
            return;
        }

        var keeps = order.Limit == limit && lots < order.Open;
        sink.Replaced(id, new Price(limit), new Quantity(lots), keeps);
        order.Limit = limit;
        if (keeps)
        {
            Shrink(order, lots);
        }
        else
        {
            order.Open = lots;
            Resting.Remove(order);
            Trade(order, Accepting(), filter, ref sink);
            if (order.Open != 0) Resting.Add(order);
        }

        MeetAgain(filter, ref sink);
    }

    /// <summary>Whether an order is post only and would trade if it arrived now.</summary>
    public bool WouldTrade(in MidpointOrder order, ICounterpartyFilter filter) =>
        order.Execution == Execution.PostOnly && Plan(new PlainMidpointOrder(order), Accepting(), filter).Count != 0;

    /// <summary>Whether an order is post only and would trade if it were replaced so.</summary>
    public bool WouldTrade(PlainMidpointOrder order, long limit, ulong lots, ICounterpartyFilter filter)
    {
        var other = new PlainMidpointOrder(order.Order) { Limit = limit, Open = lots };
        var keeps = order.Limit == limit && lots < order.Open;
        return order.Order.Execution == Execution.PostOnly && !keeps && Plan(other, Accepting(), filter).Count != 0;
    }

    /// <summary>What shrank below its minimum where it rests meets the others once more, and stays where it is.</summary>
    public void MeetAgain(ICounterpartyFilter filter, ref RecordingBookSink sink) => MeetAgain(Resting, filter, ref sink);

    /// <summary>Changes the open lots of an order that rests.</summary>
    public void Shrink(PlainMidpointOrder order, ulong lots)
    {
        var before = order.LeastAtRest;
        order.Open = lots;
        if (before != 0 && order.LeastAtRest == 0 && order.Order.Execution != Execution.PostOnly) _lifted.Add(order);
    }

    private void MeetAgain(List<PlainMidpointOrder> there, ICounterpartyFilter filter, ref RecordingBookSink sink)
    {
        while (_lifted.Count != 0)
        {
            var lifted = _lifted[0];
            _lifted.RemoveAt(0);
            Trade(lifted, there.Where(other => other.Open != 0 && Accepts(other)).ToList(), filter, ref sink);
            if (lifted.Open == 0) Resting.Remove(lifted);
        }
    }

    public void Refer(MidpointReference? reference, ICounterpartyFilter filter, ref RecordingBookSink sink)
    {
        var (before, after) = (Usable(Reference), Usable(reference));
        Reference = reference;
        if (after is null || (before?.Midpoint, before?.IsLocked) == (after?.Midpoint, after?.IsLocked)) return;
        var there = new List<PlainMidpointOrder>();
        foreach (var order in Resting.Where(Accepts).ToList())
        {
            Trade(order, there.Where(other => other.Open != 0), filter, ref sink);
            there.Add(order);
            MeetAgain(there, filter, ref sink);
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
        PlainMidpointOrder taker, IEnumerable<PlainMidpointOrder> there, ICounterpartyFilter filter)
    {
        var plan = new List<(PlainMidpointOrder Maker, ulong Lots)>();
        if (!Accepts(taker)) return plan;
        var left = taker.Open;
        var others = there.Where(other => other.Side != taker.Side).ToList();
        while (left != 0 && others.Find(other => Meets(taker, left, other, filter)) is { } maker)
        {
            var lots = Math.Min(left, maker.Open);
            plan.Add((maker, lots));
            others.Remove(maker);
            left -= lots;
        }

        var needed = taker.Order.Execution == Execution.FillOrKill ? taker.Open : taker.SumNeeded;
        return taker.Open - left >= needed ? plan : [];
    }

    private static bool Meets(PlainMidpointOrder taker, ulong left, PlainMidpointOrder maker, ICounterpartyFilter filter)
    {
        var lots = Math.Min(left, maker.Open);
        return filter.MayTrade(taker.Order.Owner, maker.Order.Owner) && taker.TakesOfOne(lots, left) && lots >= maker.LeastAtRest;
    }

    private void Trade(
        PlainMidpointOrder taker, IEnumerable<PlainMidpointOrder> there, ICounterpartyFilter filter, ref RecordingBookSink sink)
    {
        foreach (var (maker, lots) in Plan(taker, there, filter))
        {
            Shrink(maker, maker.Open - lots);
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

    /// <summary>The least that it takes of one arriving order.</summary>
    public ulong LeastAtRest => Math.Max(SumNeeded, Open < Order.Minimum.Interaction ? 0 : Order.Minimum.Interaction);

    public bool TakesOfOne(ulong lots, ulong left) => left < Order.Minimum.Interaction || lots >= Order.Minimum.Interaction;
}
