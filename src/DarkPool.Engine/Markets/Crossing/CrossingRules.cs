using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Markets.Crossing;

/// <summary>What can be said of an order for an auction or a midpoint market by its terms alone. The first fault counts.</summary>
internal static class CrossingRules
{
    public static RejectionCode Judge(in NewOrder order, MarketTerms terms, BlockTime now)
    {
        if (order.Side is not (Side.Buy or Side.Sell)) return RejectionCode.InvalidSide;
        if (!Takes(terms.Rule, order.Type)) return RejectionCode.InvalidOrderType;
        if (order.TimeInForce is < TimeInForce.GoodTillCancelled or > TimeInForce.Day) return RejectionCode.InvalidTimeInForce;
        if (!AllowsFlags(order, terms)) return RejectionCode.InvalidFlags;
        var priced = order.Price.Ticks > 0 || (order.Price.Ticks == 0 && order.Type != OrderType.Limit);
        if (!priced) return RejectionCode.InvalidPrice;
        var code = Judge(order.Quantity, terms.Parameters.Orders);
        if (code != RejectionCode.None) return code;
        var expires = order.TimeInForce == TimeInForce.GoodTillTime;
        if (expires ? order.Expiry <= now : order.Expiry != BlockTime.None) return RejectionCode.InvalidExpiry;
        if (order.MinimumQuantity > order.Quantity || order.MinimumInteraction > order.Quantity) return RejectionCode.InvalidMinimum;
        if (order.SelfTradePrevention > SelfTradePrevention.Decrement) return RejectionCode.InvalidSelfTradePrevention;
        var tooSmall = !order.Rests && order.Quantity.Lots < terms.Parameters.Orders.MinimumImmediateQuantity;
        return tooSmall ? RejectionCode.ImmediateTooSmall : RejectionCode.None;
    }

    public static RejectionCode Judge(Quantity quantity, OrderLimits limits)
    {
        if (quantity.Lots == 0) return RejectionCode.InvalidQuantity;
        var tooLarge = limits.MaximumQuantity != 0 && quantity.Lots > limits.MaximumQuantity;
        return tooLarge ? RejectionCode.QuantityTooLarge : RejectionCode.None;
    }

    /// <summary>What a book does with an order.</summary>
    public static Execution ExecutionOf(in NewOrder order) => order.TimeInForce switch
    {
        TimeInForce.ImmediateOrCancel => Execution.ImmediateOrCancel,
        TimeInForce.FillOrKill => Execution.FillOrKill,
        _ => (order.Flags & OrderFlags.PostOnly) != 0 ? Execution.PostOnly : Execution.Rest,
    };

    /// <summary>The least that an order trades.</summary>
    public static TradeMinimum MinimumOf(in NewOrder order) => new(order.MinimumQuantity.Lots, order.MinimumInteraction.Lots);

    private static bool Takes(MatchingRule rule, OrderType type) => rule switch
    {
        MatchingRule.Auction => type is OrderType.Limit or OrderType.Market,
        MatchingRule.Midpoint => type is >= OrderType.Limit and <= OrderType.PegMarket,
        _ => false,
    };

    private static bool AllowsFlags(in NewOrder order, MarketTerms terms)
    {
        var midpoint = terms.Rule == MatchingRule.Midpoint;
        var allowed = OrderFlags.CancelOnDisconnect | (midpoint ? OrderFlags.PostOnly | OrderFlags.Conditional : OrderFlags.None);
        if (midpoint && terms.Parameters.Conditional.FirmUpMicroseconds == 0) allowed &= ~OrderFlags.Conditional;
        if ((order.Flags & ~allowed) != 0) return false;
        var exclusive = (order.Flags & OrderFlags.PostOnly) == 0 || (order.Flags & OrderFlags.Conditional) == 0;
        return order.Flags == OrderFlags.None || (exclusive && order.Rests);
    }
}
