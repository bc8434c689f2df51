using DarkPool.Engine.Trading;

namespace DarkPool.Engine;

/// <summary>
/// What can be said of an order without looking at the venue's state. The first fault counts, in the order of the fields on the wire.
/// </summary>
internal static class OrderRules
{
    public static RejectionCode Judge(in NewOrder order, BlockTime now)
    {
        if (order.Side is not (Side.Buy or Side.Sell)) return RejectionCode.InvalidSide;
        if (order.Type != OrderType.Limit) return RejectionCode.InvalidOrderType;
        if ((uint)order.TimeInForce - 1 > 2) return RejectionCode.InvalidTimeInForce;
        var code = Judge(order.Price, order.Quantity);
        if (code != RejectionCode.None) return code;
        var expires = order.TimeInForce == TimeInForce.GoodTillTime;
        var valid = expires ? order.Expiry > now : order.Expiry == BlockTime.None;
        return valid ? RejectionCode.None : RejectionCode.InvalidExpiry;
    }

    public static RejectionCode Judge(Price price, Quantity quantity)
    {
        if (price.Ticks <= 0) return RejectionCode.InvalidPrice;
        return quantity.Lots == 0 ? RejectionCode.InvalidQuantity : RejectionCode.None;
    }
}
