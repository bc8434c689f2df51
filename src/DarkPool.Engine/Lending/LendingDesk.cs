using DarkPool.Engine.Markets;

namespace DarkPool.Engine.Lending;

/// <summary>
/// Lending on the venue's one ledger: pools and isolated markets, their prices, and what they journal. Owned by the venue, which calls it
/// at the start and the end of each block and after each accepted price.
/// <para>
/// Where liquidation joins: <see cref="PoolRepriced"/> is called after the price of a reserve, or whether it can be relied on, has changed
/// (a price came, or the block's time made one stale), <see cref="PoolUserChanged"/> after every operation that moved a user's balances,
/// flags or e-mode, <see cref="IsolatedUserChanged"/> likewise for isolated markets,
/// <see cref="PoolReserveConfigured"/> after governance changed factors of a reserve or of an e-mode. They come in the
/// order of the log, so what they build is the same in every replay.
/// </para>
/// </summary>
internal sealed partial class LendingDesk(VenueState state, SortedDictionary<uint, PriceFeed> feeds, Market?[] books)
{
    private readonly ListedPool?[] _pools = new ListedPool?[LendingLimits.MaxPools];
    private readonly List<(ListedPool Pool, int Reserve)> _touched = [];
    private ulong _now;

    /// <summary>Pools by ascending number.</summary>
    public IEnumerable<ListedPool> Pools => _pools.OfType<ListedPool>();

    /// <summary>Whether anything is listed.</summary>
    public bool IsEmpty => !Pools.Any() && !Markets.Any();

    /// <summary>A pool, or null.</summary>
    public ListedPool? FindPool(uint number) => number < _pools.Length ? _pools[number] : null;

    /// <summary>Brings all clocks to the block's time and looks which prices it made stale.</summary>
    public void BeginBlock()
    {
        _now = SecondsOf(state.Time);
        foreach (var pool in _pools)
        {
            if (pool is null) continue;
            pool.Pool.AdvanceTo(_now);
            for (var reserve = 0; reserve < pool.Reserves.Length; reserve++) Reprice(pool, reserve);
            pool.Liquidator?.Index.TimeAdvanced();
            Liquidate(pool);
        }

        foreach (var market in _markets)
        {
            if (market is null) continue;
            market.Market.AdvanceTo(_now);
            Reprice(market);
            Liquidate(market);
        }
    }

    /// <summary>Takes the time of the venue that a snapshot brought back.</summary>
    public void Resume() => _now = SecondsOf(state.Time);

    /// <summary>Puts a pool back as a snapshot has it.</summary>
    public void Restore(ListedPool pool) => _pools[pool.Terms.Number] = pool;

    /// <summary>Puts an isolated market back as a snapshot has it.</summary>
    public void Restore(ListedIsolatedMarket market) => _markets[market.Terms.Number] = market;

    /// <summary>The ledger accounts of a pool that was listed before.</summary>
    public bool TryAccountsOf(PoolTerms terms, out uint account, out uint treasury)
    {
        treasury = 0;
        return state.Accounts.TryFind(KeyOfPool(terms.Number).ToArray(), out account)
            && state.Accounts.TryFind(terms.Treasury.ToArray(), out treasury) && terms.Number < LendingLimits.MaxPools;
    }

    /// <summary>Journals what the reserves that moved have come to.</summary>
    public void EndBlock()
    {
        foreach (var (pool, reserve) in _touched)
        {
            pool.Reserves[reserve].IsTouched = false;
            LendingJournal.WriteReserve(state.Journal, pool, reserve);
        }

        _touched.Clear();
        foreach (var market in _touchedMarkets)
        {
            market.IsTouched = false;
            LendingJournal.WriteMarket(state.Journal, market);
        }

        _touchedMarkets.Clear();
    }

    /// <summary>Looks again at everything that depends on a feed.</summary>
    public void PriceChanged(uint feed)
    {
        foreach (var pool in _pools)
        {
            if (pool is null) continue;
            for (var reserve = 0; reserve < pool.Reserves.Length; reserve++)
            {
                if (DependsOn(pool.Reserves[reserve].Feed, feed)) Reprice(pool, reserve);
            }

            Liquidate(pool);
        }

        foreach (var market in _markets)
        {
            if (market is null) continue;
            var terms = market.Terms;
            if (!DependsOn(terms.CollateralFeed, feed) && (terms.LoanFeed is not { } loan || !DependsOn(loan, feed))) continue;
            Reprice(market);
            Liquidate(market);
        }
    }

    /// <summary>The second of a block's time; 0 before 1970.</summary>
    internal static ulong SecondsOf(BlockTime time) => time.Microseconds <= 0 ? 0 : (ulong)time.Microseconds / 1_000_000;

    private void Touch(ListedPool pool, int reserve)
    {
        ref var listing = ref pool.Reserves[reserve];
        if (listing.IsTouched) return;
        listing.IsTouched = true;
        _touched.Add((pool, reserve));
    }

    static partial void PoolRepriced(ListedPool pool, int reserve);

    static partial void PoolUserChanged(ListedPool pool, uint user);

    static partial void PoolReserveConfigured(ListedPool pool);
}
