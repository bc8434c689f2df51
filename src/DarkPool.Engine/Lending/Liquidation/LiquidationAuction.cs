using DarkPool.Engine.Trading.Auctions;

namespace DarkPool.Engine.Lending.Liquidation;

/// <summary>
/// One uniform-price auction: lots of several borrowers, each with its own ask, against resting orders and sealed bids, each with its
/// own limit. As many lots trade as can (<see cref="UniformPrice"/>), all at the limit of the last buyer who is served: nobody pays
/// more than the limit or sells for less than the ask. Since a better price needs fewer lots to restore health, the price is looked for
/// again with the lots that it needs until it stays. Buyers are served by limit, resting orders before bids of the same limit, then the
/// older bid.
/// </summary>
internal sealed class LiquidationAuction
{
    /// <summary>Levels of resting orders that take part: the best ones.</summary>
    public const int MaxRestingLevels = 1_024;

    private const int MaxRounds = 4;

    private readonly AuctionLevel[] _resting = new AuctionLevel[MaxRestingLevels];
    private Demand[] _bids = new Demand[16];
    private AuctionLevel[] _buys = new AuctionLevel[16];
    private AuctionLevel[] _sells = new AuctionLevel[16];
    private LotRank[] _ranks = new LotRank[16];
    private int _restingCount;
    private int _bidCount;
    private int _buyCount;

    /// <summary>The price that was found, ticks.</summary>
    public long Ticks { get; private set; }

    /// <summary>Takes the buyers: resting orders and bids, as far as they reach the lowest ask.</summary>
    public void TakeBuyers<TVenue>(LiquidationTerms terms, in PairQuote quote, LiquidationBids bids, long lowest, ref TVenue venue)
        where TVenue : struct, ILiquidationVenue
    {
        _restingCount = venue.RestingBuys(terms, lowest, _resting);
        if (_bids.Length < bids.Count) _bids = new Demand[LiquidationBids.MaxBids];
        _bidCount = 0;
        for (var i = 0; i < bids.Count; i++)
        {
            ref readonly var bid = ref bids.All[i];
            var limit = Math.Min(bid.MaxTicks, quote.LimitTicks(bid.Discount));
            if (limit >= lowest) _bids[_bidCount++] = new Demand(limit, bid.Sequence, i, bid.Lots);
        }

        _bids.AsSpan(0, _bidCount).Sort();
        MergeBuys();
    }

    /// <summary>Lots wanted at a price or above.</summary>
    public UInt128 DemandAt(long ticks)
    {
        UInt128 demand = 0;
        for (var i = 0; i < _buyCount && _buys[i].Ticks >= ticks; i++) demand += _buys[i].Lots;
        return demand;
    }

    /// <summary>
    /// Finds the price and how many lots each may sell at most (<see cref="LiquidationLot.Lots"/>; 0 above the price); false if nothing
    /// trades.
    /// </summary>
    public bool TryClear(LiquidationTerms terms, in PairQuote quote, Span<LiquidationLot> lots)
    {
        if (_sells.Length < lots.Length) _sells = new AuctionLevel[lots.Length * 2];
        foreach (ref var lot in lots) lot.Lots = lot.SizeAt(terms, quote, lot.Ask);
        Rank(lots);
        var price = 0L;
        for (var round = 0; round < MaxRounds; round++)
        {
            var clearing = UniformPrice.Find(_buys.AsSpan(0, _buyCount), Sells(lots), quote.OracleTicks);
            if (clearing.Volume == 0) return false;
            var last = LastServed(clearing.Volume);
            if (last <= price) break;
            price = last;
            foreach (ref var lot in lots)
            {
                if (lot.Ask <= price) lot.Lots = Math.Min(lot.Lots, lot.SizeAt(terms, quote, price));
            }
        }

        Ticks = price;
        return true;
    }

    /// <summary>The lots' order of being sold.</summary>
    public ReadOnlySpan<LotRank> Ranked(int count) => _ranks.AsSpan(0, count);

    /// <summary>Tells the buyers what they bought, best limit first.</summary>
    public void Distribute<TVenue>(LiquidationTerms terms, LiquidationBids bids, UInt128 sold, ref TVenue venue)
        where TVenue : struct, ILiquidationVenue
    {
        var (resting, bid) = (0, 0);
        UInt128 toResting = 0;
        while (sold != 0)
        {
            var restingFirst = resting < _restingCount && (bid == _bidCount || _resting[resting].Ticks >= _bids[bid].Ticks);
            if (restingFirst)
            {
                var taken = UInt128.Min(sold, _resting[resting++].Lots);
                toResting += taken;
                sold -= taken;
                continue;
            }

            ref readonly var buyer = ref _bids[bid++];
            var lots = (ulong)UInt128.Min(sold, buyer.Lots);
            sold -= lots;
            var before = bids.All[buyer.Index];
            bids.Take(buyer.Index, lots);
            venue.SoldToBid(terms, before, lots, Ticks);
        }

        if (toResting != 0) venue.SoldToResting(terms, checked((ulong)toResting), Ticks);
        bids.RemoveEmpty();
    }

    private long LastServed(UInt128 volume)
    {
        var at = 0;
        for (UInt128 served = 0; (served += _buys[at].Lots) < volume;) at++;
        return _buys[at].Ticks;
    }

    private void MergeBuys()
    {
        if (_buys.Length < _restingCount + _bidCount) _buys = new AuctionLevel[MaxRestingLevels + LiquidationBids.MaxBids];
        _buyCount = 0;
        var (resting, bid) = (0, 0);
        while (resting < _restingCount || bid < _bidCount)
        {
            var takesResting = bid == _bidCount || (resting < _restingCount && _resting[resting].Ticks >= _bids[bid].Ticks);
            var level = takesResting ? _resting[resting++] : new AuctionLevel(_bids[bid].Ticks, _bids[bid++].Lots);
            if (_buyCount != 0 && _buys[_buyCount - 1].Ticks == level.Ticks)
            {
                _buys[_buyCount - 1] = level with { Lots = level.Lots + _buys[_buyCount - 1].Lots };
            }
            else
            {
                _buys[_buyCount++] = level;
            }
        }
    }

    private void Rank(ReadOnlySpan<LiquidationLot> lots)
    {
        if (_ranks.Length < lots.Length) _ranks = new LotRank[lots.Length * 2];
        for (var i = 0; i < lots.Length; i++)
        {
            var health = lots[i].Account.HealthFactor;
            var shown = health.High == 0 && health.Low <= ulong.MaxValue ? (ulong)health : ulong.MaxValue;
            _ranks[i] = new LotRank(lots[i].IsClosing, lots[i].Ask, shown, lots[i].User, i);
        }

        _ranks.AsSpan(0, lots.Length).Sort();
    }

    // Lots that are only sold whole come first and have the lowest ask, so asks rise along the ranks.
    private ReadOnlySpan<AuctionLevel> Sells(ReadOnlySpan<LiquidationLot> lots)
    {
        var count = 0;
        foreach (ref readonly var rank in _ranks.AsSpan(0, lots.Length))
        {
            var offered = lots[rank.Index].Lots;
            if (offered == 0) continue;
            if (count != 0 && _sells[count - 1].Ticks == rank.Ask)
            {
                _sells[count - 1] = _sells[count - 1] with { Lots = _sells[count - 1].Lots + offered };
            }
            else
            {
                _sells[count++] = new AuctionLevel(rank.Ask, offered);
            }
        }

        return _sells.AsSpan(0, count);
    }

    private readonly record struct Demand(long Ticks, ulong Sequence, int Index, ulong Lots) : IComparable<Demand>
    {
        public int CompareTo(Demand other) => Ticks != other.Ticks ? other.Ticks.CompareTo(Ticks) : Sequence.CompareTo(other.Sequence);
    }
}
