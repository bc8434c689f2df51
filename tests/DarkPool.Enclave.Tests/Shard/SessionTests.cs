using DarkPool.Enclave.Outboxes;
using DarkPool.Enclave.Sessions;
using DarkPool.Enclave.Tests.Fixtures;
using DarkPool.Protocol.Commands;
using DarkPool.Protocol.Link;
using DarkPool.Protocol.Reports;
using Xunit;

namespace DarkPool.Enclave.Tests.Shard;

public sealed class SessionTests : IDisposable
{
    private readonly TestPlatform _platform = new();
    private readonly TestVenue _venue;

    public SessionTests() => _venue = TestVenue.Listed(_platform);

    public void Dispose()
    {
        _venue.Dispose();
        _platform.Dispose();
    }

    [Fact]
    public void The_ninth_session_of_an_account_closes_its_oldest_without_telling_the_host()
    {
        var clients = Enumerable.Range(0, SessionLimits.MaxPerAccount).Select(_ => _venue.Join(21)).ToList();
        using var ninth = _venue.NewClient(21);

        var execution = _venue.Run(ninth.Session.Hello.ToArray());

        Assert.Empty(execution.Closed);
        Assert.Single(execution.Opened);
        Assert.Equal([ReportType.SessionOpened, ReportType.SessionClosed], _venue.ReportsOf(clients[0]).Select(r => r.Type));
        Assert.Equal([ReportType.SessionOpened], _venue.ReportsOf(clients[1]).Select(r => r.Type));
        Assert.Equal(0u, _venue.Run(clients[0].Cover(), clients[1].Cover()).Dropped);
        Assert.Empty(_venue.ReportsOf(clients[0]));
        Assert.Equal(ReportType.CommandDone, Assert.Single(_venue.ReportsOf(clients[1])).Type);
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public void A_close_on_request_is_answered_and_told()
    {
        using var client = _venue.Join(21);
        _venue.ReportsOf(client);

        var execution = _venue.Run(client.Seal(CommandType.CloseSession, []));

        Assert.Equal([client.Session.Number], execution.Closed);
        var closed = Assert.Single(_venue.ReportsOf(client));
        Assert.Equal((ReportType.SessionClosed, 1ul), (closed.Type, closed.Header.Sequence));
    }

    [Fact]
    public void A_full_table_evicts_the_session_that_was_silent_longest()
    {
        var clients = new List<TestClient>();
        for (var seed = 0; clients.Count < SessionLimits.MaxSessions; seed++)
        {
            var block = _venue.Executor.Executed.Block + 1;
            var batch = Enumerable.Range(0, 1024).Select(i => NewAccount(seed, i)).ToList();
            _venue.Run([.. batch.Select(client => client.Session.Hello.ToArray())]);
            for (var i = 0; i < batch.Count; i++) batch[i].Session.Bind(Protocol.Sessions.SessionNumber.At(block, i));
            clients.AddRange(batch);
        }

        Assert.Equal(SessionLimits.MaxSessions, _venue.State.Sessions.Count);
        _venue.Run(clients[0].Cover());
        using var one = _venue.NewClient(200);

        var execution = _venue.Run(one.Session.Hello.ToArray());

        Assert.Equal([clients[1].Session.Number], execution.Closed);
        Assert.Equal(1u, _venue.Run(clients[1].Cover()).Dropped);
        Assert.Equal(0u, _venue.Run(clients[0].Cover()).Dropped);
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public void Reports_of_an_uncommitted_block_stay_inside()
    {
        using var client = _venue.Join(21);
        _venue.ReportsOf(client);
        _venue.Execute(_venue.Next(TestVenue.Sealed(client.Cover())));
        Assert.Empty(_venue.ReportsOf(client));

        _venue.Executor.Commit(_venue.Executor.Executed.Block);

        Assert.Single(_venue.ReportsOf(client));
    }

    [Fact]
    public void A_session_of_an_uncommitted_block_cannot_be_attached_to()
    {
        using var client = _venue.NewClient(21);
        _venue.Execute(_venue.Next(TestVenue.Sealed(client.Session.Hello.ToArray())));
        client.Session.Bind(Protocol.Sessions.SessionNumber.At(_venue.Executor.Executed.Block, 0));
        var token = client.Session.RequestStream(1).Token;

        Assert.Equal(AttachOutcome.UnknownSession, _venue.Executor.Attach(client.Session.Number, token.Span).Outcome);
        _venue.Executor.Commit(_venue.Executor.Executed.Block);
        Assert.Equal(AttachOutcome.Attached, _venue.Executor.Attach(client.Session.Number, token.Span).Outcome);
    }

    [Fact]
    public void A_token_of_another_session_does_not_attach()
    {
        using var one = _venue.Join(21);
        using var two = _venue.Join(22);

        var answer = _venue.Executor.Attach(one.Session.Number, two.Session.RequestStream(1).Token.Span);

        Assert.Equal(AttachOutcome.BadToken, answer.Outcome);
    }

    [Fact]
    public void A_new_stream_ends_the_old_one_and_resumes_where_it_is_told()
    {
        using var client = _venue.Join(21);
        _venue.Run(client.Cover(), client.Cover(), client.Cover());
        var first = _venue.Executor.Attach(client.Session.Number, client.Session.RequestStream(1).Token.Span);

        var second = _venue.Executor.Attach(client.Session.Number, client.Session.RequestStream(3).Token.Span);

        Assert.Equal(first.Stream, second.EndedStream);
        Assert.Equal([second.Stream], _venue.FrameBatchOf(RateClass.Fast).Select(frame => frame.Stream));
        client.LastReport = 2;
        Assert.Equal([3ul, 4ul], _venue.ReportsOf(client).Select(r => r.Header.Number));
    }

    [Fact]
    public void Unacknowledged_reports_beyond_the_limit_block_the_session_until_it_acknowledges()
    {
        using var client = _venue.Join(21);
        while (_venue.State.Sessions.Find(client.Session.Number)!.Outbox.Unacknowledged <= OutboxLimits.MaxUnacknowledged)
            _venue.Run([.. Enumerable.Range(0, 4096).Select(_ => client.Cover())]);
        var last = _venue.State.Sessions.Find(client.Session.Number)!.Outbox.LastNumber;
        client.LastReport = last;

        _venue.Run(client.Place(1, Side.Buy, 10, 5));
        Assert.Equal(RejectionCode.OutboxFull, Assert.Single(_venue.ReportsOf(client)).Rejected.Code);
        _venue.Run(client.Cover(ack: last));
        Assert.Equal(ReportType.CommandDone, Assert.Single(_venue.ReportsOf(client)).Type);
        Assert.InRange(_venue.State.Pages.InUse, 1, 3);
    }

    private TestClient NewAccount(int seed, int index)
    {
        var raw = new byte[32];
        BitConverter.TryWriteBytes(raw, 1_000_000 + (seed * 10_000) + index);
        var account = NSec.Cryptography.Key.Import(
            NSec.Cryptography.SignatureAlgorithm.Ed25519, raw, NSec.Cryptography.KeyBlobFormat.RawPrivateKey);
        return new TestClient(account, _venue.Keys.Epochs.Newest, _venue.Keys.Epochs.NewestPublicKey, RateClass.Slow);
    }
}
