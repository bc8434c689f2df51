namespace DarkPool.Engine.Lending.Liquidation;

/// <summary>Whose collateral a <see cref="LotSale"/> sells: it books a sale, or refuses it and changes nothing.</summary>
internal interface ILotSeller
{
    /// <summary>Sells lots of a borrower at a price.</summary>
    bool TrySell(LiquidationMarket market, ref LiquidationLot lot, ulong lots, long ticks);
}

/// <summary>The lots of one auction: which are offered, at which price they clear, who of them is sold.</summary>
internal sealed class LotSale
{
    private readonly LiquidationAuction _auction = new();
    private LiquidationLot[] _lots = new LiquidationLot[16];
    private int _count;

    /// <summary>The lots, in the order in which they were added.</summary>
    public Span<LiquidationLot> Lots => _lots.AsSpan(0, _count);

    /// <summary>Begins an auction without lots.</summary>
    public void Clear() => _count = 0;

    /// <summary>Offers a lot.</summary>
    public void Add(LiquidationTerms terms, in LiquidationLot lot)
    {
        // Before the cap a lot may still find a better price; at the cap even a position of less than a lot must end.
        if (lot.Held < terms.LotSize && !lot.IsAtCap) return;
        if (_count == _lots.Length) Array.Resize(ref _lots, _count * 2);
        _lots[_count++] = lot;
    }

    /// <summary>Takes the buyers and finds the price; false if nothing trades.</summary>
    public bool TryClear<TVenue>(LiquidationMarket market, in PairQuote quote, ref TVenue venue)
        where TVenue : struct, ILiquidationVenue
    {
        var lowest = long.MaxValue;
        foreach (ref readonly var lot in Lots) lowest = Math.Min(lowest, lot.IsAtCap ? Math.Min(lot.Ask, lot.LastAsk) : lot.Ask);
        _auction.TakeBuyers(market.Terms, quote, market.Bids, lowest, ref venue);
        ChooseClosing(market.Terms, quote);
        return _auction.TryClear(market.Terms, quote, Lots);
    }

    /// <summary>Sells at the price that was found, and tells the buyers.</summary>
    public void Sell<TSeller, TVenue>(LiquidationMarket market, ref TSeller seller, ref TVenue venue)
        where TSeller : struct, ILotSeller
        where TVenue : struct, ILiquidationVenue
    {
        var left = _auction.DemandAt(_auction.Ticks);
        UInt128 sold = 0;
        foreach (ref readonly var rank in _auction.Ranked(_count))
        {
            ref var lot = ref _lots[rank.Index];
            if (lot.Ask > _auction.Ticks || lot.Lots == 0) continue;
            var lots = (ulong)UInt128.Min(left, lot.Lots);
            if (lots == 0 || (lot.IsClosing && lots < lot.Lots)) continue;
            if (!seller.TrySell(market, ref lot, lots, _auction.Ticks)) continue;
            lot.Sold = lots;
            left -= lots;
            sold += lots;
        }

        _auction.Distribute(market.Terms, market.Bids, sold, ref venue);
    }

    /// <summary>
    /// Positions that no partial sale at the full bonus would help are sold whole, as many of them as the demand at the full bonus can
    /// take for sure, in their order; from then on nothing in this auction is sold for less than the highest of their prices. One that
    /// is larger than all demand could never be sold whole: where no other can be, it is sold in parts, one auction after the other, of
    /// what demand the lots that a partial sale does help leave over.
    /// </summary>
    private void ChooseClosing(LiquidationTerms terms, in PairQuote quote)
    {
        var floor = 0L;
        foreach (ref readonly var lot in Lots)
        {
            if (lot.NeedsClosing) floor = Math.Max(floor, lot.LastAsk);
        }

        if (floor == 0) return;
        var demand = _auction.DemandAt(floor);
        UInt128 taken = 0;
        foreach (ref var lot in Lots)
        {
            if (!lot.NeedsClosing) continue;
            var whole = LotSizing.Most(terms, lot.Held, lot.Owed, floor);
            if (whole == 0 || taken + whole > demand) continue;
            taken += whole;
            lot.IsClosing = true;
            lot.Ask = floor;
        }

        if (taken == 0) taken = ChooseOnePart(terms, quote, floor, demand);
        if (taken == 0) return;
        foreach (ref var lot in Lots) lot.Ask = Math.Max(lot.Ask, floor);
    }

    private UInt128 ChooseOnePart(LiquidationTerms terms, in PairQuote quote, long floor, UInt128 demand)
    {
        UInt128 others = 0;
        foreach (ref readonly var lot in Lots)
        {
            if (!lot.NeedsClosing) others += lot.SizeAt(terms, quote, lot.Ask);
        }

        if (others >= demand) return 0;
        foreach (ref var lot in Lots)
        {
            if (!lot.NeedsClosing || LotSizing.Most(terms, lot.Held, lot.Owed, floor) <= demand) continue;
            (lot.Wanted, lot.Ask, lot.IsClosing) = ((ulong)(demand - others), floor, true);
            return lot.Wanted;
        }

        return 0;
    }
}
