using DarkPool.Engine.Lending.Liquidation;
using DarkPool.Engine.Markets;
using DarkPool.Engine.Trading.Auctions;

namespace DarkPool.Engine.Lending;

/// <summary>
/// What a liquidation moves on the ledger: buyers pay the pool's account, which gives collateral to them and to the borrower what they paid
/// beyond the debt. A resting order and a bid pay out of what they hold, a backstop out of what it has available.
/// </summary>
internal readonly struct LiquidationMoney(LendingDesk desk, VenueState state, ListedPool pool) : ILiquidationVenue
{
    public bool CanJudge(uint user) => pool.CanJudge(user);

    public int RestingBuys(LiquidationTerms terms, long lowest, Span<AuctionLevel> levels) =>
        BookOf(terms)?.RestingBuys(lowest, levels) ?? 0;

    public void SoldToResting(LiquidationTerms terms, ulong lots, long ticks) => desk.SellToBook(
        BookOf(terms)!, (pool.Reserves[terms.Collateral].Cell, pool.Reserves[terms.Debt].Cell), lots, ticks);

    public void SoldToBid(LiquidationTerms terms, in LiquidationBid bid, ulong lots, long ticks)
    {
        var (collateral, debt) = (pool.Reserves[terms.Collateral], pool.Reserves[terms.Debt]);
        var payer = state.Ledger.Find(bid.Account, debt.Asset);
        var paid = checked(terms.TickValue * lots * (ulong)ticks);
        var bought = checked(terms.LotSize * lots);
        state.Ledger.Pay(payer, debt.Cell, paid);
        var spared = checked(terms.TickValue * lots * (ulong)(bid.MaxTicks - ticks));
        if (spared != 0) state.Ledger.Release(payer, spared);
        Give(collateral, bid.Account, bought);
        desk.Note(bid.Account, new CollateralBought(
            pool.Terms.Number, terms.Number, bid.Id, collateral.Asset, debt.Asset, bought, paid, ticks, bid.Lots - lots));
    }

    public void Sold(LiquidationTerms terms, in LiquidationRecord sale)
    {
        var (collateral, debt) = (pool.Reserves[terms.Collateral], pool.Reserves[terms.Debt]);
        if (sale.Reason == SaleReason.Backstop)
        {
            var payer = state.Ledger.Find(sale.Backstop, debt.Asset);
            state.Ledger.Hold(payer, sale.Repaid);
            state.Ledger.Pay(payer, debt.Cell, sale.Repaid);
            Give(collateral, sale.Backstop, sale.Seized);
            desk.Note(sale.Backstop, new CollateralBought(
                pool.Terms.Number, terms.Number, 0, collateral.Asset, debt.Asset, sale.Seized, sale.Repaid, 0, 0));
        }

        Give(debt, pool.Members.AccountOf(sale.Borrower), sale.Excess);
        desk.Note(pool, terms, sale);
    }

    public UInt128 BackstopFunds(LiquidationTerms terms, uint account, uint user)
    {
        if (account == pool.Members.AccountOf(user)) return 0;
        var cell = state.Ledger.Find(account, pool.Reserves[terms.Debt].Asset);
        return cell == 0 ? 0 : state.Ledger[cell].Available;
    }

    private ContinuousMarket? BookOf(LiquidationTerms terms) =>
        desk.BookOf(pool.Reserves[terms.Collateral].Asset, pool.Reserves[terms.Debt].Asset, terms);

    private void Give(in ReserveListing listing, uint account, UInt128 amount)
    {
        if (amount == 0) return;
        state.Ledger.Hold(listing.Cell, amount);
        state.Ledger.Pay(listing.Cell, state.Ledger.FindOrOpen(account, listing.Asset), amount);
    }
}
