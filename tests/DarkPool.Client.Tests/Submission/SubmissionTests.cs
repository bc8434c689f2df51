using DarkPool.Client.Sessions;
using DarkPool.Client.Submission;
using DarkPool.Client.Tests.Scripted;
using DarkPool.Protocol.Envelopes;
using DarkPool.Protocol.Reports;
using NSec.Cryptography;

namespace DarkPool.Client.Tests.Submission;

public sealed class SubmissionTests
{
    [Fact]
    public async Task Commands_of_many_sessions_share_requests_and_keep_their_order()
    {
        await using ConnectedClient connected = await ConnectedClient.OpenAsync();
        using var account = Key.Create(SignatureAlgorithm.Ed25519);
        await using DarkPoolSession other = await connected.Client.OpenSessionAsync(
            new SessionOptions { Account = account, RateClass = RateClass.Fast });
        DarkPoolSession[] sessions = [connected.Session, other];
        var gate = new TaskCompletionSource();
        connected.Venue.Gate = gate.Task;

        var submitted = new List<(ulong Session, SubmittedCommand Command)>();
        for (ulong i = 0; i < 500; i++)
        {
            DarkPoolSession session = sessions[i % 3 == 0 ? 1 : 0];
            submitted.Add((session.Number, await session.SubmitAsync(ConnectedClient.Order(i))));
        }
        gate.SetResult();
        await Task.WhenAll(submitted.Select(s => s.Command.Outcome)).WaitAsync(ConnectedClient.Patience);

        Assert.Equal(
            submitted.Select(s => (s.Session, s.Command.Sequence)),
            connected.Venue.Enclave.Executed.Select(e => (e.Session, e.Sequence)));
        Assert.InRange(connected.Venue.Posts.Count, 1, 3);
    }

    [Fact]
    public async Task A_request_holds_no_more_envelopes_than_the_client_may_queue()
    {
        await using ConnectedClient connected = await ConnectedClient.OpenAsync(options => options with { MaxQueued = 8 });

        var outcomes = new List<Task>();
        for (ulong i = 0; i < 100; i++)
            outcomes.Add((await connected.Session.SubmitAsync(ConnectedClient.Order(i))).Outcome);
        await Task.WhenAll(outcomes).WaitAsync(ConnectedClient.Patience);

        Assert.All(connected.Venue.Posts, body => Assert.InRange(body.Length, EnvelopeLimits.SmallSize, 8 * EnvelopeLimits.SmallSize));
    }

    [Fact]
    public async Task A_venue_that_is_away_for_a_while_is_waited_for()
    {
        await using ConnectedClient connected = await ConnectedClient.OpenAsync();
        connected.Venue.NextPosts(VenueFault.NotNow, VenueFault.NotNow, VenueFault.NotNow);

        CommandOutcome outcome = await connected.Session.PlaceAsync(ConnectedClient.Order(1)).WaitAsync(ConnectedClient.Patience);

        Assert.True(outcome.IsAccepted);
        Assert.Equal(4, connected.Venue.Posts.Count);
    }

    [Fact]
    public async Task A_lost_answer_is_asked_for_with_the_same_bytes_and_the_copy_is_no_rejection()
    {
        await using ConnectedClient connected = await ConnectedClient.OpenAsync();
        connected.Venue.NextPosts(VenueFault.LoseAnswer);

        SubmittedCommand command = await connected.Session.SubmitAsync(ConnectedClient.Order(1));
        await command.Receipt.WaitAsync(ConnectedClient.Patience);
        CommandOutcome outcome = await command.Outcome.WaitAsync(ConnectedClient.Patience);
        await connected.Session.PlaceAsync(ConnectedClient.Order(2)).WaitAsync(ConnectedClient.Patience);

        Assert.True(outcome.IsAccepted);
        Assert.Equal(connected.Venue.Posts[0], connected.Venue.Posts[1]);
        Assert.Equal([1UL, 2UL], connected.Venue.Enclave.Executed.Select(e => e.Sequence));
        Assert.Equal([ReportType.SessionOpened, ReportType.OrderAccepted, ReportType.OrderAccepted], connected.Reports);
    }

    [Fact]
    public async Task A_venue_that_stays_away_fails_what_waits_and_what_comes()
    {
        await using ConnectedClient connected = await ConnectedClient.OpenAsync(
            options => options with { RetryFor = TimeSpan.FromMilliseconds(120) });
        connected.Venue.NextPosts(Enumerable.Repeat(VenueFault.NotNow, 100).ToArray());

        SubmittedCommand command = await connected.Session.SubmitAsync(ConnectedClient.Order(1));

        await FailsWith(DarkPoolError.VenueUnreachable, command);
        DarkPoolException later = await Assert.ThrowsAsync<DarkPoolException>(
            () => connected.Session.SubmitAsync(ConnectedClient.Order(2)).AsTask());
        Assert.Equal(DarkPoolError.VenueUnreachable, later.Error);
    }

    [Theory]
    [InlineData(VenueFault.RefuseForGood, DarkPoolError.RequestRefused)]
    [InlineData(VenueFault.ForeignSignature, DarkPoolError.ReceiptInvalid)]
    [InlineData(VenueFault.OldReceipt, DarkPoolError.ReceiptInvalid)]
    [InlineData(VenueFault.ForgetBlock, DarkPoolError.LogForked)]
    [InlineData(VenueFault.Fork, DarkPoolError.LogForked)]
    [InlineData(VenueFault.Garbage, DarkPoolError.ProtocolViolation)]
    internal async Task An_answer_that_proves_nothing_is_refused(VenueFault fault, DarkPoolError error)
    {
        await using ConnectedClient connected = await ConnectedClient.OpenAsync();
        await (await connected.Session.SubmitAsync(ConnectedClient.Order(1))).Receipt.WaitAsync(ConnectedClient.Patience);
        connected.Venue.NextPosts(fault);

        SubmittedCommand command = await connected.Session.SubmitAsync(ConnectedClient.Order(2));

        await FailsWith(error, command);
    }

    private static async Task FailsWith(DarkPoolError error, SubmittedCommand command)
    {
        DarkPoolException fault = await Assert.ThrowsAsync<DarkPoolException>(() => command.Receipt.WaitAsync(ConnectedClient.Patience));
        Assert.Equal(error, fault.Error);
    }
}
