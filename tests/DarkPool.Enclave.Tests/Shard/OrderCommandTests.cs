using DarkPool.Enclave.Tests.Fixtures;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Entries;
using DarkPool.Protocol.Reports;
using Xunit;

namespace DarkPool.Enclave.Tests.Shard;

/// <summary>What sealed commands about orders and accounts come back as.</summary>
public sealed class OrderCommandTests : IDisposable
{
    private readonly TestPlatform _platform = new();
    private readonly TestVenue _venue;
    private readonly TestClient _alice;
    private readonly TestClient _bob;

    public OrderCommandTests()
    {
        _venue = TestVenue.Listed(_platform);
        _alice = _venue.JoinFunded(21);
        _bob = _venue.JoinFunded(22);
        _venue.ReportsOf(_alice);
        _venue.ReportsOf(_bob);
    }

    public void Dispose()
    {
        _alice.Dispose();
        _bob.Dispose();
        _venue.Dispose();
        _platform.Dispose();
    }

    [Fact]
    public void A_cancel_that_came_too_late_names_the_block_and_the_entry_of_the_fill()
    {
        _venue.Run(_alice.Place(1, Side.Sell, 100, 30));
        var execution = _venue.Run(_bob.Cover(), _bob.Place(2, Side.Buy, 100, 30), _alice.Cancel(1));
        var late = _venue.ReportsOf(_alice).Single(report => report.Type == ReportType.Rejected).Rejected;
        Assert.Equal(
            (RejectionCode.AlreadyFilled, 1ul, execution.Number, 1u),
            (late.Code, late.ClientOrderId, late.EndedInBlock, late.EndedByEntry));
    }

    [Fact]
    public void A_mass_cancel_reports_each_order_and_then_answers_with_their_number()
    {
        _venue.Run(_alice.Place(1, Side.Sell, 200, 1), _alice.Place(2, Side.Buy, 10, 1), _alice.Place(3, Side.Sell, 201, 1));
        _venue.ReportsOf(_alice);
        _venue.Run(_alice.Seal(CommandType.CancelAll, Written(CancelAll.Size, new CancelAll(TestVenue.Market, Side.Sell).Write)));
        var reports = _venue.ReportsOf(_alice);
        Assert.Equal([ReportType.OrderCancelled, ReportType.OrderCancelled, ReportType.OrdersCancelled], reports.Select(r => r.Type));
        Assert.Equal([0ul, 0ul, 4ul], reports.Select(r => r.Header.Sequence));
        Assert.True(OrdersCancelled.TryRead(reports[2].Body, out var answer));
        Assert.Equal(2u, answer.Count);
        Assert.Equal(1, _venue.State.Venue.OpenOrderCount);
    }

    [Fact]
    public void What_is_to_end_with_its_session_ends_with_it_and_the_rest_stays()
    {
        var bound = new PlaceOrder(1, TestVenue.Market, Side.Sell, OrderType.Limit, TimeInForce.GoodTillCancelled, 200, 1, 0)
        {
            Flags = OrderFlags.CancelOnDisconnect,
        };
        _venue.Run(_alice.Place(bound), _alice.Place(2, Side.Sell, 200, 1), _bob.Place(bound with { ClientOrderId = 3 }));
        using var again = _venue.Join(21);
        _venue.ReportsOf(again);
        _venue.Run(_alice.Seal(CommandType.CloseSession, []));
        var told = Assert.Single(_venue.ReportsOf(again));
        Assert.True(OrderCancelled.TryRead(told.Body, out var cancelled));
        Assert.Equal((1ul, CancelReason.Disconnected), (cancelled.ClientOrderId, cancelled.Reason));
        Assert.Equal(2, _venue.State.Venue.OpenOrderCount);
    }

    [Fact]
    public void Only_the_operator_gives_tiers_and_an_account_may_refuse_them()
    {
        var tier = Written(SetTier.Size, new SetTier(_bob.AccountKey, 3).Write);
        _venue.Run(_alice.Seal(CommandType.SetTier, tier));
        Assert.Equal(RejectionCode.NotPermitted, Assert.Single(_venue.ReportsOf(_alice)).Rejected.Code);
        _venue.Run(_venue.Governance(GovernanceType.SetOperator, new SetOperator(_alice.AccountKey.Key).ToBytes()));
        var rules = new ConfigureAccount(SelfTradePrevention.Default, 0b0111, 0);
        _venue.Run(
            _alice.Seal(CommandType.SetTier, tier),
            _alice.Seal(CommandType.ConfigureAccount, Written(ConfigureAccount.Size, rules.Write)),
            _alice.Place(1, Side.Sell, 100, 30),
            _bob.Place(2, Side.Buy, 100, 30));
        Assert.Equal(
            [ReportType.CommandDone, ReportType.CommandDone, ReportType.OrderAccepted], _venue.ReportsOf(_alice).Select(r => r.Type));
        Assert.Equal([ReportType.OrderAccepted], _venue.ReportsOf(_bob).Select(r => r.Type));
    }

    [Fact]
    public void A_market_with_fees_reports_them_and_pays_them_to_their_account()
    {
        using var treasury = TestGenesis.SeededKey(99);
        var parameters = new MarketParameters { MakerFee = 1_000, TakerFee = 3_000, FeeAccount = TestGenesis.PublicKeyOf(treasury) };
        _venue.Run(_venue.Governance(GovernanceType.ConfigureMarket, new ConfigureMarket(TestVenue.Market, parameters).ToBytes()));
        _venue.Run(_alice.Place(1, Side.Sell, 100, 30), _bob.Place(2, Side.Buy, 100, 30));
        Assert.Equal((UInt128)15, _venue.ReportsOf(_alice).Single(r => r.Type == ReportType.Fill).Fill.Fee);
        Assert.Equal((UInt128)45, _venue.ReportsOf(_bob).Single(r => r.Type == ReportType.Fill).Fill.Fee);
        Assert.Equal((UInt128)(1_000_000 + 15_000 - 15), _venue.BalanceOf(_alice, TestVenue.QuoteAsset).Available);
    }

    [Fact]
    public void The_first_form_of_an_order_is_still_taken()
    {
        var body = Written(
            PlaceOrder.Size,
            new PlaceOrder(1, TestVenue.Market, Side.Sell, OrderType.Limit, TimeInForce.GoodTillCancelled, 100, 30, 0).Write);
        _venue.Run(_alice.Seal(CommandType.PlaceOrder, body.AsSpan(0, PlaceOrder.FirstSize)));
        Assert.Equal(ReportType.OrderAccepted, Assert.Single(_venue.ReportsOf(_alice)).Type);
    }

    private static byte[] Written(int size, SpanWriter write)
    {
        var bytes = new byte[size];
        write(bytes);
        return bytes;
    }

    private delegate void SpanWriter(Span<byte> destination);
}
