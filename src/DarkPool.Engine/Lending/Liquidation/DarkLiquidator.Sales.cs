using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending.Aave;

namespace DarkPool.Engine.Lending.Liquidation;

/// <content>Selling: the auction, then the backstops.</content>
public sealed partial class DarkLiquidator
{
    private void SellLots<TVenue>(LiquidationMarket market, ref TVenue venue)
        where TVenue : struct, ILiquidationVenue
    {
        var seller = new Seller(this);
        _sale.Sell(market, ref seller, ref venue);
        foreach (var sale in _sales) venue.Sold(market.Terms, sale);
        _sales.Clear();
    }

    private bool TrySell(LiquidationMarket market, ref LiquidationLot lot, ulong lots, long ticks)
    {
        var terms = market.Terms;
        var seized = (UInt256)lots * terms.LotSize;
        var proceeds = (UInt256)lots * (ulong)ticks * terms.TickValue;
        var isForced = lot.Reason == SaleReason.Liquidation;
        var error = _pool.Sell(lot.User, terms.Collateral, terms.Debt, seized, proceeds, isForced, terms.LotSize, lot.IsClosing);
        if (error != PoolError.None) return false;
        Index.UserChanged(lot.User);
        if (!_pool.LastSale.Dust.IsZero) Index.UserChanged(_pool.Treasury);
        if (lot.Reason == SaleReason.Stop) market.Stops.Sold(lot.User, lots);
        _sales.Add(Record(terms, lot.User, lot.Reason, ticks, 0));
        return true;
    }

    private void TakeByBackstops<TVenue>(LiquidationMarket market, ref TVenue venue)
        where TVenue : struct, ILiquidationVenue
    {
        if (market.Backstops.Count == 0) return;
        foreach (ref readonly var lot in _sale.Lots)
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

    private readonly struct Seller(DarkLiquidator liquidator) : ILotSeller
    {
        public bool TrySell(LiquidationMarket market, ref LiquidationLot lot, ulong lots, long ticks) =>
            liquidator.TrySell(market, ref lot, lots, ticks);
    }
}
