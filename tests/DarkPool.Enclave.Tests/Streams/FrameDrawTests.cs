using DarkPool.Enclave.Tests.Fixtures;
using DarkPool.Protocol.Link;
using DarkPool.Protocol.Reports;
using DarkPool.Protocol.Sessions;
using Xunit;

namespace DarkPool.Enclave.Tests.Streams;

public sealed class FrameDrawTests : IDisposable
{
    private readonly TestPlatform _platform = new();
    private readonly TestVenue _venue;

    public FrameDrawTests() => _venue = TestVenue.Listed(_platform);

    public void Dispose()
    {
        _venue.Dispose();
        _platform.Dispose();
    }

    /// <summary>A hundred streams the executor draws alone, two hundred it draws with its crew.</summary>
    [Theory]
    [InlineData(100)]
    [InlineData(200)]
    public void A_draw_holds_one_frame_of_every_stream_which_its_own_client_opens(int streams)
    {
        var clients = Enumerable.Range(20, streams).Select(seed => _venue.NewClient((byte)seed)).ToList();
        var opened = _venue.Run([.. clients.Select(client => client.Session.Hello.ToArray())]);
        var openers = new List<FrameOpener>();
        for (var index = 0; index < clients.Count; index++)
        {
            var session = clients[index].Session;
            session.Bind(SessionNumber.At(opened.Number, index));
            var request = session.RequestStream(1);
            var attached = _venue.Executor.Attach(session.Number, request.Token.Span);
            Assert.Equal(AttachOutcome.Attached, attached.Outcome);
            openers.Add(request.Open(attached.EnclaveRandom));
        }

        foreach (var expected in new[] { 1, 0 })
        {
            var drawn = _venue.FrameBatchOf(RateClass.Fast).ToList();
            Assert.Equal(streams, drawn.Count);
            for (var index = 0; index < streams; index++)
            {
                Assert.Equal(FrameFault.None, openers[index].Open(drawn[index].Bytes.Span, out var bytes));
                var reports = TestReport.Split(bytes);
                Assert.Equal(expected, reports.Count);
                Assert.All(reports, report => Assert.Equal(ReportType.SessionOpened, report.Type));
            }
        }

        openers.ForEach(opener => opener.Dispose());
        clients.ForEach(client => client.Dispose());
    }
}
