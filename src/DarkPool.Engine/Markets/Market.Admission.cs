using System.Runtime.CompilerServices;
using DarkPool.Engine.Orders;
using DarkPool.Engine.Trading;

namespace DarkPool.Engine.Markets;

/// <summary>
/// What an order has to pass in every market before its rule looks at it: collar, worth, limits, rate, funds. The first fault counts.
/// </summary>
internal abstract partial class Market
{
    private readonly ImmediateRate _immediate = new();

    /// <summary>How many immediate orders accounts sent in the present window.</summary>
    public ImmediateRate Immediate => _immediate;

    /// <summary>
    /// The limit that an order trades to: its own, or for a market order the edge of the collar if that is nearer.
    /// </summary>
    protected RejectionCode TryGetLimit(in NewOrder order, out long limit)
    {
        limit = order.Price.Ticks;
        if (Terms.Parameters.Orders.CollarBasisPoints == 0)
            return order.Type == OrderType.Market ? RejectionCode.NoReference : RejectionCode.None;
        var known = TryGetEdge(order.Side, out var edge);
        if (order.Type == OrderType.Market)
        {
            if (!known) return RejectionCode.NoReference;
            if (limit == 0 || IsBeyond(order.Side, limit, edge)) limit = edge;
            return RejectionCode.None;
        }

        return known && IsBeyond(order.Side, limit, edge) ? RejectionCode.OutsideCollar : RejectionCode.None;
    }

    /// <summary>Whether a price is inside the collar, for an order of that side; with no reference every price is.</summary>
    protected bool IsInsideCollar(Side side, long price) =>
        Terms.Parameters.Orders.CollarBasisPoints == 0 || !TryGetEdge(side, out var edge) || !IsBeyond(side, price, edge);

    /// <summary>
    /// Checks limits and funds, and finds the cell that pays. Nothing changes.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected RejectionCode Admit(uint account, in NewOrder order, long limit, out uint payCell, out UInt128 hold)
    {
        var orders = State.Orders;
        payCell = 0;
        if (!TryGetHold(order.Side, limit, order.Quantity.Lots, MostFee, out hold)) return RejectionCode.NotionalOverflow;
        if (order.Rests)
        {
            if (orders.CountOf(account) >= VenueLimits.MaxOpenOrdersPerAccount) return RejectionCode.TooManyOpenOrders;
            var most = Terms.Parameters.Orders.MaximumOpenOrders;
            if (most != 0 && orders.CountOf(account, Number) >= most) return RejectionCode.TooManyOpenOrders;
            if (orders.Count >= VenueLimits.MaxOpenOrders) return RejectionCode.BookFull;
        }

        payCell = State.Ledger.Find(account, PaysWith(order.Side));
        if (payCell == 0 || State.Ledger[payCell].Available < hold) return RejectionCode.InsufficientFunds;
        if (order.Rests || Terms.Parameters.Orders.ImmediateOrders == 0) return RejectionCode.None;
        return _immediate.CountOf(account, Window) >= Terms.Parameters.Orders.ImmediateOrders
            ? RejectionCode.ImmediateTooOften : RejectionCode.None;
    }

    /// <summary>Counts an immediate order that was accepted, where the market counts them.</summary>
    protected void CountImmediate(uint account)
    {
        if (Terms.Parameters.Orders.ImmediateOrders != 0) _immediate.Add(account, Window);
    }

    /// <summary>The number of the present window of the immediate rate.</summary>
    public long Window => Terms.Parameters.Orders.ImmediateOrders == 0
        ? 0 : State.Time.Microseconds / Terms.Parameters.Orders.ImmediateWindowMicroseconds;

    /// <summary>The price beyond which an order of that side may not trade: the highest of a buyer, the lowest of a seller.</summary>
    private bool TryGetEdge(Side side, out long edge)
    {
        edge = 0;
        var reference = Terms.Parameters.Reference;
        if (!State.Feeds.TryGetValue(reference.Feed, out var feed) || feed.Price == 0) return false;
        if (feed.Terms is not null && !feed.IsUsable(State.Time)) return false;
        var age = State.Time.Microseconds - feed.Time.Microseconds;
        if (reference.StalenessMicroseconds != 0 && age > reference.StalenessMicroseconds) return false;
        var room = (Int128)feed.Price * Terms.Parameters.Orders.CollarBasisPoints / 10_000;
        edge = (long)(side == Side.Buy ? Int128.Min(feed.Price + room, long.MaxValue) : Int128.Max(feed.Price - room, 1));
        return true;
    }

    private static bool IsBeyond(Side side, long price, long edge) => side == Side.Buy ? price > edge : price < edge;
}
