using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Tests.Venues;

/// <summary>The usual order of an example; what is special about one is said <c>with</c> it.</summary>
internal static class LimitOrders
{
    public static NewOrder New(uint market, ulong id, Side side, long price, ulong lots) => new()
    {
        ClientOrderId = id,
        Market = market,
        Side = side,
        Type = OrderType.Limit,
        TimeInForce = TimeInForce.GoodTillCancelled,
        Price = new Price(price),
        Quantity = new Quantity(lots),
    };
}
