using DarkPool.Engine.Markets;
using DarkPool.Engine.Trading;

namespace DarkPool.Engine;

/// <summary>
/// What can be said of an order by its market's terms alone. The first fault counts, in the order of the fields on the wire.
/// </summary>
internal static class OrderRules
{
    public static RejectionCode Judge(in NewOrder order, MarketTerms terms, BlockTime now)
    {
        if (order.Side is not (Side.Buy or Side.Sell)) return RejectionCode.InvalidSide;
        if (!Takes(terms.Rule, order.Type)) return RejectionCode.InvalidOrderType;
        if (!TakesTime(order)) return RejectionCode.InvalidTimeInForce;
        if (!AllowsFlags(order)) return RejectionCode.InvalidFlags;
        var code = JudgePrice(order);
        if (code == RejectionCode.None) code = JudgeQuantity(order.Quantity, terms.Parameters.Orders);
        if (code != RejectionCode.None) return code;
        var expires = order.TimeInForce == TimeInForce.GoodTillTime;
        if (expires ? order.Expiry <= now : order.Expiry != BlockTime.None) return RejectionCode.InvalidExpiry;
        if (order.MinimumQuantity > order.Quantity || order.MinimumInteraction > order.Quantity) return RejectionCode.InvalidMinimum;
        if (order.SelfTradePrevention > SelfTradePrevention.Decrement) return RejectionCode.InvalidSelfTradePrevention;
        var tooSmall = !order.Rests && order.Quantity.Lots < terms.Parameters.Orders.MinimumImmediateQuantity;
        return tooSmall ? RejectionCode.ImmediateTooSmall : RejectionCode.None;
    }

    public static RejectionCode Judge(Price price, Quantity quantity, OrderLimits limits) =>
        price.Ticks <= 0 ? RejectionCode.InvalidPrice : JudgeQuantity(quantity, limits);

    private static RejectionCode JudgePrice(in NewOrder order)
    {
        var least = order.Type == OrderType.Limit ? 1 : 0;
        return order.Price.Ticks < least ? RejectionCode.InvalidPrice : RejectionCode.None;
    }

    private static RejectionCode JudgeQuantity(Quantity quantity, OrderLimits limits)
    {
        if (quantity.Lots == 0) return RejectionCode.InvalidQuantity;
        var tooLarge = limits.MaximumQuantity != 0 && quantity.Lots > limits.MaximumQuantity;
        return tooLarge ? RejectionCode.QuantityTooLarge : RejectionCode.None;
    }

    private static bool Takes(MatchingRule rule, OrderType type) => rule switch
    {
        MatchingRule.Continuous => type is OrderType.Limit or OrderType.Market,
        _ => false,
    };

    /// <summary>A market order has no price to rest at.</summary>
    private static bool TakesTime(in NewOrder order) =>
        order.TimeInForce is >= TimeInForce.GoodTillCancelled and <= TimeInForce.Day && (order.Type != OrderType.Market || !order.Rests);

    private static bool AllowsFlags(in NewOrder order)
    {
        const OrderFlags Resting = OrderFlags.PostOnly | OrderFlags.CancelOnDisconnect;
        return (order.Flags & ~Resting) == 0 && (order.Flags == OrderFlags.None || order.Rests);
    }
}
