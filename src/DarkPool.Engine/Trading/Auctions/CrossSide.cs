namespace DarkPool.Engine.Trading.Auctions;

/// <summary>One side of a cross. Its arrays are kept from cross to cross.</summary>
internal sealed class CrossSide(bool buys)
{
    private const int SmallestCapacity = 64;

    private CrossOrder[] _orders = new CrossOrder[SmallestCapacity];
    private AuctionLevel[] _levels = new AuctionLevel[SmallestCapacity];
    private Claim[] _claims = new Claim[SmallestCapacity];
    private ProRata.Remainder[] _remainders = new ProRata.Remainder[SmallestCapacity];

    public int Count { get; private set; }

    public Span<CrossOrder> Orders => _orders.AsSpan(0, Count);

    public long RankOf(long price) => buys ? ~price : price;

    public void Clear() => Count = 0;

    public void Add(in CrossOrder order)
    {
        if (Count == _orders.Length) Array.Resize(ref _orders, Count * 2);
        _orders[Count++] = order;
    }

    public void Sort() => Orders.Sort();

    /// <summary>What is offered at each limit, best first; limits beyond the collar count as its edge.</summary>
    public ReadOnlySpan<AuctionLevel> Levels(long low, long high)
    {
        if (_levels.Length < Count) _levels = new AuctionLevel[_orders.Length];
        var levels = 0;
        foreach (ref readonly var order in Orders)
        {
            if (order.Offered == 0) continue;
            var price = Math.Clamp(RankOf(order.Rank), low, high);
            if (levels != 0 && _levels[levels - 1].Ticks == price)
                _levels[levels - 1] = new AuctionLevel(price, _levels[levels - 1].Lots + order.Offered);
            else
                _levels[levels++] = new AuctionLevel(price, order.Offered);
        }

        return _levels.AsSpan(0, levels);
    }

    /// <summary>All that is offered at a price or better.</summary>
    public UInt128 OfferedAt(long price)
    {
        UInt128 sum = 0;
        foreach (ref readonly var order in Orders)
        {
            if (order.Rank > RankOf(price)) break;
            sum += order.Offered;
        }

        return sum;
    }

    /// <summary>Gives every order its part of the volume: better limits whole, the marginal ones as the allocation says.</summary>
    public void Give(UInt128 volume, AuctionAllocation allocation)
    {
        for (var first = 0; first < Count;)
        {
            var end = EndOfClass(first, allocation, out var wanted);
            if (wanted > volume)
            {
                Share(first, end, volume);
                volume = 0;
            }
            else
            {
                for (; first < end; first++) _orders[first].Given = _orders[first].Offered;
                volume -= wanted;
            }

            first = end;
        }
    }

    /// <summary>
    /// No order takes part with more than found a counterparty in this round: the rest of its part is for others. False if all did.
    /// </summary>
    public bool Restrict()
    {
        var restricted = false;
        foreach (ref var order in Orders)
        {
            if (order.LeftOver == 0) continue;
            order.Offered = order.Paired;
            restricted = true;
        }

        return restricted;
    }

    /// <summary>The end of the orders that have an equal claim with the first.</summary>
    private int EndOfClass(int first, AuctionAllocation allocation, out UInt128 wanted)
    {
        wanted = 0;
        var end = first;
        for (; end < Count && _orders[end].Rank == _orders[first].Rank; end++)
        {
            if (allocation == AuctionAllocation.Time && _orders[end].Cohort != _orders[first].Cohort) break;
            wanted += _orders[end].Offered;
        }

        return end;
    }

    private void Share(int first, int end, UInt128 volume)
    {
        if (_claims.Length < Count)
        {
            _claims = new Claim[_orders.Length];
            _remainders = new ProRata.Remainder[_orders.Length];
        }

        // Orders are sorted by age, then by the draw: their places say both.
        var claims = _claims.AsSpan(0, end - first);
        for (var i = 0; i < claims.Length; i++) claims[i] = new Claim(_orders[first + i].Offered, (ulong)i);
        ProRata.Share(volume, claims, _remainders);
        for (var i = 0; i < claims.Length; i++) _orders[first + i].Given = claims[i].Given;
    }
}
