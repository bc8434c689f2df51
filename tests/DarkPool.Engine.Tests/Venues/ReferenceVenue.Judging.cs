using System.Numerics;
using DarkPool.Engine.Markets;
using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Tests.Venues;

/// <summary>What an order has to pass.</summary>
internal sealed partial class ReferenceVenue
{
    private RejectionCode Judge(uint account, NewOrder order, out ReferenceOrder? taker)
    {
        taker = null;
        if (!_markets.TryGetValue(order.Market, out var market)) return RejectionCode.UnknownMarket;
        if (Halted.Contains(order.Market)) return RejectionCode.MarketHalted;
        var terms = market.Terms;
        var code = JudgeFields(order, terms);
        if (code != RejectionCode.None) return code;
        if (terms.Rule != MatchingRule.Continuous) return JudgeCrossing(account, order, market, out taker);
        var price = order.Price.Ticks;
        var edge = Edge(terms, order.Side);
        if (order.Type == OrderType.Market)
        {
            if (edge is not { } nearest) return RejectionCode.NoReference;
            price = price == 0 ? nearest : order.Side == Side.Buy ? Math.Min(price, nearest) : Math.Max(price, nearest);
        }
        else if (edge is { } nearest && (order.Side == Side.Buy ? price > nearest : price < nearest))
        {
            return RejectionCode.OutsideCollar;
        }

        taker = Opened(account, order, market, price);
        return JudgeState(taker);
    }

    private ReferenceOrder Opened(uint account, NewOrder order, ReferenceMarket market, long price) => new()
    {
        Account = account,
        Asked = order,
        Market = market,
        Price = price,
        Lots = order.Quantity.Lots,
        Expiry = order.TimeInForce switch
        {
            TimeInForce.GoodTillTime => order.Expiry,
            TimeInForce.Day => SessionEnd(market.Terms),
            _ => null,
        },
        Placed = ++_stamp,
        MostFee = MostFee(market.Terms),
    };

    private RejectionCode JudgeFields(NewOrder order, MarketTerms terms)
    {
        var (rule, limits) = (terms.Rule, terms.Parameters.Orders);
        if (order.Side != Side.Buy && order.Side != Side.Sell) return RejectionCode.InvalidSide;
        if (order.Type < OrderType.Limit || order.Type > Last(rule)) return RejectionCode.InvalidOrderType;
        if ((int)order.TimeInForce is < 1 or > 5) return RejectionCode.InvalidTimeInForce;
        if (rule == MatchingRule.Continuous && order.Type == OrderType.Market && order.Rests) return RejectionCode.InvalidTimeInForce;
        if ((order.Flags & ~Known(terms)) != 0 || (order.Flags != 0 && !order.Rests)) return RejectionCode.InvalidFlags;
        if (order.Flags.HasFlag(OrderFlags.PostOnly | OrderFlags.Conditional)) return RejectionCode.InvalidFlags;
        if (order.Price.Ticks < 0 || (order.Price.Ticks == 0 && order.Type == OrderType.Limit)) return RejectionCode.InvalidPrice;
        if (order.Quantity.Lots == 0) return RejectionCode.InvalidQuantity;
        if (limits.MaximumQuantity != 0 && order.Quantity.Lots > limits.MaximumQuantity) return RejectionCode.QuantityTooLarge;
        var timed = order.TimeInForce == TimeInForce.GoodTillTime;
        if (timed ? order.Expiry.Microseconds <= Now.Microseconds : order.Expiry.Microseconds != 0) return RejectionCode.InvalidExpiry;
        if (Math.Max(order.MinimumQuantity.Lots, order.MinimumInteraction.Lots) > order.Quantity.Lots) return RejectionCode.InvalidMinimum;
        if ((int)order.SelfTradePrevention > 4) return RejectionCode.InvalidSelfTradePrevention;
        var small = !order.Rests && order.Quantity.Lots < limits.MinimumImmediateQuantity;
        return small ? RejectionCode.ImmediateTooSmall : RejectionCode.None;
    }

    private static OrderType Last(MatchingRule rule) => rule == MatchingRule.Midpoint ? OrderType.PegMarket : OrderType.Market;

    private static OrderFlags Known(MarketTerms terms) => OrderFlags.CancelOnDisconnect
        | (terms.Rule == MatchingRule.Auction ? 0 : OrderFlags.PostOnly)
        | (terms.Parameters.Conditional.FirmUpMicroseconds == 0 ? 0 : OrderFlags.Conditional);

    private RejectionCode JudgeState(ReferenceOrder taker)
    {
        var limits = taker.Terms.Parameters.Orders;
        if (!Fits(taker, taker.Price, taker.Lots)) return RejectionCode.NotionalOverflow;
        var open = _open.Count(order => order.Account == taker.Account && order.Terms == taker.Terms);
        if (taker.Asked.Rests && limits.MaximumOpenOrders != 0 && open >= limits.MaximumOpenOrders) return RejectionCode.TooManyOpenOrders;
        var cost = Cost(taker, taker.Price, taker.Lots, taker.MostFee);
        var asset = PaysWith(taker.Terms, taker.Side);
        var hasAny = _owned.ContainsKey((taker.Account, asset));
        if (!hasAny || (taker.Holds && cost > Available(taker.Account, asset))) return RejectionCode.InsufficientFunds;
        if (!taker.Asked.Rests && limits.ImmediateOrders != 0 && _immediate.GetValueOrDefault(Window(taker)) >= limits.ImmediateOrders)
            return RejectionCode.ImmediateTooOften;
        var meets = taker.Terms.Rule == MatchingRule.Continuous && taker.Is(OrderFlags.PostOnly) && WouldMeet(taker);
        return meets ? RejectionCode.WouldTrade : RejectionCode.None;
    }

    private RejectionCode JudgeReplacement(ReferenceOrder order, long price, ulong lots, bool keeps)
    {
        var most = order.Terms.Parameters.Orders.MaximumQuantity;
        var more = order.Copy();
        (more.Price, more.Lots) = (price, lots);
        if (Halted.Contains(order.Terms.Number)) return RejectionCode.MarketHalted;
        if (price <= 0) return RejectionCode.InvalidPrice;
        if (lots == 0) return RejectionCode.InvalidQuantity;
        if (most != 0 && lots > most) return RejectionCode.QuantityTooLarge;
        if (Edge(order.Terms, order.Side) is { } edge && (order.Side == Side.Buy ? price > edge : price < edge))
            return RejectionCode.OutsideCollar;
        if (!Fits(order, price, lots)) return RejectionCode.NotionalOverflow;
        var cost = Cost(order, price, lots, MostFee(order.Terms)) - Cost(order, order.Price, order.Lots, order.MostFee);
        if (cost > 0 && cost > Available(order.Account, PaysWith(order.Terms, order.Side))) return RejectionCode.InsufficientFunds;
        return !keeps && order.Is(OrderFlags.PostOnly) && WouldMeet(more) ? RejectionCode.WouldTrade : RejectionCode.None;
    }

    private static bool Fits(ReferenceOrder order, long price, ulong lots) =>
        Cost(order, price, lots, MostFee(order.Terms)) < Limit && Notional(order.Terms, price, lots) < Limit
        && lots * (BigInteger)order.Terms.LotSize < Limit;

    /// <summary>The worst price that an order of that side may have; null where there is no collar or no fresh reference.</summary>
    private long? Edge(MarketTerms terms, Side side)
    {
        var (collar, reference) = (terms.Parameters.Orders.CollarBasisPoints, terms.Parameters.Reference);
        if (collar == 0 || Reference is not { } known) return null;
        if (Now.Microseconds - known.Time.Microseconds > reference.StalenessMicroseconds) return null;
        var room = known.Price * collar / 10_000;
        return side == Side.Buy ? known.Price + room : known.Price - room;
    }

    private (uint Account, uint Market, long Window) Window(ReferenceOrder order)
    {
        var length = order.Terms.Parameters.Orders.ImmediateWindowMicroseconds;
        return (order.Account, order.Terms.Number, length == 0 ? 0 : Now.Microseconds / length);
    }

    /// <summary>The first end of the market's session after now, day by day from the epoch on.</summary>
    private BlockTime SessionEnd(MarketTerms terms)
    {
        const long Day = 86_400_000_000;
        var today = (Now.Microseconds / Day * Day) + terms.Parameters.SessionEndMicroseconds;
        return new BlockTime(today > Now.Microseconds ? today : today + Day);
    }
}
