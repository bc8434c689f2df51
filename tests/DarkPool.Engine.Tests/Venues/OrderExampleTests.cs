using DarkPool.Engine.Markets;
using DarkPool.Engine.Trading;
using Xunit;

namespace DarkPool.Engine.Tests.Venues;

/// <summary>The field's known cases of orders, one by one; <see cref="VenueModelTests"/> has all their mixtures.</summary>
public sealed class OrderExampleTests
{
    private const uint Alice = 0;
    private const uint Bob = 1;
    private const uint Carol = 2;

    private readonly Venue _venue = new();
    private RecordingVenueSink _sink = new();
    private ulong _sequence;
    private ulong _id;

    public OrderExampleTests()
    {
        _venue.BeginBlock(1, new BlockTime(1_000_000), ref _sink);
        for (uint account = 0; account < 5; account++) Assert.True(_venue.OpenAccount(VenueDriver.KeyOf(account), out _));
        foreach (var asset in VenueFlows.Assets) _venue.ListAsset(++_sequence, asset);
        var terms = VenueFlows.Markets[0] with { Parameters = MarketParameters.None };
        Assert.Equal(GovernanceResult.Applied, _venue.ListMarket(++_sequence, terms));
        for (uint account = 0; account < 4; account++)
        {
            _venue.Deposit(_venue.LastDepositId + 1, 1, account, 1_000_000, ref _sink);
            _venue.Deposit(_venue.LastDepositId + 1, 2, account, 1_000_000_000, ref _sink);
        }

        NextBlock();
    }

    [Fact]
    public void A_cancel_that_lost_the_race_names_the_fill()
    {
        var sell = Place(Alice, Side.Sell, 100, 5);
        NextBlock();
        _venue.BeginEntry(7);
        Place(Bob, Side.Buy, 100, 5);
        var filledIn = _venue.Block;
        NextBlock();
        _sink.Events.Clear();
        Assert.Equal(RejectionCode.AlreadyFilled, _venue.CancelOrder(Alice, sell, ref _sink));
        Assert.Equal([new VenueEvent.TooLate(Alice, sell, RejectionCode.AlreadyFilled, filledIn, 7)], _sink.Events);
        Assert.Equal(RejectionCode.AlreadyFilled, _venue.ReplaceOrder(Alice, sell, new Price(99), new Quantity(1), ref _sink));
    }

    [Fact]
    public void A_flood_of_cancels_neither_starves_nor_delays_the_fill_behind_it()
    {
        var sell = Place(Alice, Side.Sell, 100, 5);
        for (var copy = 0; copy < 4_000; copy++) _venue.CancelOrder(Carol, (ulong)copy + 1_000_000, ref _sink);
        Place(Bob, Side.Buy, 100, 5);
        for (var copy = 0; copy < 4_000; copy++) _venue.CancelOrder(Alice, sell, ref _sink);
        Assert.Equal(1u, _venue.TradeCount);
        Assert.Equal(4_000, _sink.Events.OfType<VenueEvent.TooLate>().Count(late => late.Id == sell));
    }

    [Fact]
    public void The_same_order_twice_executes_once_and_answers_the_same()
    {
        Place(Alice, Side.Sell, 100, 50);
        var order = New(Side.Buy, 100, 5) with { TimeInForce = TimeInForce.ImmediateOrCancel };
        Assert.Equal(RejectionCode.None, _venue.PlaceOrder(Bob, order, ref _sink));
        NextBlock();
        var root = _venue.StateRoot;
        _sink.Events.Clear();
        Assert.Equal(RejectionCode.None, _venue.PlaceOrder(Bob, order with { Session = 9 }, ref _sink));
        var other = order with { Quantity = new Quantity(6) };
        Assert.Equal(RejectionCode.DuplicateClientOrderId, _venue.PlaceOrder(Bob, other, ref _sink));
        Assert.Equal(
            [
                new VenueEvent.Accepted(Bob, order with { Session = 9 }),
                new VenueEvent.Rejected(Bob, order.ClientOrderId, RejectionCode.DuplicateClientOrderId),
            ],
            _sink.Events);
        NextBlock();
        Assert.Equal((1ul, root), (_venue.TradeCount, _venue.StateRoot));
    }

    [Fact]
    public void An_id_is_free_again_when_256_younger_orders_have_ended()
    {
        var order = New(Side.Buy, 1, 1);
        _venue.PlaceOrder(Alice, order, ref _sink);
        _venue.CancelOrder(Alice, order.ClientOrderId, ref _sink);
        for (var more = 1; more < VenueLimits.MaxEndedOrdersPerAccount; more++)
            _venue.CancelOrder(Alice, Place(Alice, Side.Buy, 1, 1), ref _sink);
        Assert.Equal(RejectionCode.AlreadyCancelled, _venue.CancelOrder(Alice, order.ClientOrderId, ref _sink));
        _venue.CancelOrder(Alice, Place(Alice, Side.Buy, 1, 1), ref _sink);
        Assert.Equal(RejectionCode.UnknownOrder, _venue.CancelOrder(Alice, order.ClientOrderId, ref _sink));
        Assert.Equal(RejectionCode.None, _venue.PlaceOrder(Alice, order with { Quantity = new Quantity(2) }, ref _sink));
        Assert.Equal(1u, _venue.OpenOrdersOf(Alice));
    }

    [Fact]
    public void An_all_or_none_order_is_passed_over_and_blocks_nobody()
    {
        var whole = PlaceWith(Alice, New(Side.Buy, 100, 50) with { MinimumQuantity = new Quantity(50) });
        var behind = Place(Bob, Side.Buy, 100, 10);
        Place(Carol, Side.Sell, 100, 10);
        Assert.Equal([behind], Fills(Liquidity.Maker).Select(fill => fill.ClientOrderId));
        Place(Carol, Side.Sell, 99, 60);
        Assert.Equal([behind, whole], Fills(Liquidity.Maker).Select(fill => fill.ClientOrderId));
        Assert.Equal(50ul, Fills(Liquidity.Maker)[^1].Quantity.Lots);
    }

    [Fact]
    public void A_minimum_quantity_gathers_several_sellers_and_a_minimum_interaction_wants_each_that_large()
    {
        Place(Alice, Side.Sell, 100, 20);
        Place(Alice, Side.Sell, 100, 20);
        PlaceWith(Bob, New(Side.Buy, 100, 100) with { TimeInForce = TimeInForce.ImmediateOrCancel, MinimumQuantity = new Quantity(50) });
        Assert.Empty(Fills(Liquidity.Taker));
        Place(Alice, Side.Sell, 100, 20);
        PlaceWith(Bob, New(Side.Buy, 100, 100) with
        {
            TimeInForce = TimeInForce.ImmediateOrCancel,
            MinimumQuantity = new Quantity(50),
            MinimumInteraction = new Quantity(25),
        });
        Assert.Empty(Fills(Liquidity.Taker));
        PlaceWith(Bob, New(Side.Buy, 100, 100) with { TimeInForce = TimeInForce.ImmediateOrCancel, MinimumQuantity = new Quantity(50) });
        Assert.Equal([20ul, 20ul, 20ul], Fills(Liquidity.Taker).Select(fill => fill.Quantity.Lots));
    }

    [Theory]
    [InlineData(SelfTradePrevention.CancelNewest, 30, 0)]
    [InlineData(SelfTradePrevention.CancelOldest, 0, 50)]
    [InlineData(SelfTradePrevention.CancelBoth, 0, 0)]
    [InlineData(SelfTradePrevention.Decrement, 0, 20)]
    public void Two_accounts_of_one_group_do_not_trade_with_each_other(SelfTradePrevention way, int resting, int arriving)
    {
        Assert.Equal(RejectionCode.None, _venue.ConfigureAccount(Alice, way, 77, ushort.MaxValue));
        Assert.Equal(RejectionCode.None, _venue.ConfigureAccount(Bob, SelfTradePrevention.Default, 77, ushort.MaxValue));
        Place(Bob, Side.Sell, 100, 30);
        Place(Alice, Side.Buy, 100, 50);
        Assert.Equal(0u, _venue.TradeCount);
        Assert.Equal((UInt128)(resting * 1), _venue.BalanceOf(Bob, 1).Held);
        Assert.Equal((UInt128)(arriving * 100), _venue.BalanceOf(Alice, 2).Held);
    }

    [Fact]
    public void Who_denies_another_passes_him_by_and_neither_is_told()
    {
        Assert.Equal(RejectionCode.None, _venue.SetDenied(Alice, new Digest(VenueDriver.KeyOf(Bob)), denied: true));
        Place(Bob, Side.Sell, 100, 30);
        _sink.Events.Clear();
        Place(Alice, Side.Buy, 100, 30);
        Assert.Equal([typeof(VenueEvent.Accepted)], _sink.Events.Select(happened => happened.GetType()));
        Place(Carol, Side.Sell, 100, 30);
        Assert.Equal(Alice, Assert.Single(_sink.Events.OfType<VenueEvent.Filled>(), fill => fill.Fill.Side == Side.Buy).Account);
    }

    [Fact]
    public void An_account_keeps_at_most_64_denials()
    {
        for (byte other = 0; other < VenueLimits.MaxDenialsPerAccount; other++)
            Assert.Equal(RejectionCode.None, _venue.SetDenied(Alice, new Digest([.. new byte[31], other]), denied: true));
        Assert.Equal(RejectionCode.None, _venue.SetDenied(Alice, new Digest(new byte[32]), denied: true));
        Assert.Equal(RejectionCode.TooManyDenials, _venue.SetDenied(Alice, new Digest([.. new byte[31], 99]), denied: true));
    }

    [Fact]
    public void Fees_are_exact_and_an_order_never_pays_more_than_when_it_was_placed()
    {
        Charge(maker: 1_000, taker: 2_500);
        Place(Alice, Side.Buy, 100, 30);
        Assert.Equal((UInt128)(3_000 + 7), _venue.BalanceOf(Alice, 2).Held);
        Charge(maker: 50_000, taker: 100_000);
        Place(Bob, Side.Sell, 100, 30);
        Assert.Equal([7, 300], Fills().Select(fill => (int)fill.Fee));
        Assert.Equal((UInt128)0, _venue.BalanceOf(Alice, 2).Held);
        Assert.Equal((UInt128)(1_000_000_000 - 3_000 - 7), _venue.BalanceOf(Alice, 2).Available);
        Assert.Equal((UInt128)(1_000_000_000 + 3_000 - 300), _venue.BalanceOf(Bob, 2).Available);
        Assert.Equal((UInt128)307, _venue.BalanceOf(4, 2).Available);
    }

    [Fact]
    public void A_halt_stops_orders_and_lets_cancels_pass()
    {
        var sell = Place(Alice, Side.Sell, 100, 5);
        Assert.Equal(GovernanceResult.Applied, _venue.SetHalted(++_sequence, 1, halted: true));
        Assert.Equal(RejectionCode.MarketHalted, _venue.PlaceOrder(Bob, New(Side.Buy, 100, 5), ref _sink));
        Assert.Equal(RejectionCode.MarketHalted, _venue.ReplaceOrder(Alice, sell, new Price(90), new Quantity(5), ref _sink));
        Assert.Equal(RejectionCode.None, _venue.CancelOrder(Alice, sell, ref _sink));
    }

    private void Charge(uint maker, uint taker) => Assert.Equal(
        GovernanceResult.Applied,
        _venue.ConfigureMarket(++_sequence, 1, new MarketParameters
        {
            Fees = new FeeTerms { MakerMillionths = maker, TakerMillionths = taker, Account = new Digest(VenueDriver.KeyOf(4)) },
        }));

    private List<OrderFill> Fills(Liquidity? liquidity = null)
    {
        var fills = _sink.Events.OfType<VenueEvent.Filled>().Select(filled => filled.Fill);
        return [.. fills.Where(fill => (liquidity ?? fill.Liquidity) == fill.Liquidity)];
    }

    private NewOrder New(Side side, long price, ulong lots) => LimitOrders.New(1, ++_id, side, price, lots);

    private ulong Place(uint account, Side side, long price, ulong lots) => PlaceWith(account, New(side, price, lots));

    private ulong PlaceWith(uint account, in NewOrder order)
    {
        Assert.Equal(RejectionCode.None, _venue.PlaceOrder(account, order, ref _sink));
        return order.ClientOrderId;
    }

    private void NextBlock()
    {
        _venue.EndBlock();
        _venue.BeginBlock(_venue.Block + 1, new BlockTime(_venue.Time.Microseconds + 1), ref _sink);
    }
}
