using DarkPool.Engine.Arithmetic;

namespace DarkPool.Engine.Lending;

/// <content>
/// Prices: from a feed's unit to the profile's, exactly. A feed's price p with d decimals says that one whole token is worth p / 10^d USD;
/// a pool wants USD with 8 decimals, so p * 10^(8 - d), for which a reserve's feed has at most 8 decimals.
/// </content>
internal sealed partial class LendingDesk
{
    /// <summary>Largest power of ten in an isolated market's price: with it, 63 bits of price still fit 256.</summary>
    private const int MostScale = 57;

    private static readonly UInt256[] PowersOfTen = MakePowers();

    private void Reprice(ListedPool pool, int reserve)
    {
        ref var listing = ref pool.Reserves[reserve];
        var isPriced = TryResolve(listing.Feed, out var price, out var decimals) && decimals <= LendingLimits.BaseDecimals;
        var converted = isPriced
            ? (UInt128)((UInt256)(ulong)price * PowersOfTen[LendingLimits.BaseDecimals - decimals])
            : pool.Pool.ReserveAt(reserve).Price;
        if (isPriced == listing.IsPriced && converted == pool.Pool.ReserveAt(reserve).Price) return;
        listing.IsPriced = isPriced;
        pool.Pool.SetPrice(reserve, converted);
        Touch(pool, reserve);
        PoolRepriced(pool, reserve);
    }

    // An isolated market wants loan base units per collateral base unit, times 1e36, rounded down once, as Morpho's Chainlink oracle V2
    // does: p * 10^(36 + loan decimals - collateral decimals + loan feed's - collateral feed's) / loan price.
    private void Reprice(ListedIsolatedMarket listed)
    {
        var isPriced = TryQuote(listed.Terms, out var price);
        if (!isPriced) price = listed.Market.Price;
        if (isPriced == listed.IsPriced && price == listed.Market.Price) return;
        listed.IsPriced = isPriced;
        listed.Market.Price = price;
        Touch(listed);
    }

    private bool TryQuote(IsolatedMarketTerms terms, out UInt256 price)
    {
        price = UInt256.Zero;
        if (!TryResolve(terms.CollateralFeed, out var collateral, out var decimals)) return false;
        var (loan, loanFeedDecimals) = (1L, (byte)0);
        if (terms.LoanFeed is { } feed && !TryResolve(feed, out loan, out loanFeedDecimals)) return false;
        var power = ScaleOf(terms, decimals, loanFeedDecimals);
        if (power is < 0 or > MostScale) return false;
        price = (UInt256)(ulong)collateral * PowersOfTen[power] / (ulong)loan;
        return !price.IsZero;
    }

    private static int ScaleOf(IsolatedMarketTerms terms, byte collateralFeed, byte loanFeed) =>
        36 + terms.LoanDecimals - terms.CollateralDecimals + loanFeed - collateralFeed;

    /// <summary>The price of a feed that loans may be judged by now: its own, or its fallback's.</summary>
    private bool TryResolve(uint feed, out long price, out byte decimals)
    {
        (price, decimals) = (0, 0);
        if (!feeds.TryGetValue(feed, out var asked)) return false;
        if (!asked.IsUsable(state.Time))
        {
            if (asked.Terms is not { Frozen: false, Fallback: { } fallback } || !feeds.TryGetValue(fallback, out asked)) return false;
            if (!asked.IsUsable(state.Time)) return false;
        }

        (price, decimals) = (asked.Price, asked.Terms!.Decimals);
        return true;
    }

    private bool DependsOn(uint feed, uint changed) =>
        feed == changed || (feeds.TryGetValue(feed, out var asked) && asked.Terms?.Fallback == changed);

    private static UInt256[] MakePowers()
    {
        var powers = new UInt256[78];
        powers[0] = UInt256.One;
        for (var i = 1; i < powers.Length; i++) powers[i] = powers[i - 1] * 10UL;
        return powers;
    }
}
