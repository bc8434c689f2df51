using System.Net;
using DarkPool.Host.Enclaves;
using DarkPool.Host.Hosting;
using DarkPool.Host.Reports;
using DarkPool.Host.Tests.Support;
using DarkPool.Protocol.Reports;
using DarkPool.Protocol.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace DarkPool.Host.Tests.Live;

/// <summary>The report stream from the real enclave to a client; the pacer's clock is the test's where its pace is looked at.</summary>
[Collection(LiveTests.Name)]
public sealed class ReportTests(LiveStack stack) : IAsyncLifetime
{
    private LiveVenue _venue = null!;

    public async Task InitializeAsync() => _venue = await LiveVenue.CreateAsync(stack);

    public async Task DisposeAsync() => await _venue.DisposeAsync();

    [Theory]
    [InlineData(RateClass.Slow)]
    [InlineData(RateClass.Fast)]
    public async Task Every_frame_has_the_size_of_its_class_and_they_open_one_after_another(RateClass rateClass)
    {
        await using var host = await _venue.StartHostAsync();
        using var trader = await Trader.OpenAsync(_venue, host, rateClass);
        var request = trader.Session.RequestStream(1);
        using var events = await OpenAsync(host, trader, request);
        using var opener = await StartAsync(events, request);
        await trader.SendAsync(host, trader.SealCovers(3));
        var types = new List<ReportType>();
        var enough = (ulong)rateClass.FramesPerSecond() * 60;
        for (var number = 0UL; types.Count < 4 && number < enough; number++)
        {
            var frame = await events.NextAsync();
            Assert.Equal(("frame", $"{number}"), (frame!.Name, frame.Id));
            Assert.Equal(rateClass.FrameBytes(), frame.Bytes.Length);
            Assert.Equal(FrameFault.None, opener.Open(frame.Bytes, out var reports));
            while (ReportFrame.TryTake(ref reports, out var report, out _)) types.Add(report.Type);
        }

        Assert.Equal([ReportType.SessionOpened, ReportType.CommandDone, ReportType.CommandDone, ReportType.CommandDone], types);
    }

    [Fact]
    public async Task A_new_attach_ends_the_previous_stream_and_a_token_that_does_not_open_is_refused()
    {
        await using var host = await _venue.StartHostAsync();
        using var trader = await Trader.OpenAsync(_venue, host, RateClass.Fast);
        using var first = await OpenAsync(host, trader, trader.Session.RequestStream(1));
        using var second = await OpenAsync(host, trader, trader.Session.RequestStream(1));
        while (await first.NextAsync() is not null)
        {
        }

        Assert.NotNull(await second.NextAsync());
        using var stranger = await host.Http.GetAsync(Path(trader, System.Buffers.Text.Base64Url.EncodeToString(new byte[56])));
        Assert.Equal(HttpStatusCode.Forbidden, stranger.StatusCode);
        Assert.Contains("attach-refused", await stranger.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Frames_leave_at_the_pace_of_their_class_whether_or_not_there_is_news()
    {
        var clock = new ManualTime();
        await using var app = VenueHost.Build(Settings(), services =>
        {
            services.Remove(services.Single(service => service.ImplementationType == typeof(ReportPacer)));
            services.AddSingleton<IHostedService>(provider => new ReportPacer(
                provider.GetRequiredService<StreamDirectory>(), provider.GetRequiredService<EnclaveSlot>(), clock));
        });
        await app.StartAsync();
        using var host = new HostClient(new Uri(app.Urls.First()));
        await host.ReadyAsync();
        using var trader = await Trader.OpenAsync(_venue, host, RateClass.Medium);
        var request = trader.Session.RequestStream(1);
        using var events = await OpenAsync(host, trader, request);
        using var opener = await StartAsync(events, request);
        for (var number = 0UL; number < 30; number++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(99));
            var next = events.NextAsync();
            Assert.False(next.IsCompleted);
            clock.Advance(TimeSpan.FromMilliseconds(1));
            var frame = await next;
            Assert.Equal($"{number}", frame!.Id);
            Assert.Equal(RateClass.Medium.FrameBytes(), frame.Bytes.Length);
            Assert.Equal(FrameFault.None, opener.Open(frame.Bytes, out _));
        }

        await app.StopAsync();
    }

    private HostSettings Settings() => new()
    {
        Enclave = _venue.Endpoint,
        Postgres = _venue.Database,
        GenesisFile = _venue.GenesisFile,
        Urls = "http://127.0.0.1:0",
    };

    private static Task<EventReader> OpenAsync(HostClient host, Trader trader, StreamRequest request) =>
        EventReader.OpenAsync(host.Http, Path(trader, request.TokenText).ToString());

    private static async Task<FrameOpener> StartAsync(EventReader events, StreamRequest request)
    {
        var start = await events.NextAsync();
        Assert.Equal("stream", start!.Name);
        return request.Open(start.Bytes);
    }

    private static Uri Path(Trader trader, string token) =>
        new($"/v1/reports?session={trader.Session.Number}&attach={token}", UriKind.Relative);
}
