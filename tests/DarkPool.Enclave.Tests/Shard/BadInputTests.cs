using DarkPool.Enclave.Tests.Fixtures;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Reports;
using Xunit;

namespace DarkPool.Enclave.Tests.Shard;

/// <summary>Whatever a client or a host puts into an envelope: what comes back, and that roots and balances do not move.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TestPlatform _platform = new();
    private readonly TestVenue _venue;
    private readonly TestClient _client;

    public BadInputTests()
    {
        _venue = TestVenue.Listed(_platform);
        _client = _venue.JoinFunded(21);
        _venue.ReportsOf(_client);
    }

    public void Dispose()
    {
        _client.Dispose();
        _venue.Dispose();
        _platform.Dispose();
    }

    [Fact]
    public void A_truncated_envelope_is_dropped() => Dropped(_client.Cover()[..255]);

    [Fact]
    public void An_empty_envelope_is_dropped() => Dropped([]);

    [Fact]
    public void An_oversized_envelope_is_dropped() => Dropped([.. _client.Cover(), 0]);

    [Fact]
    public void An_envelope_of_the_wrong_size_class_is_dropped()
    {
        var envelope = _client.Cover();
        envelope[2] = 2;
        Dropped(envelope);
    }

    [Fact]
    public void Two_envelopes_in_one_entry_are_dropped() => Dropped([.. _client.Cover(), .. _client.Cover()]);

    [Fact]
    public void An_unknown_session_is_dropped()
    {
        var envelope = _client.Cover();
        envelope[15] ^= 1;
        Dropped(envelope);
    }

    [Fact]
    public void Every_flipped_bit_of_the_sealed_body_is_a_bad_seal()
    {
        var good = _client.Place(1, Side.Buy, 10, 5);
        foreach (var place in Enumerable.Range(24, 232).Where(i => i % 13 == 0))
        {
            var flipped = good.ToArray();
            flipped[place] ^= (byte)(1 << (place % 8));
            Assert.Equal(RejectionCode.BadSeal, Refused(flipped).Code);
        }

        Assert.Equal(ReportType.OrderAccepted, Answer(good).Type);
    }

    [Fact]
    public void A_flipped_sequence_is_a_bad_seal()
    {
        var envelope = _client.Cover();
        envelope[16] ^= 2;
        Assert.Equal(RejectionCode.BadSeal, Refused(envelope).Code);
    }

    [Fact]
    public void A_flipped_suite_is_a_bad_seal()
    {
        var envelope = _client.Cover();
        envelope[3] = 2;
        Assert.Equal(RejectionCode.BadSeal, Refused(envelope).Code);
    }

    [Fact]
    public void Another_key_epoch_is_named_as_such()
    {
        var envelope = _client.Cover();
        envelope[4] = 9;
        Assert.Equal(RejectionCode.UnknownKeyEpoch, Refused(envelope).Code);
    }

    [Fact]
    public void A_replayed_sequence_is_refused()
    {
        var envelope = _client.Place(1, Side.Buy, 10, 5);
        Assert.Equal(ReportType.OrderAccepted, Answer(envelope).Type);

        Assert.Equal(RejectionCode.OutOfSequence, Refused(envelope).Code);
    }

    [Fact]
    public void A_skipped_sequence_is_refused_and_the_missing_one_still_works()
    {
        var first = _client.Cover();
        var second = _client.Cover();

        Assert.Equal(RejectionCode.OutOfSequence, Refused(second).Code);
        Assert.Equal(ReportType.CommandDone, Answer(first).Type);
        Assert.Equal(ReportType.CommandDone, Answer(second).Type);
    }

    [Fact]
    public void A_flood_of_forged_envelopes_gets_one_answer_a_block()
    {
        var forged = _client.Cover();
        forged[100] ^= 1;
        var before = Roots();

        _venue.Run([.. Enumerable.Repeat(forged, 100)]);

        Assert.Equal(RejectionCode.BadSeal, Assert.Single(_venue.ReportsOf(_client)).Rejected.Code);
        Assert.Equal(before, Roots());
    }

    [Theory]
    [InlineData(0L, 5ul, RejectionCode.InvalidPrice)]
    [InlineData(-1L, 5ul, RejectionCode.InvalidPrice)]
    [InlineData(long.MinValue, 5ul, RejectionCode.InvalidPrice)]
    [InlineData(10L, 0ul, RejectionCode.InvalidQuantity)]
    [InlineData(long.MaxValue, ulong.MaxValue, RejectionCode.NotionalOverflow)]
    [InlineData(100_000L, 1_000ul, RejectionCode.InsufficientFunds)]
    public void Zero_overflowing_and_unfunded_orders_are_refused_by_name(long price, ulong quantity, RejectionCode code) =>
        Assert.Equal(code, Refused(_client.Place(1, Side.Buy, price, quantity)).Code);

    [Fact]
    public void An_unknown_market_is_refused() =>
        Assert.Equal(RejectionCode.UnknownMarket, Refused(_client.Place(1, Side.Buy, 10, 5, market: 99)).Code);

    [Fact]
    public void An_unknown_side_order_type_or_time_in_force_is_refused()
    {
        var sound = new PlaceOrder(1, TestVenue.Market, Side.Buy, OrderType.Limit, TimeInForce.GoodTillCancelled, 10, 5, 0);

        Assert.Equal(RejectionCode.InvalidSide, Refused(_client.Place(sound with { Side = (Side)3 })).Code);
        Assert.Equal(RejectionCode.InvalidOrderType, Refused(_client.Place(sound with { OrderType = (OrderType)9 })).Code);
        Assert.Equal(RejectionCode.InvalidTimeInForce, Refused(_client.Place(sound with { TimeInForce = (TimeInForce)9 })).Code);
        Assert.Equal(RejectionCode.InvalidExpiry, Refused(_client.Place(sound with { Expiry = 1 })).Code);
    }

    [Fact]
    public void Cancel_and_replace_of_an_order_that_is_not_open_are_refused_with_its_id()
    {
        Assert.Equal((RejectionCode.UnknownOrder, 77ul), (Refused(_client.Cancel(77)).Code, 77ul));
        var rejected = Refused(_client.Replace(78, 10, 5));
        Assert.Equal((RejectionCode.UnknownOrder, CommandType.ReplaceOrder, 78ul),
            (rejected.Code, rejected.CommandType, rejected.ClientOrderId));
    }

    [Fact]
    public void A_body_without_the_form_of_its_type_is_malformed()
    {
        Assert.Equal(RejectionCode.MalformedCommand, Refused(_client.Seal(CommandType.PlaceOrder, new byte[39])).Code);
        Assert.Equal(RejectionCode.MalformedCommand, Refused(_client.Seal(CommandType.CancelOrder, new byte[9])).Code);
        Assert.Equal(RejectionCode.MalformedCommand, Refused(_client.Seal(CommandType.Cover, new byte[1])).Code);
    }

    [Fact]
    public void An_unknown_command_is_refused_by_its_number()
    {
        var rejected = Refused(_client.Seal((CommandType)999, []));
        Assert.Equal((RejectionCode.UnknownCommand, (CommandType)999), (rejected.Code, rejected.CommandType));
    }

    [Fact]
    public void A_duplicate_client_order_id_is_refused()
    {
        Assert.Equal(ReportType.OrderAccepted, Answer(_client.Place(1, Side.Buy, 10, 5)).Type);

        Assert.Equal(RejectionCode.DuplicateClientOrderId, Refused(_client.Place(1, Side.Buy, 11, 5)).Code);
    }

    [Fact]
    public void A_hello_that_was_altered_is_dropped_and_one_sent_twice_opens_one_session()
    {
        using var other = _venue.NewClient(33);
        var hello = other.Session.Hello.ToArray();
        var altered = hello.ToArray();
        altered[60] ^= 1;
        Dropped(altered);

        var opened = _venue.Run(hello, hello);
        Assert.Equal((1u, 0u), (opened.Dropped, Assert.Single(opened.Opened).Index));
        Dropped(hello);
    }

    [Fact]
    public void A_hello_for_an_unknown_key_epoch_is_dropped()
    {
        using var other = new TestClient(TestGenesis.SeededKey(34), epoch: 5, _venue.Keys.Epochs.NewestPublicKey, RateClass.Fast);
        Dropped(other.Session.Hello.ToArray());
    }

    [Fact]
    public void A_command_in_the_block_of_its_own_hello_is_dropped()
    {
        using var other = _venue.NewClient(35);
        other.Session.Bind(Protocol.Sessions.SessionNumber.At(_venue.Executor.Executed.Block + 1, 0));

        var execution = _venue.Run(other.Session.Hello.ToArray(), other.Cover());

        Assert.Equal((1, 1u), (execution.Opened.Count, execution.Dropped));
    }

    /// <summary>The envelope is counted and has no effect at all.</summary>
    private void Dropped(byte[] envelope)
    {
        var before = Roots();
        var execution = _venue.Run(envelope);
        Assert.Equal((1u, 1u), (execution.Entries, execution.Dropped));
        Assert.Empty(_venue.ReportsOf(_client));
        Assert.Equal(before, Roots());
    }

    /// <summary>The envelope is answered by a sealed rejection and changes nothing.</summary>
    private Rejected Refused(byte[] envelope)
    {
        var before = Roots();
        var execution = _venue.Run(envelope);
        Assert.Equal(0u, execution.Dropped);
        var rejected = Assert.Single(_venue.ReportsOf(_client)).Rejected;
        Assert.Equal(before, Roots());
        return rejected;
    }

    private TestReport Answer(byte[] envelope)
    {
        _venue.Run(envelope);
        return Assert.Single(_venue.ReportsOf(_client));
    }

    private (string Root, (UInt128, UInt128) Base, (UInt128, UInt128) Quote) Roots() => (
        _venue.State.Venue.StateRoot.ToString(),
        _venue.BalanceOf(_client, TestVenue.BaseAsset),
        _venue.BalanceOf(_client, TestVenue.QuoteAsset));
}
