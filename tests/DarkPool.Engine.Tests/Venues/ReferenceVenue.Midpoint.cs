using DarkPool.Engine.Markets;
using DarkPool.Engine.Trading;
using DarkPool.Engine.Trading.Midpoint;

namespace DarkPool.Engine.Tests.Venues;

/// <summary>What midpoint markets cross at, and their conditional orders.</summary>
internal sealed partial class ReferenceVenue
{
    /// <summary>Takes a quote of the feed.</summary>
    public void Observe(long bid, long ask)
    {
        (Quote, Changed) = ((bid, ask, Now), true);
        foreach (var market in _markets.Values.Where(market => market.Terms.Rule == MatchingRule.Midpoint))
        {
            var width = market.Terms.Parameters.Reference.MidpointCollarBasisPoints;
            market.Collar = width == 0 || market.LastMiddle is not { } middle ? (long.MinValue, long.MaxValue) : Around(middle, width);
            if (bid <= ask) market.LastMiddle = bid + ask;
            Refresh(market);
        }
    }

    public void FirmUp(uint account, ulong id, ulong lots)
    {
        if (Find(account, id) is not { } order)
        {
            Events.Add(Absent(account, id));
            return;
        }

        var code = FirmUp(order, lots);
        if (code != RejectionCode.None) Events.Add(new VenueEvent.Rejected(account, id, code));
    }

    private RejectionCode FirmUp(ReferenceOrder order, ulong lots)
    {
        var market = order.Market;
        if (order.Terms.Rule != MatchingRule.Midpoint) return RejectionCode.NotInvited;
        if (Halted.Contains(order.Terms.Number)) return RejectionCode.MarketHalted;
        var waiting = market.Desk.Orders.Find(other => other.Order.Id == (ulong)order.Placed);
        if (waiting?.Order.State != ConditionalState.Invited) return RejectionCode.NotInvited;
        if (lots == 0 || lots > order.Lots) return RejectionCode.InvalidQuantity;
        if (LimitOf(market, order.Side, order.Asked.Price.Ticks) is not { } limit) return RejectionCode.NoReference;
        var code = HoldFor(order, limit, lots);
        if (code != RejectionCode.None) return code;
        (order.Expiry, Changed) = (null, true);
        market.Desk.FirmUp((ulong)order.Placed, new Quantity(lots), market.Conditional, new Price(limit));
        Tell(market);
        Finish(market);
        return RejectionCode.None;
    }

    private void PlaceAtMidpoint(ReferenceOrder order)
    {
        var market = order.Market;
        if (order.Is(OrderFlags.Conditional))
        {
            market.Desk.Place(
                new ConditionalOrder
                {
                    Id = (ulong)order.Placed,
                    Owner = order.Account,
                    Side = order.Side,
                    Peg = PegOf(order),
                    Limit = order.Asked.Price.Ticks != 0 ? order.Asked.Price : MidpointOrder.NoLimit(order.Side),
                    Quantity = new Quantity(order.Lots),
                    Minimum = MinimumOf(order),
                },
                market.Conditional);
        }
        else
        {
            var limit = LimitOf(market, order.Side, order.Asked.Price.Ticks)!.Value;
            market.Midpoint.Place(MidpointOrderOf(order, limit), Distinct, ref market.Crossed);
        }

        Tell(market);
        Finish(market);
    }

    private bool WouldTrade(ReferenceOrder order, long limit, ulong lots)
    {
        var resting = order.Market.Midpoint.Resting.Find(other => other.Id == (ulong)order.Placed);
        return resting is not null && order.Market.Midpoint.WouldTrade(resting, limit, lots, Distinct);
    }

    private void Refresh(ReferenceMarket market)
    {
        var staleness = market.Terms.Parameters.Reference.StalenessMicroseconds;
        MidpointReference? reference = null;
        if (Quote is { } quote && !Halted.Contains(market.Terms.Number)
            && (staleness == 0 || Now.Microseconds - quote.Time.Microseconds <= staleness))
            reference = new MidpointReference(quote.Bid, quote.Ask, new Price(market.Collar.Low), new Price(market.Collar.High));
        market.Midpoint.Refer(reference, Distinct, ref market.Crossed);
        Tell(market);
        Finish(market);
    }

    /// <summary>Ends a round that is over, and invites to the next.</summary>
    private void Finish(ReferenceMarket market)
    {
        var (terms, now) = (market.Terms.Parameters.Conditional, Now.Microseconds);
        if (market.Desk.IsOver(now))
        {
            market.Desk.EndRound(now, terms.FirmUpRateFloorBasisPoints, Distinct, market.Conditional);
            Tell(market);
            market.Midpoint.MeetAgain(Distinct, ref market.Crossed);
            Tell(market);
        }

        if (terms.FirmUpMicroseconds == 0) return;
        market.Desk.Invite(now, terms.FirmUpMicroseconds, Distinct, market.Conditional);
        Tell(market);
    }

    private static Peg PegOf(ReferenceOrder order) => order.Asked.Type switch
    {
        OrderType.Limit => Peg.None,
        OrderType.PegMidpoint => Peg.Midpoint,
        OrderType.PegPrimary => Peg.Primary,
        _ => Peg.Market,
    };

    private static MidpointOrder MidpointOrderOf(ReferenceOrder order, long limit) => new()
    {
        Id = (ulong)order.Placed,
        Owner = order.Account,
        Side = order.Side,
        Peg = PegOf(order),
        Limit = new Price(limit),
        Quantity = new Quantity(order.Lots),
        Minimum = MinimumOf(order),
        Execution = ExecutionOf(order),
    };
}
