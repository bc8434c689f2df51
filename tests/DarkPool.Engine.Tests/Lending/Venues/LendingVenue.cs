using System.Buffers;
using DarkPool.Engine.Arithmetic;
using DarkPool.Engine.Feeds;
using DarkPool.Engine.Lending;
using DarkPool.Engine.Lending.Aave;
using DarkPool.Engine.Markets;
using DarkPool.Engine.Trading;
using Xunit;

namespace DarkPool.Engine.Tests.Lending.Venues;

/// <summary>
/// A venue with a pool of three reserves, a market of WETH against USDC, three sources for each feed, and accounts with money.
/// </summary>
internal sealed class LendingVenue
{
    public const uint Weth = 1;
    public const uint Usdc = 2;
    public const uint Wbtc = 3;
    public const uint Pool = 1;
    public const uint Market = 1;
    public const uint Isolated = 3;
    public const uint Alice = 0;
    public const uint Bob = 1;
    public const uint Carol = 2;
    public const uint Accounts = 4;
    public const long Second = 1_000_000;

    public static readonly UInt128 Ether = 1_000_000_000_000_000_000;
    public static readonly UInt128 Dollar = 1_000_000;
    public static readonly UInt128 Bitcoin = 100_000_000;

    private static readonly Digest[] Sources = [Key(101), Key(102), Key(103)];

    private LendingEvents _events = new();
    private ulong _round;

    public LendingVenue(PoolVersion version = PoolVersion.AaveV37)
    {
        Venue.BeginBlock(1, new BlockTime(1_700_000_000 * Second), ref _events);
        ulong sequence = 0;
        foreach (var asset in (uint[])[Weth, Usdc, Wbtc])
        {
            Applied(Venue.ListAsset(++sequence, new AssetTerms { Number = asset, Token = [.. Enumerable.Repeat((byte)asset, 20)] }));
            Applied(Venue.ConfigureFeed(++sequence, asset, FeedOf()));
            foreach (var source in Sources) Applied(Venue.SetPriceSource(++sequence, asset, true, source));
        }

        for (uint account = 0; account < Accounts; account++) Open(account);
        Applied(Venue.ListMarket(++sequence, new MarketTerms
        {
            Number = Market, BaseAsset = Weth, QuoteAsset = Usdc, Rule = MatchingRule.Continuous,
            LotSize = Ether / 1000, TickValue = 10, PublicationDelayMicroseconds = 0,
        }));
        Applied(Venue.ListPool(++sequence, new PoolTerms(Pool, version, Key(99))));
        Applied(Venue.ListReserve(++sequence, new ReserveTerms(Pool, Weth, Weth, ParametersOf(18, 8000, 8300, 10_500))));
        Applied(Venue.ListReserve(++sequence, new ReserveTerms(Pool, Usdc, Usdc, ParametersOf(6, 7500, 7800, 10_450))));
        Applied(Venue.ListReserve(++sequence, new ReserveTerms(Pool, Wbtc, Wbtc, ParametersOf(8, 7300, 7800, 10_700))));
        Applied(Venue.ListIsolatedMarket(++sequence, new IsolatedMarketTerms
        {
            Number = Isolated, LoanAsset = Usdc, CollateralAsset = Weth, LoanFeed = Usdc, CollateralFeed = Weth,
            LoanDecimals = 6, CollateralDecimals = 18, Lltv = Ether / 100 * 86, FeeRecipient = Key(98),
        }));
        Prices(2000, 1, 40_000);
    }

    /// <summary>Goes on with a venue that a snapshot brought back.</summary>
    public LendingVenue(Venue venue, ulong round)
    {
        Venue = venue;
        _round = round;
        Begin(0);
    }

    public Venue Venue { get; } = new();

    public LendingEvents Events => _events;

    public ref LendingEvents Sink => ref _events;

    public ulong Round => _round;

    public ListedPool Listed => Venue.Lending.FindPool(Pool)!;

    public static Digest Key(byte fill) => new([.. Enumerable.Repeat(fill, 32)]);

    public static FeedTerms FeedOf(byte decimals = 2, byte minimum = 2, uint deviation = 200) => new()
    {
        Decimals = decimals, MinimumSources = minimum, MaxDeviation = deviation,
        HeartbeatMicroseconds = 3600 * Second, LowestPrice = 1, HighestPrice = 1_000_000_000_000,
    };

    public static ReserveParameters ParametersOf(byte decimals, uint loanToValue, uint threshold, uint bonus) => new()
    {
        Decimals = decimals, LoanToValue = loanToValue, LiquidationThreshold = threshold, LiquidationBonus = bonus,
        ReserveFactor = 1000, LiquidationProtocolFee = 1000, BorrowingEnabled = true,
        Curve = new InterestRateCurve(8000, 0, 400, 7500),
    };

    /// <summary>Ends the block and begins the next one, some seconds later.</summary>
    public void Next(long seconds = 0)
    {
        Venue.EndBlock();
        Begin(seconds);
    }

    /// <summary>All sources observe whole-dollar prices of WETH, USDC and WBTC.</summary>
    public void Prices(long weth, long usdc, long wbtc)
    {
        _round++;
        foreach (var (feed, price) in (ReadOnlySpan<(uint, long)>)[(Weth, weth), (Usdc, usdc), (Wbtc, wbtc)])
        {
            foreach (var source in Sources) Assert.Equal(PriceResult.Applied, Observe(feed, source, price * 100));
        }
    }

    public PriceResult Observe(uint feed, Digest source, long price) => Venue.ObservePrice(feed, source, _round, Venue.Time, price);

    public PriceResult ObserveLater(uint feed, int source, long price)
    {
        _round++;
        return Observe(feed, Sources[source], price);
    }

    public void Govern(Func<ulong, GovernanceResult> change) => Applied(change(Venue.GovernanceSequence + 1));

    public RejectionCode Do(
        uint account, LendingOperation operation, uint asset, UInt128 amount, uint? other = null, uint argument = 0, uint pool = Pool)
    {
        var command = new PoolCommand
        {
            Operation = operation, Pool = pool, Asset = asset, Amount = amount, Other = other, Argument = argument,
        };
        return Venue.Lend(account, command, ref _events);
    }

    public void Done(uint account, LendingOperation operation, uint asset, UInt128 amount, uint? other = null, uint argument = 0) =>
        Assert.Equal(RejectionCode.None, Do(account, operation, asset, amount, other, argument));

    public RejectionCode DoIsolated(
        uint account, LendingOperation operation, UInt128 assets, UInt128 shares = default, uint? other = null) =>
        Venue.Lend(
            account,
            new IsolatedCommand { Operation = operation, Market = Isolated, Assets = assets, Shares = shares, Other = other },
            ref _events);

    public void DoneIsolated(
        uint account, LendingOperation operation, UInt128 assets, UInt128 shares = default, uint? other = null) =>
        Assert.Equal(RejectionCode.None, DoIsolated(account, operation, assets, shares, other));

    public IsolatedStanding QueryIsolated(uint account)
    {
        Assert.Equal(RejectionCode.None, Venue.QueryIsolated(account, Isolated, ref _events));
        return _events.IsolatedStandings[^1];
    }

    public IsolatedStanding WhatIf(uint account, IsolatedCommand command, UInt256 price = default)
    {
        Assert.Equal(RejectionCode.None, Venue.WhatIf(account, command, price, ref _events));
        return _events.IsolatedStandings[^1];
    }

    public RejectionCode Order(uint account, Side side, long ticks, ulong lots, ulong id = 1) => Venue.PlaceOrder(
        account,
        new NewOrder
        {
            ClientOrderId = id, Market = Market, Side = side, Type = OrderType.Limit,
            TimeInForce = TimeInForce.GoodTillCancelled, Price = new Price(ticks), Quantity = new Quantity(lots),
        },
        ref _events);

    public (PoolStanding Standing, List<PoolHolding> Holdings) Query(uint account)
    {
        Forget();
        Assert.Equal(RejectionCode.None, Venue.QueryPool(account, Pool, ref _events));
        return (_events.Standings[^1], [.. _events.Holdings]);
    }

    public (PoolStanding Standing, List<PoolHolding> Holdings) WhatIf(uint account, PoolCommand command, UInt128 price = default)
    {
        Forget();
        Assert.Equal(RejectionCode.None, Venue.WhatIf(account, command, price, ref _events));
        return (_events.Standings[^1], [.. _events.Holdings]);
    }

    public UInt128 Available(uint account, uint asset) => Venue.BalanceOf(account, asset).Available;

    /// <summary>The snapshot after the block, which ends; the next one begins at the same time.</summary>
    public byte[] Snapshot()
    {
        Venue.EndBlock();
        var bytes = new ArrayBufferWriter<byte>();
        Venue.WriteSnapshot(bytes);
        Begin(0);
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>What a pool's account holds is what its reserves count, and all together is what was deposited.</summary>
    public void AssertFundsAreOne()
    {
        foreach (var listing in Listed.Reserves)
        {
            var reserve = Listed.ReserveOf(listing.Asset);
            Assert.Equal(Listed.Pool.ReserveAt(reserve).VirtualBalance, Available(Listed.Account, listing.Asset));
            UInt128 sum = 0;
            for (uint account = 0; account < Venue.AccountCount; account++)
            {
                var (available, held) = Venue.BalanceOf(account, listing.Asset);
                sum += available + held;
            }

            Assert.Equal(Venue.DepositedOf(listing.Asset), sum);
        }
    }

    /// <summary>What an isolated market's account holds is what is supplied and not owed, and all collateral; dust may be left.</summary>
    public void AssertIsolatedFundsAreOne()
    {
        var listed = Venue.Lending.FindMarket(Isolated)!;
        var totals = listed.Market.State;
        UInt128 collateral = 0;
        for (uint user = 0; user < listed.Members.Count; user++) collateral += listed.Market.HoldingOf(user).Collateral;
        Assert.Equal(collateral, Available(listed.Account, Weth));
        var dust = Available(listed.Account, Usdc) - (totals.SupplyAssets - totals.BorrowAssets);
        Assert.InRange(dust, UInt128.Zero, (UInt128)10_000);
    }

    private void Begin(long seconds) =>
        Venue.BeginBlock(Venue.Block + 1, new BlockTime(Venue.Time.Microseconds + (seconds * Second)), ref _events);

    private void Open(uint account)
    {
        Assert.True(Venue.OpenAccount(Key((byte)(account + 1)).ToArray(), out var index));
        Assert.Equal(account, index);
        ReadOnlySpan<(uint, UInt128)> money = [(Weth, 100 * Ether), (Usdc, 1_000_000 * Dollar), (Wbtc, 10 * Bitcoin)];
        foreach (var (asset, amount) in money)
        {
            Assert.Equal(DepositResult.Credited, Venue.Deposit(Venue.LastDepositId + 1, asset, index, amount, ref _events));
        }
    }

    private void Forget()
    {
        _events.Standings.Clear();
        _events.Holdings.Clear();
    }

    private static void Applied(GovernanceResult result) => Assert.Equal(GovernanceResult.Applied, result);
}
