using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Lending;
using FsCheck.Xunit;
using Xunit;
using static DarkPool.Engine.Tests.Lending.Venues.LendingVenue;
using static DarkPool.Engine.Tests.Lending.Venues.SellableLoan;

namespace DarkPool.Engine.Tests.Lending.Venues;

/// <summary>
/// Whom a price sells, over random histories of a venue that lends by pool and by isolated market, trades, and takes bids: asked
/// beforehand what the price would make of every account, the venue sells nobody whom it leaves at a health factor of 1 or more, and whom
/// it sells is healthier afterwards, or has no such debt or collateral any more.
/// </summary>
public sealed class PriceFallLawsTests
{
    private const int Steps = 150;

    /// <summary>
    /// At or below this, selling at the full bonus helps no position: a bonus of 5 % on a threshold of 83 %, an incentive of 4.39 % on a
    /// liquidation loan to value of 86 %.
    /// </summary>
    private static readonly Dictionary<LoanKind, UInt128> Helpless = new()
    {
        [LoanKind.Pool] = Ether / 10_000 * 8_715,
        [LoanKind.Isolated] = Ether / 10_000 * 8_978,
    };

    [Property(MaxTest = 20)]
    public void A_price_sells_only_whom_it_makes_unhealthy_and_helps_or_ends_them(int seed) => Sales(seed);

    [Fact]
    public void The_histories_sell_loans_of_both_kinds()
    {
        var sales = Enumerable.Range(0, 12).SelectMany(Sales).CountBy(kind => kind).ToDictionary();
        Assert.True(sales.GetValueOrDefault(LoanKind.Pool) >= 12 && sales.GetValueOrDefault(LoanKind.Isolated) >= 6, $"{sales.Count}");
    }

    /// <summary>Plays a history, asserts the laws at every price, and returns the kinds of loan that were sold.</summary>
    private static List<LoanKind> Sales(int seed)
    {
        var random = new Random(seed);
        var venue = Started();
        var (sales, price) = (new List<LoanKind>(), 2000);
        foreach (var step in LendingStep.Many(seed, Steps))
        {
            // Time and prices go by this history's own steps, so that one price alone decides.
            if (step.Kind > 1) step.Do(venue);
            var (account, id, ticks) = ((uint)random.Next(4), (ulong)random.Next(9), random.Next(1, 300_000));
            var (discount, lots) = ((uint)random.Next(900), (ulong)random.Next(1, 3000));
            if (random.Next(3) == 0) Bid(venue, account, id, ticks, discount, lots);
            if (random.Next(3) == 0) BidForIsolated(venue, account, id, ticks, discount, lots);
            if (random.Next(3) == 0) venue.DoIsolated(account, LendingOperation.IsolatedBorrow, (UInt128)random.Next() * 7);
            if (random.Next(4) != 0) continue;
            var next = random.Next(1000, 2500);
            sales.AddRange(Move(venue, random.Next(600), price, next, seed));
            price = next;
        }

        return sales;
    }

    private static LendingVenue Started()
    {
        var venue = WithLoan();
        venue.Govern(sequence => venue.Venue.SetBackstop(sequence, Pool, SaleMarket, Key(4), isRegistered: true));
        venue.Govern(sequence => venue.Venue.ConfigureIsolatedLiquidation(
            sequence, new IsolatedLiquidationListing(Isolated, Ether / 1000, 10, 10_500, 1200, 9500)));
        venue.Govern(sequence => venue.Venue.SetIsolatedBackstop(sequence, Isolated, Key(4), isRegistered: true));
        venue.DoneIsolated(Carol, LendingOperation.IsolatedSupply, 50_000 * Dollar);
        venue.DoneIsolated(Alice, LendingOperation.IsolatedSupplyCollateral, 10 * Ether);
        venue.DoneIsolated(Alice, LendingOperation.IsolatedBorrow, 15_000 * Dollar);
        return venue;
    }

    private static void BidForIsolated(LendingVenue venue, uint account, ulong id, long ticks, uint discount, ulong lots) =>
        venue.Venue.PlaceIsolatedBid(account, new LiquidationBidOrder(Isolated, 0, id, ticks, discount, lots), ref venue.Sink);

    private static List<LoanKind> Move(LendingVenue venue, int seconds, int last, int price, int seed)
    {
        venue.Next(seconds);
        venue.Prices(last, 1, 40_000);
        venue.ObserveLater(Weth, 0, price * 100L);
        venue.Venue.TellLiquidations(ref venue.Sink);
        var before = Enumerable.Range(0, (int)Accounts).Select(account => HealthsAt(venue, (uint)account, price)).ToArray();
        var told = venue.Events.Sales.Count;

        // The second of three sources moves the median.
        venue.ObserveLater(Weth, 1, price * 100L);
        venue.Venue.TellLiquidations(ref venue.Sink);
        var sales = venue.Events.Sales.Skip(told).ToList();
        foreach (var (account, kind) in sales.Select(sale => (sale.Account, sale.Sale.Kind)).Distinct())
        {
            var message = $"seed {seed}: account {account}, {kind} at {price}";
            var was = before[account][kind];
            Assert.True(was < Ether, message);
            Assert.True(was <= Helpless[kind] || IsHealthierThan(venue, account, kind, was), message);
        }

        return sales.ConvertAll(sale => sale.Sale.Kind);
    }

    /// <summary>Or is over: without debt, or without collateral.</summary>
    private static bool IsHealthierThan(LendingVenue venue, uint account, LoanKind kind, UInt128 was)
    {
        if (kind == LoanKind.Isolated)
        {
            var isolated = venue.QueryIsolated(account);
            return isolated.BorrowAssets == 0 || isolated.Collateral == 0 || isolated.HealthFactor > was;
        }

        var (standing, holdings) = venue.Query(account);
        return standing.HealthFactor > was
            || holdings.All(holding => holding.Asset != Usdc || holding.Debt == 0)
            || holdings.All(holding => holding.Asset != Weth || holding.Supply == 0);
    }

    private static Dictionary<LoanKind, UInt128> HealthsAt(LendingVenue venue, uint account, int dollars)
    {
        var pool = new PoolCommand { Operation = LendingOperation.None, Pool = Pool, Asset = Weth };
        var isolated = new IsolatedCommand { Operation = LendingOperation.None, Market = Isolated };
        return new()
        {
            [LoanKind.Pool] = venue.WhatIf(account, pool, (UInt128)dollars * 100_000_000).Standing.HealthFactor,
            [LoanKind.Isolated] = venue.WhatIf(account, isolated, PriceOf(dollars)).HealthFactor,
        };
    }

    /// <summary>Base units of USDC for one of WETH, scaled by 1e36.</summary>
    private static UInt256 PriceOf(int dollars) => (UInt256)(UInt128)dollars * 1_000_000UL * (UInt256)Ether;
}
