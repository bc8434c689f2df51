namespace DarkPool.Engine.Trading.Auctions;

/// <summary>
/// Crosses many orders at one price. A round finds the price and volume, gives every order its part and pairs buyers with sellers who
/// may trade with each other. If an order would trade less than its minimum, or finds nobody for a part of its part, it gives way and
/// the round is repeated: first one order at a time, later all that fall short, at last all that have a minimum. So the work is bounded
/// by <see cref="MaxRounds"/> passes, and nobody's minimum is ever broken.
/// </summary>
internal sealed class UniformCross
{
    /// <summary>Rounds in which one order gives way at a time.</summary>
    public const int SingleRounds = 32;

    /// <summary>Rounds after which all orders with a minimum give way. The next one is the last.</summary>
    public const int MaxRounds = 64;

    /// <summary>Counterparties that one order may have to pass over in a round, so that deny lists cannot make a cross quadratic.</summary>
    public const int MaxSkips = 256;

    private const int SmallestCapacity = 64;

    private CrossPair[] _pairs = new CrossPair[SmallestCapacity];
    private int _count;

    public CrossSide Buys { get; } = new(buys: true);

    public CrossSide Sells { get; } = new(buys: false);

    /// <summary>Who traded with whom: by the buyer's claim, then by the seller's.</summary>
    public ReadOnlySpan<CrossPair> Pairs => _pairs.AsSpan(0, _count);

    public void Clear()
    {
        Buys.Clear();
        Sells.Clear();
        _count = 0;
    }

    /// <summary>Crosses what was added, at the price of an auction between <paramref name="low"/> and <paramref name="high"/>.</summary>
    public Clearing Auction<TFilter>(long low, long high, long reference, AuctionAllocation allocation, TFilter filter)
        where TFilter : struct, ICounterpartyFilter
    {
        Buys.Sort();
        Sells.Sort();
        for (var round = 0; ; round++)
        {
            var clearing = UniformPrice.Find(Buys.Levels(low, high), Sells.Levels(low, high), reference);
            Pair(clearing.Volume, allocation, filter);
            if (!GivesWay(round, clearing.Ticks)) return clearing with { Volume = Traded() };
        }
    }

    /// <summary>Crosses what was added at a price that is given; the oldest first, by size among those of one cohort.</summary>
    public UInt128 At<TFilter>(long price, TFilter filter)
        where TFilter : struct, ICounterpartyFilter
    {
        Buys.Sort();
        Sells.Sort();
        for (var round = 0; ; round++)
        {
            Pair(UInt128.Min(Buys.OfferedAt(price), Sells.OfferedAt(price)), AuctionAllocation.Time, filter);
            if (!GivesWay(round, price)) return Traded();
        }
    }

    private UInt128 Traded()
    {
        UInt128 sum = 0;
        foreach (ref readonly var pair in Pairs) sum += pair.Lots;
        return sum;
    }

    private void Pair<TFilter>(UInt128 volume, AuctionAllocation allocation, TFilter filter)
        where TFilter : struct, ICounterpartyFilter
    {
        Buys.Give(volume, allocation);
        Sells.Give(volume, allocation);
        _count = 0;
        var sells = Sells.Orders;
        foreach (ref var order in sells) order.Paired = 0;
        var first = 0;
        for (var buy = 0; buy < Buys.Count; buy++)
        {
            ref var buyer = ref Buys.Orders[buy];
            buyer.Paired = 0;
            while (first < sells.Length && sells[first].Paired == sells[first].Given) first++;
            var skips = 0;
            for (var sell = first; buyer.Paired != buyer.Given && sell < sells.Length && skips < MaxSkips; sell++)
            {
                if (!TryPair(ref buyer, ref sells[sell], buy, sell, filter)) skips++;
            }
        }
    }

    private bool TryPair<TFilter>(ref CrossOrder buyer, ref CrossOrder seller, int buy, int sell, TFilter filter)
        where TFilter : struct, ICounterpartyFilter
    {
        var lots = Math.Min(buyer.Given - buyer.Paired, seller.Given - seller.Paired);
        if (lots == 0 || lots < buyer.Minimum.Each(buyer.Open - buyer.Paired) || lots < seller.Minimum.Each(seller.Open - seller.Paired))
            return false;
        if (!filter.MayTrade(buyer.Owner, seller.Owner)) return false;
        buyer.Paired += lots;
        seller.Paired += lots;
        if (_count == _pairs.Length) Array.Resize(ref _pairs, _count * 2);
        _pairs[_count++] = new CrossPair(buy, sell, lots);
        return true;
    }

    /// <summary>Makes way after a round; false if the round stands.</summary>
    private bool GivesWay(int round, long price)
    {
        if (round > MaxRounds) return false;
        if (round == MaxRounds) return DropMinimums(Buys) | DropMinimums(Sells);
        if (round < SingleRounds) return DropOne() || RestrictOne(price);
        return (DropShort(Buys) | DropShort(Sells)) || (Buys.Restrict() | Sells.Restrict());
    }

    /// <summary>
    /// One order takes part with no more than found a counterparty, so that others can have the rest: the one with most left over; of
    /// those the one that traded least; of those one of the side that has more; of those the last in order of claim.
    /// </summary>
    private bool RestrictOne(long price)
    {
        var (buy, sell) = (MostLeftOver(Buys.Orders), MostLeftOver(Sells.Orders));
        if (buy < 0) return false;
        ref var buyer = ref Buys.Orders[buy];
        ref var seller = ref Sells.Orders[sell];
        var order = buyer.LeftOver.CompareTo(seller.LeftOver);
        if (order == 0) order = seller.Paired.CompareTo(buyer.Paired);
        if (order == 0) order = Buys.OfferedAt(price) >= Sells.OfferedAt(price) ? 1 : -1;
        if (order > 0) buyer.Offered = buyer.Paired;
        else seller.Offered = seller.Paired;
        return true;
    }

    private static int MostLeftOver(ReadOnlySpan<CrossOrder> orders)
    {
        var most = -1;
        for (var i = 0; i < orders.Length; i++)
        {
            if (orders[i].LeftOver == 0) continue;
            if (most < 0 || orders[i].LeftOver > orders[most].LeftOver
                || (orders[i].LeftOver == orders[most].LeftOver && orders[i].Paired <= orders[most].Paired)) most = i;
        }

        return most;
    }

    private bool DropOne()
    {
        var (buy, sell) = (WhoGivesWay(Buys.Orders), WhoGivesWay(Sells.Orders));
        if (buy < 0 && sell < 0) return false;
        if (sell < 0 || (buy >= 0 && Buys.Orders[buy].GivesWayBefore(Sells.Orders[sell]))) Buys.Orders[buy].Offered = 0;
        else Sells.Orders[sell].Offered = 0;
        return true;
    }

    private static int WhoGivesWay(ReadOnlySpan<CrossOrder> orders)
    {
        var first = -1;
        for (var i = 0; i < orders.Length; i++)
        {
            if (orders[i].IsShort && (first < 0 || orders[i].GivesWayBefore(orders[first]))) first = i;
        }

        return first;
    }

    private static bool DropShort(CrossSide side)
    {
        var dropped = false;
        foreach (ref var order in side.Orders)
        {
            if (!order.IsShort) continue;
            order.Offered = 0;
            dropped = true;
        }

        return dropped;
    }

    private static bool DropMinimums(CrossSide side)
    {
        var dropped = false;
        foreach (ref var order in side.Orders)
        {
            if (order.Required == 0 || order.Offered == 0) continue;
            order.Offered = 0;
            dropped = true;
        }

        return dropped;
    }
}
