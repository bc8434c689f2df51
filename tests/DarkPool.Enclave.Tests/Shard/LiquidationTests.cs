using DarkPool.Enclave.Tests.Fixtures;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Entries;
using DarkPool.Protocol.Lending;
using DarkPool.Protocol.Link;
using DarkPool.Protocol.Reports;
using Xunit;

namespace DarkPool.Enclave.Tests.Shard;

/// <summary>A liquidation through the whole sealed way, from the listing of its market to the reports.</summary>
public sealed class LiquidationTests : IDisposable
{
    private const uint Base = TestVenue.BaseAsset;
    private const uint Quote = TestVenue.QuoteAsset;
    private const uint Market = 7;
    private const uint Book = 8;
    private const uint Isolated = 4;

    private static readonly UInt128 Token = 1_000_000_000_000_000_000;
    private static readonly UInt128 Dollar = 1_000_000;

    private readonly TestPlatform _platform = new();
    private readonly TestVenue _venue;
    private ulong _round;

    public LiquidationTests()
    {
        _venue = TestVenue.Listed(_platform);
        Assert.Empty(_venue.Run(LendingListings.Of(_venue)).Refused);
        var terms = new ConfigureLiquidation(LendingListings.Pool, Market, Base, Quote, Token / 1000, 10, 10_500, 1200, 9500);
        Assert.Empty(_venue.Run(_venue.Governance(GovernanceType.ConfigureLiquidation, terms.ToBytes())).Refused);
        Prices(200_000);
    }

    public void Dispose()
    {
        _venue.Dispose();
        _platform.Dispose();
    }

    [Fact]
    public void Fund_supply_borrow_and_a_price_that_falls_end_in_reports_to_borrower_and_bidder()
    {
        using var lender = Funded(21);
        using var borrower = Funded(22);
        using var bidder = Funded(23);
        Borrow(lender, borrower);
        _venue.Run(Bid(bidder, 1, 200_000, 300, 20_000), Bid(bidder, 1, 200_000, 300, 20_000));
        var answers = _venue.ReportsOf(bidder);
        Assert.Equal(ReportType.CommandDone, answers[0].Type);
        Assert.Equal(RejectionCode.DuplicateClientOrderId, answers[1].Rejected.Code);

        var execution = Prices(170_000);
        var told = Assert.Single(_venue.ReportsOf(borrower));
        Assert.True(CollateralSold.TryRead(told.Body, out var sold));
        Assert.True(CollateralBought.TryRead(Assert.Single(_venue.ReportsOf(bidder)).Body, out var bought));
        Assert.Equal((0UL, 1UL, 164_900L), (told.Header.Sequence, sold.Sale, sold.Ticks));
        Assert.Equal((sold.Seized, sold.Repaid), (bought.Bought, bought.Paid));
        Assert.InRange(sold.HealthFactor, Token * 105 / 100, Token * 106 / 100);
        AssertPublished(execution, borrower, sold);

        var cancel = new byte[CancelLiquidationBid.Size];
        new CancelLiquidationBid(LendingListings.Pool, Market, 1).Write(cancel);
        _venue.Run(bidder.Seal(CommandType.CancelLiquidationBid, cancel), bidder.Seal(CommandType.CancelLiquidationBid, cancel));
        answers = _venue.ReportsOf(bidder);
        Assert.Equal(ReportType.CommandDone, answers[0].Type);
        Assert.Equal(RejectionCode.UnknownOrder, answers[1].Rejected.Code);
    }

    [Fact]
    public void A_borrowers_stop_sells_to_an_order_that_rests_and_both_are_told()
    {
        using var lender = Funded(21);
        using var borrower = Funded(22);
        using var trader = Funded(23);
        Borrow(lender, borrower);
        var terms = new ListMarket(Book, Base, Quote, MatchingRule.Continuous, Token / 1000, 10, 0, "BASE/QUOTE");
        Assert.Empty(_venue.Run(_venue.Governance(GovernanceType.ListMarket, terms.ToBytes())).Refused);
        var stop = new byte[SetStop.Size];
        new SetStop(LendingListings.Pool, Market, 190_000_000_000, 1_000, 100).Write(stop);
        var order = new PlaceOrder(
            5, Book, Side.Buy, OrderType.Limit, TimeInForce.GoodTillCancelled, 189_000, 5_000, Expiry: 0);
        _venue.Run(borrower.Seal(CommandType.SetStop, stop), trader.Place(order));
        Assert.Equal(ReportType.CommandDone, Assert.Single(_venue.ReportsOf(borrower)).Type);
        _venue.ReportsOf(trader);

        Prices(190_000);
        Assert.True(CollateralSold.TryRead(Assert.Single(_venue.ReportsOf(borrower)).Body, out var sold));
        Assert.Equal((3, 189_000L, Token), (sold.Reason, sold.Ticks, sold.Seized));
        Assert.True(Fill.TryRead(Assert.Single(_venue.ReportsOf(trader)).Body, out var fill));
        Assert.Equal((5UL, 189_000L, 1_000UL, 4_000UL), (fill.ClientOrderId, fill.Price, fill.Quantity, fill.Remaining));

        var early = new byte[SetPreLiquidation.Size];
        new SetPreLiquidation(LendingListings.Pool, 20_000, 10, 20_000).Write(early);
        _venue.Run(borrower.Seal(CommandType.SetPreLiquidation, early), borrower.Seal(CommandType.SetStop, early));
        var answers = _venue.ReportsOf(borrower);
        Assert.Equal(ReportType.CommandDone, answers[0].Type);
        Assert.Equal(RejectionCode.MalformedCommand, answers[1].Rejected.Code);
    }

    [Fact]
    public void A_registered_backstop_buys_what_nobody_bid_for_and_is_told()
    {
        using var lender = Funded(21);
        using var borrower = Funded(22);
        using var backstop = Funded(23);
        Borrow(lender, borrower);
        var change = new SetBackstop(LendingListings.Pool, Market, true, backstop.AccountKey.Key);
        Assert.Empty(_venue.Run(_venue.Governance(GovernanceType.SetBackstop, change.ToBytes())).Refused);
        Prices(170_000);
        Assert.True(CollateralSold.TryRead(Assert.Single(_venue.ReportsOf(borrower)).Body, out var sold));
        Assert.True(CollateralBought.TryRead(Assert.Single(_venue.ReportsOf(backstop)).Body, out var bought));
        Assert.Equal((4, 0L, 0UL), (sold.Reason, bought.Ticks, bought.Bid));
        Assert.Equal((sold.Seized, sold.Repaid), (bought.Bought, bought.Paid));
    }

    [Fact]
    public void An_isolated_market_is_liquidated_the_same_way_and_told_as_its_own_kind()
    {
        using var lender = Funded(21);
        using var borrower = Funded(22);
        using var bidder = Funded(23);
        var backstop = new SetIsolatedBackstop(Isolated, true, bidder.AccountKey.Key);
        Assert.Empty(_venue.Run(
            _venue.Governance(GovernanceType.ListIsolatedMarket, new ListIsolatedMarket(
                Isolated, Quote, Base, Quote, Base, 6, 18, false, Token / 100 * 86, lender.AccountKey.Key).ToBytes()),
            _venue.Governance(GovernanceType.ConfigureIsolatedLiquidation, new ConfigureIsolatedLiquidation(
                Isolated, Token / 1000, 10, 10_500, 1200, 9500).ToBytes()),
            _venue.Governance(GovernanceType.SetIsolatedBackstop, backstop.ToBytes())).Refused);
        var bid = new byte[PlaceIsolatedBid.Size];
        new PlaceIsolatedBid(Isolated, 1, 200_000, 300, 20_000).Write(bid);
        _venue.Run(
            Do(lender, CommandType.IsolatedSupply, 50_000 * Dollar), Do(borrower, CommandType.IsolatedSupplyCollateral, 10 * Token),
            Do(borrower, CommandType.IsolatedBorrow, 15_000 * Dollar), bidder.Seal(CommandType.PlaceIsolatedBid, bid));
        _venue.ReportsOf(borrower);
        Assert.Equal(ReportType.CommandDone, Assert.Single(_venue.ReportsOf(bidder)).Type);

        var execution = Prices(165_000);
        var told = Assert.Single(_venue.ReportsOf(borrower));
        Assert.Equal(ReportType.IsolatedCollateralSold, told.Type);
        Assert.True(CollateralSold.TryRead(told.Body, out var sold));
        var bought = Assert.Single(_venue.ReportsOf(bidder));
        Assert.Equal(ReportType.IsolatedCollateralBought, bought.Type);
        Assert.Equal((Isolated, 0u, 160_050L), (sold.Pool, sold.Market, sold.Ticks));
        Assert.True(LiquidationSheet.TryRead(execution.Liquidations, out var sheet));
        var commitment = LoanCommitment.Of(LoanKind.Isolated, sold.Salt, Isolated, borrower.AccountKey);
        Assert.Equal((LoanKind.Isolated, commitment), (sheet.Liquidations[0].Kind, sheet.Liquidations[0].Commitment));
        var cancel = new byte[CancelIsolatedBid.Size];
        new CancelIsolatedBid(Isolated, 1).Write(cancel);
        _venue.Run(bidder.Seal(CommandType.CancelIsolatedBid, cancel));
        Assert.Equal(ReportType.CommandDone, Assert.Single(_venue.ReportsOf(bidder)).Type);
    }

    private static byte[] Do(TestClient client, CommandType type, UInt128 amount)
    {
        var body = new byte[IsolatedOperation.Size];
        new IsolatedOperation(Isolated, amount, 0, default).Write(body);
        return client.Seal(type, body);
    }

    private void AssertPublished(BlockExecution execution, TestClient borrower, in CollateralSold sold)
    {
        var genesis = TestGenesis.Genesis.VenueId;
        Assert.True(LiquidationSheet.TryVerify(execution.Liquidations, _venue.Keys.SigningPublicKey, genesis, out var sheet));
        Assert.Equal((execution.Number, execution.Time, 1UL), (sheet.Block, sheet.Time, sheet.First));
        var commitment = LoanCommitment.Of(LoanKind.Pool, sold.Salt, sold.Pool, borrower.AccountKey);
        Assert.Equal(
            new LiquidationRow(
                LoanKind.Pool, sold.Pool, sold.Market, sold.Ticks, sold.Seized, sold.Repaid, sold.Penalty, commitment),
            Assert.Single(sheet.Liquidations));
        Assert.Null(_venue.Run(Array.Empty<byte[]>()).Liquidations);
    }

    private static byte[] Bid(TestClient client, ulong id, long ticks, uint discount, ulong lots)
    {
        var body = new byte[PlaceLiquidationBid.Size];
        new PlaceLiquidationBid(LendingListings.Pool, Market, id, ticks, discount, lots).Write(body);
        return client.Seal(CommandType.PlaceLiquidationBid, body);
    }

    private void Borrow(TestClient lender, TestClient borrower)
    {
        _venue.Run(
            lender.Lend(CommandType.PoolSupply, Quote, 50_000 * Dollar), borrower.Lend(CommandType.PoolSupply, Base, 10 * Token));
        _venue.Run(borrower.Lend(CommandType.PoolBorrow, Quote, 15_000 * Dollar));
        _venue.ReportsOf(borrower);
    }

    private TestClient Funded(byte seed)
    {
        var client = _venue.Join(seed);
        _venue.Run(
            _venue.Deposit(client.AccountKey, Base, 100 * Token), _venue.Deposit(client.AccountKey, Quote, 50_000 * Dollar));
        _venue.ReportsOf(client);
        return client;
    }

    private BlockExecution Prices(long cents)
    {
        _round++;
        var time = _venue.Executor.Executed.Time;
        var execution = _venue.Run(
            LendingListings.Price(Base, _round, time, cents), LendingListings.Price(Quote, _round, time, 100));
        Assert.Empty(execution.Refused);
        return execution;
    }
}
