using System.Net;
using DarkPool.Load.Durable;
using DarkPool.Protocol.Envelopes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DarkPool.Load.Venue;

/// <summary>
/// The limit of the venue: the same bytes through Kestrel into a table of the same PostgreSQL, one request at a time and each durable
/// before it is answered, as the venue's client and log do it. Nothing is sealed, ordered, opened, matched, signed or reported.
/// </summary>
internal sealed class BarePipeline : IAsyncDisposable
{
    private const int EnvelopeSize = EnvelopeLimits.SmallSize;

    private readonly WebApplication _server;
    private readonly RawTable _table;
    private readonly HttpClient _client;
    private ulong _appended;

    private BarePipeline(WebApplication server, RawTable table)
    {
        _server = server;
        _table = table;
        server.MapPost("/", AppendAsync);
        _client = new HttpClient();
    }

    public static async Task<BarePipeline> StartAsync(ScratchDatabase database)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<KestrelServerOptions>(options =>
        {
            options.Listen(IPAddress.Loopback, 0);
            options.Limits.MaxRequestBodySize = null;
        });
        var pipeline = new BarePipeline(builder.Build(), await RawTable.CreateAsync(database.ConnectionString));
        await pipeline._server.StartAsync();
        var addresses = pipeline._server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        pipeline._client.BaseAddress = new Uri(addresses.Addresses.Single());
        return pipeline;
    }

    /// <summary>Sends envelopes, so many in a request, and waits for each answer.</summary>
    public async Task<BareFigures> RunAsync(int envelopes, int envelopesPerRequest, CancellationToken cancellation)
    {
        var bytes = new byte[envelopesPerRequest * EnvelopeSize];
        Random.Shared.NextBytes(bytes);
        var times = new AppendTimes();
        for (var left = envelopes; left > 0; left -= envelopesPerRequest)
        {
            var length = Math.Min(left, envelopesPerRequest) * EnvelopeSize;
            await times.TimeAsync(() => PostAsync(bytes.AsMemory(0, length), cancellation));
        }

        var figures = times.Figures(envelopesPerRequest);
        return new BareFigures
        {
            EnvelopesPerRequest = envelopesPerRequest,
            EnvelopesPerSecond = Math.Round(envelopes / times.Total.TotalSeconds),
            AnswerP50Ms = Math.Round(figures.P50Ms, 3),
            AnswerP99Ms = Math.Round(figures.P99Ms, 3),
        };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        await _table.DisposeAsync();
    }

    private async Task PostAsync(ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        using var content = new ReadOnlyMemoryContent(body);
        using var answer = await _client.PostAsync("/", content, cancellation);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>One request is under way at a time, so that the table's one connection is enough.</summary>
    private async Task AppendAsync(HttpContext context)
    {
        var body = new byte[(int)context.Request.ContentLength!.Value];
        await context.Request.Body.ReadExactlyAsync(body, context.RequestAborted);
        await _table.AppendAsync(++_appended, body);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }
}
