using DarkPool.Enclave.Tests.Fixtures;
using DarkPool.Protocol.Blocks;
using DarkPool.Protocol.Identity;
using DarkPool.Protocol.Reports;
using DarkPool.Protocol.Sessions;
using Xunit;

namespace DarkPool.Enclave.Tests.Opening;

/// <summary>Preparation runs ahead of execution; what comes of a block must not depend on how far.</summary>
public sealed class PreparedBlockTests : IDisposable
{
    private readonly TestPlatform _platform = new();
    private readonly TestVenue _venue;

    public PreparedBlockTests() => _venue = TestVenue.Listed(_platform);

    public void Dispose()
    {
        _venue.Dispose();
        _platform.Dispose();
    }

    [Fact]
    public void Commands_prepared_before_the_block_that_opens_their_session_is_executed_count()
    {
        using var client = _venue.NewClient(21);
        var opening = _venue.Next(TestVenue.Sealed(client.Session.Hello.ToArray()));
        client.Session.Bind(SessionNumber.At(_venue.Executor.Executed.Block + 1, 0));
        var following = After(opening, client.Cover(), client.Cover(), client.Cover());

        using var first = _venue.Executor.NewPreparation();
        using var second = _venue.Executor.NewPreparation();
        _venue.Executor.Prepare(first, opening.ToArray());
        _venue.Executor.Prepare(second, following.ToArray());
        second.Complete();
        _venue.Executor.Execute(first, now: null);
        _venue.Executor.Execute(second, now: null);

        _venue.Executor.Commit(_venue.Executor.Executed.Block - 1);
        Assert.Equal(0u, _venue.Executor.Commit(_venue.Executor.Executed.Block).Dropped);
        Assert.Equal(
            [ReportType.SessionOpened, ReportType.CommandDone, ReportType.CommandDone, ReportType.CommandDone],
            _venue.ReportsOf(client).Select(report => report.Type));
    }

    [Fact]
    public void Commands_in_the_block_that_opens_their_session_never_count()
    {
        using var client = _venue.NewClient(21);
        client.Session.Bind(SessionNumber.At(_venue.Executor.Executed.Block + 1, 0));

        var execution = _venue.Run([client.Session.Hello.ToArray(), .. Enumerable.Range(0, 20).Select(_ => client.Cover())]);

        Assert.Equal(20u, execution.Dropped);
        Assert.Equal(ReportType.SessionOpened, Assert.Single(_venue.ReportsOf(client)).Type);
    }

    [Fact]
    public void Of_a_block_that_is_never_executed_nothing_is_left_when_its_preparation_is_used_again()
    {
        using var client = _venue.NewClient(21);
        using var other = _venue.NewClient(22);
        using var preparation = _venue.Executor.NewPreparation();
        var hello = TestVenue.Sealed(client.Session.Hello.ToArray());
        _venue.Executor.Prepare(preparation, _venue.Next(hello, hello));
        preparation.Complete();

        _venue.Executor.Prepare(preparation, _venue.Next(TestVenue.Sealed(other.Session.Hello.ToArray())));
        _venue.Executor.Execute(preparation, now: null);
        var execution = _venue.Executor.Commit(_venue.Executor.Executed.Block);

        Assert.Equal(0u, Assert.Single(execution.Opened).Index);
        Assert.Equal(1, _venue.State.Sessions.Count);
    }

    private byte[] After(byte[] block, params byte[][] envelopes)
    {
        BlockHeader.TryRead(block, out var header);
        Bytes32 head = BlockHash.OfHeader(block.AsSpan(0, BlockHeader.Size));
        return _venue.Build(
            header.Number + 1, header.Time + TestVenue.BlockInterval, head, [.. envelopes.Select(TestVenue.Sealed)]);
    }
}
