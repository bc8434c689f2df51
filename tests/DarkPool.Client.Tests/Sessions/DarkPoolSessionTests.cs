using DarkPool.Client.Sessions;
using DarkPool.Client.Submission;
using DarkPool.Client.Tests.Scripted;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Hpke;
using DarkPool.Protocol.Reports;
using NSec.Cryptography;

namespace DarkPool.Client.Tests.Sessions;

public sealed class DarkPoolSessionTests
{
    [Theory]
    [InlineData(HpkeSuite.Aes256Gcm)]
    [InlineData(HpkeSuite.ChaCha20Poly1305)]
    public async Task An_order_is_answered_by_a_receipt_and_by_a_sealed_report(HpkeSuite suite)
    {
        await using ConnectedClient connected = await ConnectedClient.OpenAsync(suite: suite);

        SubmittedCommand command = await connected.Session.SubmitAsync(ConnectedClient.Order(7));
        CommandReceipt receipt = await command.Receipt.WaitAsync(ConnectedClient.Patience);
        CommandOutcome outcome = await command.Outcome.WaitAsync(ConnectedClient.Patience);

        Assert.Equal((2UL, 0U), (receipt.Block, receipt.Index));
        Assert.Equal(receipt.Head, connected.Client.Log.Head);
        Assert.Equal(ReportType.OrderAccepted, outcome.Answer);
        Assert.True(outcome.IsAccepted);
        Assert.Equal(2UL, outcome.Block);
    }

    [Fact]
    public async Task A_rejection_is_an_outcome_with_its_code()
    {
        await using ConnectedClient connected = await ConnectedClient.OpenAsync();

        CommandOutcome outcome = await connected.Session.CancelAsync(new CancelOrder(9)).WaitAsync(ConnectedClient.Patience);

        Assert.False(outcome.IsAccepted);
        Assert.Equal(RejectionCode.UnknownOrder, outcome.Rejection);
    }

    [Fact]
    public async Task Balances_come_with_the_query_that_asked_for_them()
    {
        await using ConnectedClient connected = await ConnectedClient.OpenAsync();

        IReadOnlyList<Balance> balances = await connected.Session.QueryBalancesAsync().WaitAsync(ConnectedClient.Patience);

        Assert.Equal([new Balance(1, 70, 30)], balances);
    }

    [Fact]
    public async Task Closing_ends_the_session()
    {
        await using ConnectedClient connected = await ConnectedClient.OpenAsync();

        await connected.Session.CloseAsync().WaitAsync(ConnectedClient.Patience);

        await connected.Session.Completion.WaitAsync(ConnectedClient.Patience);
    }

    [Fact]
    public async Task A_stream_that_breaks_goes_on_without_a_report_lost_or_repeated()
    {
        await using ConnectedClient connected = await ConnectedClient.OpenAsync();
        await connected.Session.PlaceAsync(ConnectedClient.Order(1)).WaitAsync(ConnectedClient.Patience);

        await connected.Venue.BreakStreamsAsync();
        await connected.Session.PlaceAsync(ConnectedClient.Order(2)).WaitAsync(ConnectedClient.Patience);

        Assert.Equal([ReportType.SessionOpened, ReportType.OrderAccepted, ReportType.OrderAccepted], connected.Reports);
        Assert.True(connected.Venue.Attaches >= 2);
    }

    [Fact]
    public async Task A_damaged_frame_costs_an_attach_and_no_report()
    {
        await using ConnectedClient connected = await ConnectedClient.OpenAsync();
        connected.Venue.Enclave.Session(connected.Session.Number).FramesToDamage = 1;

        await connected.Session.PlaceAsync(ConnectedClient.Order(1)).WaitAsync(ConnectedClient.Patience);

        Assert.Equal([ReportType.SessionOpened, ReportType.OrderAccepted], connected.Reports);
        Assert.Equal(2, connected.Venue.Attaches);
    }

    [Fact]
    public async Task Every_command_acknowledges_the_reports_before_it()
    {
        await using ConnectedClient connected = await ConnectedClient.OpenAsync();
        await connected.Session.PlaceAsync(ConnectedClient.Order(1)).WaitAsync(ConnectedClient.Patience);

        await connected.Session.PlaceAsync(ConnectedClient.Order(2)).WaitAsync(ConnectedClient.Patience);

        Assert.True(connected.Venue.Enclave.Session(connected.Session.Number).Acknowledged >= 1);
    }

    [Fact]
    public async Task Many_fills_of_a_resting_order_are_acknowledged_by_cover_traffic()
    {
        await using ConnectedClient connected = await ConnectedClient.OpenAsync();
        ScriptedSession session = connected.Venue.Enclave.Session(connected.Session.Number);

        for (ulong i = 0; i < 5_000; i++)
            connected.Venue.Enclave.FillResting(connected.Session.Number, i);
        await Eventually.Async(() => session.Acknowledged >= 4_000);

        Assert.Equal(CommandType.Cover, connected.Venue.Enclave.Executed.Single().Type);
    }

    [Theory]
    [InlineData(RejectionCode.BadSeal)]
    [InlineData(RejectionCode.OutOfSequence)]
    [InlineData(RejectionCode.UnknownKeyEpoch)]
    public async Task What_strangers_send_in_the_sessions_name_answers_no_command(RejectionCode code)
    {
        await using ConnectedClient connected = await ConnectedClient.OpenAsync();
        var gate = new TaskCompletionSource();
        connected.Venue.Gate = gate.Task;
        SubmittedCommand command = await connected.Session.SubmitAsync(ConnectedClient.Order(1));
        connected.Venue.Enclave.Session(connected.Session.Number).Reject(code, CommandType.Cover, 7, 1, command.Sequence);
        gate.SetResult();

        CommandOutcome outcome = await command.Outcome.WaitAsync(ConnectedClient.Patience);

        Assert.True(outcome.IsAccepted);
        Assert.Equal([ReportType.SessionOpened, ReportType.OrderAccepted], connected.Reports);
    }

    [Fact]
    public async Task A_session_whose_own_commands_are_refused_is_lost()
    {
        await using ConnectedClient connected = await ConnectedClient.OpenAsync();
        connected.Venue.Enclave.Session(connected.Session.Number).Refusing = RejectionCode.UnknownKeyEpoch;

        DarkPoolException lost = await Assert.ThrowsAsync<DarkPoolException>(
            () => connected.Session.PlaceAsync(ConnectedClient.Order(1)).WaitAsync(ConnectedClient.Patience));

        Assert.Equal(DarkPoolError.SessionLost, lost.Error);
        await Assert.ThrowsAsync<DarkPoolException>(() => connected.Session.Completion.WaitAsync(ConnectedClient.Patience));
    }

    [Fact]
    public async Task Submitting_waits_while_too_many_commands_have_no_answer()
    {
        await using ConnectedClient connected = await ConnectedClient.OpenAsync(options => options with { MaxUnanswered = 2 });
        var gate = new TaskCompletionSource();
        connected.Venue.Gate = gate.Task;
        await connected.Session.SubmitAsync(ConnectedClient.Order(1));
        await connected.Session.SubmitAsync(ConnectedClient.Order(2));

        Task<SubmittedCommand> third = connected.Session.SubmitAsync(ConnectedClient.Order(3)).AsTask();
        Assert.False(third.IsCompleted);
        gate.SetResult();

        await (await third.WaitAsync(ConnectedClient.Patience)).Outcome.WaitAsync(ConnectedClient.Patience);
    }

    [Fact]
    public async Task A_disposed_session_fails_what_waits()
    {
        await using ConnectedClient connected = await ConnectedClient.OpenAsync();
        var gate = new TaskCompletionSource();
        connected.Venue.Gate = gate.Task;
        SubmittedCommand command = await connected.Session.SubmitAsync(ConnectedClient.Order(1));

        await connected.Session.DisposeAsync();
        gate.SetResult();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => command.Outcome.WaitAsync(ConnectedClient.Patience));
    }

    [Fact]
    public async Task A_session_of_another_account_is_not_taken_for_ones_own()
    {
        await using ConnectedClient first = await ConnectedClient.OpenAsync();
        using var other = Key.Create(SignatureAlgorithm.Ed25519);
        await using DarkPoolSession second = await first.Client.OpenSessionAsync(new SessionOptions { Account = other });

        Assert.NotEqual(first.Session.Number, second.Number);
        Assert.NotEqual(first.Session.Account, second.Account);
    }
}
