using DarkPool.Engine.Lending.Aave;

namespace DarkPool.Engine.Lending.Liquidation;

/// <summary>
/// Liquidation of a pool's positions in the dark. Each step takes the users whom the <see cref="RiskIndex"/> names, offers of each as
/// much collateral as restores the target health, and sells it market by market: through one uniform-price auction to resting orders
/// and sealed bids, with a bonus that grows with time and distance; what is unsold at the full bonus to the backstops at the profile's
/// fixed bonus. Debt without collateral becomes the reserve's deficit, as the profile has it. Within a step everything goes by
/// ascending market, then by ask, health and user: the same state gives the same sales.
/// </summary>
public sealed partial class DarkLiquidator
{
    /// <summary>Most liquidation markets of a pool.</summary>
    public const int MaxMarkets = 256;

    private readonly LendingPool _pool;
    private readonly List<LiquidationMarket> _markets = [];
    private readonly SortedDictionary<uint, PreLiquidationOption> _options = [];
    private readonly LotSale _sale = new();
    private readonly List<LiquidationRecord> _sales = [];

    /// <summary>A liquidator of a pool.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="users">Users from 0 to below this number are in it.</param>
    public DarkLiquidator(LendingPool pool, uint users)
    {
        ArgumentNullException.ThrowIfNull(pool);
        _pool = pool;
        Index = new RiskIndex(pool, users);
    }

    /// <summary>Finds who is to be liquidated; is to be told what changes in the pool by others.</summary>
    public RiskIndex Index { get; private set; }

    /// <summary>The markets by ascending number.</summary>
    public IReadOnlyList<LiquidationMarket> Markets => _markets;

    /// <summary>What borrowers chose, by user.</summary>
    public IReadOnlyDictionary<uint, PreLiquidationOption> Options => _options;

    internal OpenLots Open { get; } = new();

    /// <summary>The market of a number, or null.</summary>
    public LiquidationMarket? Find(uint number) => _markets.Find(market => market.Terms.Number == number);

    /// <summary>Lists a market, or gives one other terms for the same pair.</summary>
    /// <returns>False if the terms are not sound, there are too many markets, or the number has another pair, lot or tick.</returns>
    public bool TryList(LiquidationTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        if (!terms.IsSound(_pool.ReserveCount)) return false;
        var at = _markets.FindIndex(market => market.Terms.Number >= terms.Number);
        if (at >= 0 && _markets[at].Terms.Number == terms.Number)
        {
            var before = _markets[at].Terms;
            var isSame = before.Collateral == terms.Collateral && before.Debt == terms.Debt
                && before.LotSize == terms.LotSize && before.TickValue == terms.TickValue;
            if (isSame) _markets[at].Terms = terms;
            return isSame;
        }

        if (_markets.Count == MaxMarkets) return false;
        _markets.Insert(at < 0 ? _markets.Count : at, new LiquidationMarket(terms));
        return true;
    }

    /// <summary>Sets or withdraws (null) when a borrower wants to be relieved before a health of 1.</summary>
    public void SetOption(uint user, PreLiquidationOption? option)
    {
        if (option is { } chosen) _options[user] = chosen;
        else _options.Remove(user);
        Index.SetThreshold(user, option?.Health ?? RiskIndex.Liquidatable);
    }

    /// <summary>Begins anew with the pool's reserves as they are now: one was added.</summary>
    /// <param name="users">Users from 0 to below this number are in it.</param>
    public void ReservesChanged(uint users)
    {
        Index = new RiskIndex(_pool, users);
        foreach (var (user, option) in _options) Index.SetThreshold(user, option.Health);
    }

    /// <summary>Sells what can be sold now. Prices, time and changes by others were told to the index before.</summary>
    public void Step<TVenue>(ref TVenue venue)
        where TVenue : struct, ILiquidationVenue
    {
        Open.Update(Index.Below(), _pool.Clock);
        foreach (var market in _markets) market.Stops.Trigger(_pool.ReserveAt(market.Terms.Collateral).Price);
        if (Open.Count == 0 && _markets.TrueForAll(market => market.Stops.TriggeredCount == 0)) return;
        foreach (var market in _markets) Run(market, ref venue);
    }

    private void Run<TVenue>(LiquidationMarket market, ref TVenue venue)
        where TVenue : struct, ILiquidationVenue
    {
        if (!TryPrepare(market, ref venue, out var clears)) return;
        if (clears) SellLots(market, ref venue);
        TakeByBackstops(market, ref venue);
    }

    private bool TryPrepare<TVenue>(LiquidationMarket market, ref TVenue venue, out bool clears)
        where TVenue : struct, ILiquidationVenue
    {
        clears = false;
        try
        {
            var quote = new PairQuote(
                market.Terms, _pool.ReserveAt(market.Terms.Collateral), _pool.ReserveAt(market.Terms.Debt));
            _sale.Clear();
            if (quote.IsUsable) Collect(market, quote, ref venue);
            clears = !_sale.Lots.IsEmpty && _sale.TryClear(market, quote, ref venue);
            return !_sale.Lots.IsEmpty;
        }
        catch (OverflowException)
        {
            // Nothing has changed so far: a pair whose values do not fit waits for other prices.
            return false;
        }
    }
}
