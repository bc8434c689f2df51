using DarkPool.Engine.Lending.Liquidation;
using DarkPool.Engine.Markets;

namespace DarkPool.Engine.Lending;

/// <content>
/// Liquidation: a pool with liquidation markets has a liquidator, which is told of every change and sells at the start of a block and
/// after each price. What accounts are to be told waits until the venue tells it.
/// </content>
internal sealed partial class LendingDesk
{
    private readonly List<(uint Account, CollateralSold Sale)> _sold = [];
    private readonly List<(uint Account, CollateralBought Purchase)> _bought = [];
    private readonly List<(uint Account, OrderFill Fill)> _filled = [];

    /// <summary>What is to be published of sales.</summary>
    public PublicLiquidations Publication { get; } = new();

    /// <summary>Sales of borrowers so far.</summary>
    public ulong Sales { get; set; }

    /// <summary>Tells buyers, then borrowers, what was sold since the last time.</summary>
    public void TellSales<TSink>(ref TSink sink)
        where TSink : struct, IVenueSink, ILendingSink
    {
        foreach (var (account, fill) in _filled) sink.OrderFilled(account, fill);
        foreach (var (account, purchase) in _bought) sink.CollateralBought(account, purchase);
        foreach (var (account, sale) in _sold) sink.CollateralSold(account, sale);
        _filled.Clear();
        _bought.Clear();
        _sold.Clear();
    }

    private void Liquidate(ListedPool pool)
    {
        if (pool.Liquidator is not { } liquidator) return;
        var before = (_sold.Count, _bought.Count);
        var money = new LiquidationMoney(this, state, pool);
        liquidator.Step(ref money);
        if (before == (_sold.Count, _bought.Count)) return;
        liquidator.Index.UserChanged(pool.Pool.Treasury);
        for (var reserve = 0; reserve < pool.Reserves.Length; reserve++) Touch(pool, reserve);
    }

    /// <summary>Notes a sale of a borrower.</summary>
    internal void Note(ILoanPlace place, LiquidationTerms terms, in LiquidationRecord record)
    {
        var salt = LoanCommitment.Salt(state.DrawSeed, ++Sales);
        var account = place.AccountOf(record.Borrower);
        LendingJournal.WriteSale(state.Journal, Sales, place, terms, record);
        var commitment = LoanCommitment.Of(place.Kind, salt, place.Number, state.Accounts.KeyOf(account));
        Publication.Add(new PublicLiquidation(
            place.Kind, place.Number, terms.Number, record.Ticks, record.Seized, record.Repaid, record.Penalty, commitment));
        _sold.Add((account, new CollateralSold
        {
            Sale = Sales,
            Kind = place.Kind,
            Pool = place.Number,
            Collateral = place.MoneyOf(terms.Collateral).Asset,
            Debt = place.MoneyOf(terms.Debt).Asset,
            Record = record,
            HealthFactor = Saturated(place.HealthOf(record.Borrower)),
            Salt = salt,
        }));
    }

    /// <summary>
    /// The market whose resting orders buy a pair's collateral first: a continuous one of just these assets, lot and tick that is not
    /// halted, the lowest number of several; null if there is none.
    /// </summary>
    internal ContinuousMarket? BookOf(uint collateral, uint debt, LiquidationTerms terms)
    {
        foreach (var book in books)
        {
            if (book is ContinuousMarket { IsHalted: false } found && found.Terms.BaseAsset == collateral
                && found.Terms.QuoteAsset == debt && found.Terms.LotSize == terms.LotSize && found.Terms.TickValue == terms.TickValue)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>Sells lots to resting orders, who are told with the next <see cref="TellSales"/>.</summary>
    internal void SellToBook(ContinuousMarket book, (uint Base, uint Quote) seller, ulong lots, long ticks) =>
        book.SellAtOnePrice(seller, lots, ticks, _filled);

    /// <summary>Notes a purchase.</summary>
    internal void Note(uint account, in CollateralBought purchase)
    {
        LendingJournal.WritePurchase(state.Journal, account, purchase);
        _bought.Add((account, purchase));
    }

    static partial void PoolRepriced(ListedPool pool, int reserve) => pool.Liquidator?.Index.PriceChanged(reserve);

    static partial void PoolUserChanged(ListedPool pool, uint user) => pool.Liquidator?.Index.UserChanged(user);

    static partial void PoolReserveConfigured(ListedPool pool) => pool.Liquidator?.Index.ParametersChanged();
}
