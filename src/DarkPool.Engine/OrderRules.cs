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
        if (order.TimeInForce is < TimeInForce.GoodTillCancelled or > TimeInForce.Day) return RejectionCode.InvalidTimeInForce;
        if (!AllowsFlags(order)) return RejectionCode.InvalidFlags;
        var code = Judge(order.Price, order.Quantity, terms.Parameters.Orders);
        if (code != RejectionCode.None) return code;
        var expires = order.TimeInForce == TimeInForce.GoodTillTime;
        if (expires ? order.Expiry <= now : order.Expiry != BlockTime.None) return RejectionCode.InvalidExpiry;
        if (order.MinimumQuantity.Lots != 0 || order.MinimumInteraction.Lots != 0) return RejectionCode.InvalidMinimum;
        if (order.SelfTradePrevention != SelfTradePrevention.Default) return RejectionCode.InvalidSelfTradePrevention;
        var tooSmall = !order.Rests && order.Quantity.Lots < terms.Parameters.Orders.MinimumImmediateQuantity;
        return tooSmall ? RejectionCode.ImmediateTooSmall : RejectionCode.None;
    }

    public static RejectionCode Judge(Price price, Quantity quantity, OrderLimits limits)
    {
        if (price.Ticks <= 0) return RejectionCode.InvalidPrice;
        if (quantity.Lots == 0) return RejectionCode.InvalidQuantity;
        var tooLarge = limits.MaximumQuantity != 0 && quantity.Lots > limits.MaximumQuantity;
        return tooLarge ? RejectionCode.QuantityTooLarge : RejectionCode.None;
    }

    private static bool Takes(MatchingRule rule, OrderType type) => rule switch
    {
        MatchingRule.Continuous => type == OrderType.Limit,
        _ => false,
    };

    private static bool AllowsFlags(in NewOrder order)
    {
        if ((order.Flags & ~OrderFlags.PostOnly) != 0) return false;
        return (order.Flags & OrderFlags.PostOnly) == 0 || order.Rests;
    }
}
