using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending.Aave;

namespace DarkPool.Engine.Lending.Liquidation;

/// <content>Selling: the auction, then the backstops.</content>
public sealed partial class DarkLiquidator
{
    private Span<LiquidationLot> Lots => _lots.AsSpan(0, _lotCount);

    private bool TryClear<TVenue>(LiquidationMarket market, in PairQuote quote, ref TVenue venue)
        where TVenue : struct, ILiquidationVenue
    {
        var lowest = long.MaxValue;
        foreach (ref readonly var lot in Lots) lowest = Math.Min(lowest, lot.IsAtCap ? Math.Min(lot.Ask, lot.LastAsk) : lot.Ask);
        _auction.TakeBuyers(market.Terms, quote, market.Bids, lowest, ref venue);
        ChooseClosing(market.Terms, quote);
        return _auction.TryClear(market.Terms, quote, Lots);
    }

    private void SellLots<TVenue>(LiquidationMarket market, ref TVenue venue)
        where TVenue : struct, ILiquidationVenue
    {
        var left = _auction.DemandAt(_auction.Ticks);
        UInt128 sold = 0;
        foreach (ref readonly var rank in _auction.Ranked(_lotCount))
        {
            ref var lot = ref _lots[rank.Index];
            if (lot.Ask > _auction.Ticks || lot.Lots == 0) continue;
            var lots = (ulong)UInt128.Min(left, lot.Lots);
            if (lots == 0 || (lot.IsClosing && lots < lot.Lots)) continue;
            if (!TrySell(market, ref lot, lots)) continue;
            left -= lots;
            sold += lots;
        }

        _auction.Distribute(market.Terms, market.Bids, sold, ref venue);
        foreach (var sale in _sales) venue.Sold(market.Terms, sale);
        _sales.Clear();
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

    private bool TrySell(LiquidationMarket market, ref LiquidationLot lot, ulong lots)
    {
        var terms = market.Terms;
        var seized = (UInt256)lots * terms.LotSize;
        var proceeds = (UInt256)lots * (ulong)_auction.Ticks * terms.TickValue;
        var isForced = lot.Reason == SaleReason.Liquidation;
        var error = _pool.Sell(lot.User, terms.Collateral, terms.Debt, seized, proceeds, isForced, terms.LotSize, lot.IsClosing);
        if (error != PoolError.None) return false;
        lot.Sold = lots;
        Index.UserChanged(lot.User);
        if (!_pool.LastSale.Dust.IsZero) Index.UserChanged(_pool.Treasury);
        if (lot.Reason == SaleReason.Stop) market.Stops.Sold(lot.User, lots);
        _sales.Add(Record(terms, lot.User, lot.Reason, _auction.Ticks, 0));
        return true;
    }

    private void TakeByBackstops<TVenue>(LiquidationMarket market, ref TVenue venue)
        where TVenue : struct, ILiquidationVenue
    {
        if (market.Backstops.Count == 0) return;
        foreach (ref readonly var lot in Lots)
        {
            if (!lot.IsAtCap || lot.Reason != SaleReason.Liquidation || lot.User == _pool.Treasury) continue;
            for (var i = 0; i < market.Backstops.Count; i++)
            {
                var backstop = market.Backstops[i];
                var funds = venue.BackstopFunds(market.Terms, backstop, lot.User);
                if (funds != 0 && TryTake(market.Terms, lot.User, backstop, funds, ref venue)) break;
            }
        }
    }

    // What the target needs, or less if that raises health too; what cannot be helped only as a whole.
    private bool TryTake<TVenue>(LiquidationTerms terms, uint user, uint backstop, UInt128 funds, ref TVenue venue)
        where TVenue : struct, ILiquidationVenue
    {
        var account = _pool.Account(user);
        var flags = _pool.UserAt(user);
        if (account.IsHealthy || !Has(flags, terms)) return true;
        ref readonly var debt = ref _pool.ReserveAt(terms.Debt);
        var bonus = _pool.BonusOf(flags.EMode, terms.Collateral);
        var cover = LotSizing.CoverFor(debt, account, _pool.ThresholdOf(flags.EMode, terms.Collateral), bonus, terms.TargetHealth);
        if (cover == UInt256.MaxValue || cover > funds)
        {
            if (cover != UInt256.MaxValue) cover = funds;
            else if (MostCover(terms, user, bonus) > funds || !_pool.MayCoverAll(user, terms.Collateral, terms.Debt)) return false;
        }

        var error = _pool.Liquidate(_pool.Treasury, user, terms.Collateral, terms.Debt, cover, receiveSupply: false);
        if (error == PoolError.MustNotLeaveDust && MostCover(terms, user, bonus) <= funds)
        {
            error = _pool.Liquidate(_pool.Treasury, user, terms.Collateral, terms.Debt, UInt256.MaxValue, receiveSupply: false);
        }

        if (error != PoolError.None) return false;
        Index.UserChanged(user);
        venue.Sold(terms, Record(terms, user, SaleReason.Backstop, 0, backstop));
        return !_pool.UserAt(user).IsBorrowing || _pool.Account(user).IsHealthy;
    }

    // The most that covering all of the debt, or as much as the collateral pays for, can cost.
    private UInt256 MostCover(LiquidationTerms terms, uint user, uint bonus)
    {
        ref readonly var debt = ref _pool.ReserveAt(terms.Debt);
        ref readonly var collateral = ref _pool.ReserveAt(terms.Collateral);
        var held = _pool.SupplyOf(user, terms.Collateral);
        var worth = WideMath.MultiplyDivide(
            held * (UInt256)collateral.Price, debt.Unit, (UInt256)debt.Price * collateral.Unit, Rounding.Ceiling);
        var paysFor = WadRay.PercentDiv(worth, (ulong)bonus, Rounding.Ceiling);
        return UInt256.Min(_pool.DebtOf(user, terms.Debt), paysFor);
    }

    private LiquidationRecord Record(LiquidationTerms terms, uint user, SaleReason reason, long ticks, uint backstop)
    {
        var sale = _pool.LastSale;
        var gone = _pool.ReserveAt(terms.Collateral).Value(sale.Seized + sale.Dust, Rounding.Floor);
        var paid = _pool.ReserveAt(terms.Debt).Value(sale.Covered + sale.Excess, Rounding.Floor);
        return new LiquidationRecord
        {
            Market = terms.Number,
            Borrower = user,
            Reason = reason,
            Seized = (UInt128)sale.Seized,
            Repaid = (UInt128)sale.Covered,
            Excess = (UInt128)sale.Excess,
            Fee = (UInt128)sale.Dust,
            WrittenOff = (UInt128)sale.WrittenOff,
            Ticks = ticks,
            Penalty = gone > paid ? UInt256.Min(gone - paid, UInt128.MaxValue).Low : 0,
            Backstop = backstop,
        };
    }
}
