using DarkPool.Engine.Tests.Trading.Auctions;
using DarkPool.Engine.Trading;
using DarkPool.Engine.Trading.Auctions;
using DarkPool.Engine.Trading.Midpoint;

namespace DarkPool.Engine.Tests.Trading.Midpoint;

/// <summary>Conditional orders as one would say them, beside a plain midpoint book.</summary>
internal sealed class PlainConditionalDesk(PlainMidpointBook book)
{
    private ulong _round;
    private long? _deadline;

    public List<PlainConditional> Orders { get; } = [];

    public Dictionary<uint, FirmUpRecord> Records { get; } = [];

    public static ConditionalOrder OrderOf(MidpointStep step) => new()
    {
        Id = step.Order.Id,
        Owner = step.Order.Owner,
        Side = step.Order.Side,
        Peg = step.Order.Peg,
        Limit = step.Order.Limit,
        Quantity = step.Order.Quantity,
        Minimum = step.Order.Minimum,
    };

    /// <summary>An order that is usually there and, if any is, invited; and usually as many lots as it has.</summary>
    public static (ulong Id, Quantity Quantity) AnswerOf(MidpointStep step, IEnumerable<ConditionalOrder> orders)
    {
        var invited = orders.Where(order => order.State == ConditionalState.Invited).ToList();
        var some = invited.Count != 0 && step.Elapsed % 8 != 0 ? invited : [.. orders];
        if (some.Count == 0) return (step.Order.Id, step.Order.Quantity);
        var order = some[(int)(step.Order.Id % (ulong)some.Count)];
        return (order.Id, step.Elapsed % 4 == 0 ? step.Order.Quantity : order.Quantity);
    }

    public void Apply(
        MidpointStep step, long now, long wait, uint floor, RecordingConditionalSink sink, ref RecordingBookSink fills)
    {
        if (step.Kind == MidpointStepKind.PlaceConditional) sink.Answer(Place(OrderOf(step), sink));
        var (id, quantity) = AnswerOf(step, Orders.Select(order => order.Order));
        if (step.Kind == MidpointStepKind.FirmUp) sink.Answer(FirmUp(id, quantity, sink));
        if (step.Kind == MidpointStepKind.CancelConditional) sink.Answer(Cancel(id, floor, now, sink));
        if (IsOver(now))
        {
            EndRound(now, floor, step.Filter, sink);
            book.MeetAgain(step.Filter, ref fills);
        }

        Invite(now, wait, step.Filter, sink);
    }

    public bool IsOver(long now) =>
        _deadline is not null && (now >= _deadline || Orders.TrueForAll(order => order.Order.State != ConditionalState.Invited));

    public bool IsOut(uint owner, long now) => Records.TryGetValue(owner, out var record) && now < record.OutUntil;

    public BookRejection Place(ConditionalOrder order, RecordingConditionalSink sink)
    {
        if (order.Side is not (Side.Buy or Side.Sell)) return BookRejection.InvalidTerms;
        if (order.Quantity.Lots == 0) return BookRejection.InvalidQuantity;
        var taken = Orders.Any(other => other.Order.Id == order.Id) || book.Resting.Any(other => other.Id == order.Id);
        if (taken) return BookRejection.DuplicateId;
        Orders.Add(new PlainConditional { Order = order });
        sink.Accepted(order);
        return BookRejection.None;
    }

    public BookRejection Cancel(ulong id, uint floor, long now, RecordingConditionalSink sink)
    {
        var order = Orders.Find(other => other.Order.Id == id);
        if (order is null) return BookRejection.UnknownOrder;
        if (order.Order.State != ConditionalState.Waiting) Record(order.Order.Owner, false, floor, now);
        Orders.Remove(order);
        sink.Ended(order.Order, order.Order.Quantity, CancelReason.Requested);
        return BookRejection.None;
    }

    public BookRejection FirmUp(ulong id, Quantity quantity, RecordingConditionalSink sink, Price? limit = null)
    {
        var order = Orders.Find(other => other.Order.Id == id && other.Order.State == ConditionalState.Invited);
        if (order is null) return BookRejection.UnknownOrder;
        if (quantity.Lots == 0 || quantity > order.Order.Quantity) return BookRejection.InvalidQuantity;
        var agreed = limit ?? order.Order.Limit;
        order.Order = order.Order with { Quantity = quantity, Limit = agreed, State = ConditionalState.Firm };
        sink.Firmed(order.Order, _round);
        return BookRejection.None;
    }

    public void Invite(long now, long wait, ICounterpartyFilter filter, RecordingConditionalSink sink)
    {
        if (_deadline is not null) return;
        var invited = Orders.Where(order => IsReady(order, now) && Reach(order, now, filter) >= Math.Max(1, order.Resting.SumNeeded))
            .Take(ConditionalBook.MaxInvitations).ToList();
        if (invited.Count == 0) return;
        _round++;
        _deadline = now + wait;
        foreach (var order in invited)
        {
            order.Order = order.Order with { State = ConditionalState.Invited };
            sink.Invited(order.Order, _round, now + wait);
        }
    }

    private bool IsReady(PlainConditional order, long now) =>
        book.Accepts(order.Resting) && !IsOut(order.Order.Owner, now);

    private ulong Reach(PlainConditional order, long now, ICounterpartyFilter filter)
    {
        var reach = 0UL;
        foreach (var other in book.Accepting().Concat(Orders.Where(other => IsReady(other, now)).Select(other => other.Resting)))
        {
            var lots = Math.Min(order.Resting.Open, other.Open);
            var fits = other.Side != order.Order.Side && filter.MayTrade(order.Order.Owner, other.Order.Owner)
                && order.Resting.TakesOfOne(lots, order.Resting.Open) && other.TakesOfOne(lots, other.Open)
                && (book.Resting.All(firm => firm != other) || lots >= other.SumNeeded);
            if (fits) reach += lots;
        }

        return reach;
    }

    public void EndRound(long now, uint floor, ICounterpartyFilter filter, RecordingConditionalSink sink)
    {
        _deadline = null;
        Cross(filter, sink);
        foreach (var order in Orders.Where(order => order.Order.State != ConditionalState.Waiting).ToList())
        {
            var firm = order.Order.State == ConditionalState.Firm;
            Record(order.Order.Owner, firm, floor, now);
            Orders.Remove(order);
            sink.Ended(order.Order, order.Order.Quantity, firm ? CancelReason.ImmediateOrCancel : CancelReason.NotFirmedUp);
        }
    }

    private void Cross(ICounterpartyFilter filter, RecordingConditionalSink sink)
    {
        var firm = Orders.Where(order => order.Order.State == ConditionalState.Firm && book.Accepts(order.Resting)).ToList();
        var resting = book.Accepting().Where(order => firm.Exists(other => other.Order.Side != order.Side)).ToList();
        var all = firm.Select(order => PlainOrderOf(order.Resting, ulong.MaxValue))
            .Concat(resting.Select((order, place) => PlainOrderOf(order, (ulong)place))).ToList();
        var call = new AuctionCall(new Price(0), new Price(0), new Price(0), AuctionAllocation.Time, 0);
        var cross = new PlainCross(call, filter, order => (ulong)Orders.FindIndex(other => other.Order.Id == order.Order.Id));
        var before = resting.ToDictionary(order => order, order => order.Open);
        var trades = cross.Run(
            [.. all.Where(order => order.Side == Side.Buy)], [.. all.Where(order => order.Side == Side.Sell)], out _);
        foreach (var (buy, sell, lots) in trades)
        {
            Fill(buy, lots);
            Fill(sell, lots);
            sink.Traded(new AuctionTrade(
                buy.Order.Id,
                sell.Order.Id,
                book.Reference!.Value.Midpoint,
                new Quantity(lots),
                new Quantity(buy.Open),
                new Quantity(sell.Open)));
        }

        foreach (var order in resting.OrderBy(order => order.Side))
        {
            var left = order.Open;
            order.Open = before[order];
            book.Shrink(order, left);
        }

        book.Resting.RemoveAll(order => order.Open == 0);
    }

    private void Fill(PlainOrder order, ulong lots)
    {
        order.Open -= lots;
        var conditional = Orders.Find(other => other.Order.Id == order.Order.Id);
        if (conditional is not null) conditional.Order = conditional.Order with { Quantity = new Quantity(order.Open) };
        else book.Resting.Single(other => other.Id == order.Order.Id).Open = order.Open;
    }

    private static PlainOrder PlainOrderOf(PlainMidpointOrder order, ulong cohort) => new(
        new AuctionOrder
        {
            Id = order.Id,
            Owner = order.Order.Owner,
            Key = order.Id,
            Side = order.Side,
            Price = new Price(0),
            Quantity = new Quantity(order.Open),
            Minimum = order.Order.Minimum,
        },
        cohort);

    private void Record(uint owner, bool firmed, uint floor, long now) =>
        Records[owner] = Records.GetValueOrDefault(owner).After(firmed, floor, now);
}

/// <summary>A conditional order of a <see cref="PlainConditionalDesk"/>.</summary>
internal sealed class PlainConditional
{
    public ConditionalOrder Order { get; set; }

    /// <summary>The same as an order that rests.</summary>
    public PlainMidpointOrder Resting => new(new MidpointOrder
    {
        Id = Order.Id,
        Owner = Order.Owner,
        Side = Order.Side,
        Peg = Order.Peg,
        Limit = Order.Limit,
        Quantity = Order.Quantity,
        Minimum = Order.Minimum,
    });
}

/// <summary>Keeps all that a desk of conditional orders told.</summary>
internal readonly struct RecordingConditionalSink() : IConditionalSink
{
    public List<object> Events { get; } = [];

    public void Answer(BookRejection reason) => Events.Add(reason);

    public void Accepted(in ConditionalOrder order) => Events.Add(("accepted", order));

    public void Invited(in ConditionalOrder order, ulong round, long deadline) => Events.Add(("invited", order, round, deadline));

    public void Firmed(in ConditionalOrder order, ulong round) => Events.Add(("firmed", order, round));

    public void Traded(in AuctionTrade trade) => Events.Add(trade);

    public void Ended(in ConditionalOrder order, Quantity remaining, CancelReason reason) =>
        Events.Add(("ended", order, remaining, reason));
}
