using DarkPool.Engine.Lending.Liquidation;
using DarkPool.Engine.Markets;
using DarkPool.Engine.Trading.Auctions;

namespace DarkPool.Engine.Lending;

/// <summary>
/// What a liquidation moves on the ledger: buyers pay the place's account, which gives collateral to them and to the borrower what they
/// paid beyond the debt. A resting order and a bid pay out of what they hold, a backstop out of what it has available.
/// </summary>
internal readonly struct LiquidationMoney(LendingDesk desk, VenueState state, ILoanPlace place) : ILiquidationVenue
{
    public bool CanJudge(uint user) => place.CanJudge(user);

    public int RestingBuys(LiquidationTerms terms, long lowest, Span<AuctionLevel> levels) =>
        BookOf(terms)?.RestingBuys(lowest, levels) ?? 0;

    public void SoldToResting(LiquidationTerms terms, ulong lots, long ticks) => desk.SellToBook(
        BookOf(terms)!, (place.MoneyOf(terms.Collateral).Cell, place.MoneyOf(terms.Debt).Cell), lots, ticks);

    public void SoldToBid(LiquidationTerms terms, in LiquidationBid bid, ulong lots, long ticks)
    {
        var (collateral, debt) = (place.MoneyOf(terms.Collateral), place.MoneyOf(terms.Debt));
        var payer = state.Ledger.Find(bid.Account, debt.Asset);
        var paid = checked(terms.TickValue * lots * (ulong)ticks);
        var bought = checked(terms.LotSize * lots);
        state.Ledger.Pay(payer, debt.Cell, paid);
        var spared = checked(terms.TickValue * lots * (ulong)(bid.MaxTicks - ticks));
        if (spared != 0) state.Ledger.Release(payer, spared);
        Give(collateral, bid.Account, bought);
        desk.Note(bid.Account, new CollateralBought(
            place.Kind, place.Number, terms.Number, bid.Id, collateral.Asset, debt.Asset, bought, paid, ticks, bid.Lots - lots));
    }

    public void Sold(LiquidationTerms terms, in LiquidationRecord sale)
    {
        var (collateral, debt) = (place.MoneyOf(terms.Collateral), place.MoneyOf(terms.Debt));
        if (sale.Reason == SaleReason.Backstop)
        {
            var payer = state.Ledger.Find(sale.Backstop, debt.Asset);
            state.Ledger.Hold(payer, sale.Repaid);
            state.Ledger.Pay(payer, debt.Cell, sale.Repaid);
            Give(collateral, sale.Backstop, sale.Seized);
            desk.Note(sale.Backstop, new CollateralBought(
                place.Kind, place.Number, terms.Number, 0, collateral.Asset, debt.Asset, sale.Seized, sale.Repaid, 0, 0));
        }

        Give(debt, place.AccountOf(sale.Borrower), sale.Excess);
        desk.Note(place, terms, sale);
    }

    public UInt128 BackstopFunds(LiquidationTerms terms, uint account, uint user)
    {
        if (account == place.AccountOf(user)) return 0;
        var cell = state.Ledger.Find(account, place.MoneyOf(terms.Debt).Asset);
        return cell == 0 ? 0 : state.Ledger[cell].Available;
    }

    private ContinuousMarket? BookOf(LiquidationTerms terms) =>
        desk.BookOf(place.MoneyOf(terms.Collateral).Asset, place.MoneyOf(terms.Debt).Asset, terms);

    private void Give((uint Asset, uint Cell) money, uint account, UInt128 amount)
    {
        if (amount == 0) return;
        state.Ledger.Hold(money.Cell, amount);
        state.Ledger.Pay(money.Cell, state.Ledger.FindOrOpen(account, money.Asset), amount);
    }
}
