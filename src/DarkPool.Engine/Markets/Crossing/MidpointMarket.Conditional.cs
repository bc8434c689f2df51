using DarkPool.Engine.Journals;
using DarkPool.Engine.Trading;
using DarkPool.Engine.Trading.Auctions;
using DarkPool.Engine.Trading.Midpoint;

namespace DarkPool.Engine.Markets.Crossing;

/// <summary>Conditional orders hold nothing before they are firm: whether an account has enough shows when it firms up.</summary>
internal sealed partial class MidpointMarket
{
    /// <summary>Firms up a conditional order whose owner was invited.</summary>
    public RejectionCode FirmUp<TSink>(uint slot, Quantity quantity, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        if (!Conditional.TryFind(slot, out var order) || order.State != ConditionalState.Invited) return RejectionCode.NotInvited;
        if (quantity.Lots == 0 || quantity > order.Quantity) return RejectionCode.InvalidQuantity;
        if (!TryGetLimit(order.Side, order.Limit == MidpointOrder.NoLimit(order.Side) ? 0 : order.Limit.Ticks, out var limit))
            return RejectionCode.NoReference;
        var code = HoldFor(slot, Math.Max(1, limit), quantity.Lots);
        if (code != RejectionCode.None) return code;
        if (State.Orders.Details[slot].ExpiryPlace != 0) State.Orders.Expiring.Remove(slot);
        var events = new Events<TSink>(this, ref sink);
        Conditional.FirmUp(slot, quantity, new Price(limit), ref events);
        Finish(ref events);
        return RejectionCode.None;
    }

    private RejectionCode PlaceConditional<TSink>(uint account, in NewOrder order, Opening opening, ref TSink sink)
        where TSink : struct, IVenueSink
    {
        var now = State.Time.Microseconds;
        if (order.Quantity.Lots < Terms.Parameters.Conditional.MinimumQuantity) return RejectionCode.InvalidQuantity;
        if (Conditional.IsOut(account, now)) return RejectionCode.FirmUpRateTooLow;
        if (Conditional.Count >= ConditionalBook.MaxOrders) return RejectionCode.BookFull;
        var code = Prepare(account, order, Math.Max(1, order.Price.Ticks), holds: false, ref opening);
        if (code != RejectionCode.None) return code;
        var slot = Open(account, order, opening, ref sink);
        var events = new Events<TSink>(this, ref sink);
        Conditional.Place(
            new ConditionalOrder
            {
                Id = slot,
                Owner = account,
                Side = order.Side,
                Peg = PegOf(order.Type),
                Limit = order.Price.Ticks != 0 ? order.Price : MidpointOrder.NoLimit(order.Side),
                Quantity = order.Quantity,
                Minimum = CrossingRules.MinimumOf(order),
            },
            ref events);
        Finish(ref events);
        return RejectionCode.None;
    }

    /// <summary>Whatever may have brought somebody together has happened: ends a round that is over, invites to the next.</summary>
    private void Finish<TSink>(ref Events<TSink> events)
        where TSink : struct, IVenueSink
    {
        var (terms, now) = (Terms.Parameters.Conditional, State.Time.Microseconds);
        if (Conditional.IsOver(now))
        {
            Conditional.EndRound(now, terms.FirmUpRateFloorBasisPoints, Filter, ref events);
            Book.MeetAgain(Filter, ref events);
        }

        if (terms.FirmUpMicroseconds != 0) Conditional.Invite(now, terms.FirmUpMicroseconds, Filter, ref events);
        events.Sum.Settle(Pending, DueAfter(State.Time));
    }

    /// <summary>What both books tell, carried out.</summary>
    private ref struct Events<TSink>(MidpointMarket market, ref TSink sink) : IBookSink, IConditionalSink
        where TSink : struct, IVenueSink
    {
        private readonly ref TSink _sink = ref sink;

        public CancelReason? Reason { get; init; }

        public TradeSum Sum;

        public readonly void Accepted(ulong id, Side side, Price price, Quantity quantity)
        {
        }

        public readonly void Accepted(in ConditionalOrder order)
        {
        }

        public void Traded(in BookTrade trade)
        {
            var (maker, taker) = ((uint)trade.MakerId, (uint)trade.TakerId);
            var rested = new Leg(maker, Liquidity.Maker, trade.MakerRemaining.Lots);
            var arrived = new Leg(taker, Liquidity.Taker, trade.TakerRemaining.Lots);
            Sum.Add(trade.Quantity.Lots, market.Trade(rested, arrived, trade.Price.Ticks, trade.Quantity.Lots, ref _sink));
        }

        public void Traded(in AuctionTrade trade)
        {
            var buy = new Leg((uint)trade.BuyId, Liquidity.Cross, trade.BuyRemaining.Lots);
            var sell = new Leg((uint)trade.SellId, Liquidity.Cross, trade.SellRemaining.Lots);
            Sum.Add(trade.Quantity.Lots, market.Trade(buy, sell, trade.Price.Ticks, trade.Quantity.Lots, ref _sink));
        }

        public readonly void Invited(in ConditionalOrder order, ulong round, long deadline)
        {
            ref readonly var node = ref market.State.Orders.Order((uint)order.Id);
            market.State.Journal.Write(
                JournalKind.FirmUpInvited, (byte)order.Side, market.Number, node.Owner, node.Id, round, (ulong)deadline);
            var invitation = new FirmUpInvitation
            {
                ClientOrderId = node.Id,
                Market = market.Number,
                Side = order.Side,
                Quantity = order.Quantity,
                Round = round,
                Deadline = new BlockTime(deadline),
            };
            _sink.FirmUpInvited(node.Owner, invitation);
        }

        public readonly void Firmed(in ConditionalOrder order, ulong round)
        {
            ref readonly var node = ref market.State.Orders.Order((uint)order.Id);
            var (lots, limit) = (order.Quantity.Lots, (ulong)order.Limit.Ticks);
            market.State.Journal.Write(JournalKind.OrderFirmed, (byte)order.Side, market.Number, node.Owner, node.Id, lots, limit);
            _sink.OrderFirmed(node.Owner, node.Id, market.Number, round, order.Quantity);
        }

        public readonly void Cancelled(ulong id, Quantity remaining, CancelReason reason) =>
            market.End((uint)id, remaining.Lots, Reason ?? reason, ref _sink);

        public readonly void Ended(in ConditionalOrder order, Quantity remaining, CancelReason reason)
        {
            // One that traded whole was closed with its last fill.
            if (remaining.Lots != 0) market.End((uint)order.Id, remaining.Lots, reason, ref _sink);
        }

        public readonly void Replaced(ulong id, Price price, Quantity quantity, bool keptPriority) =>
            market.Replaced((uint)id, price, quantity, keptPriority, ref _sink);

        public readonly void Rejected(ulong id, BookRejection reason) =>
            throw new InvalidOperationException($"A book refused what its market had judged sound: {reason}.");
    }
}
