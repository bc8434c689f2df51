using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using DarkPool.Client.Venue;

namespace DarkPool.Client.Http;

/// <summary>The calls of docs/PROTOCOL.md section 10, sent again while the venue is away.</summary>
internal sealed class VenueApi : IDisposable
{
    /// <summary>Report streams and requests share one client; each stream holds a connection of its own.</summary>
    private const int ConnectionsPerVenue = 16_384;

    /// <summary>The limit of a request covers its whole answer, which is small, except for report streams.</summary>
    private const HttpCompletionOption Buffered = HttpCompletionOption.ResponseContentRead;

    private static readonly MediaTypeHeaderValue Octets = new("application/octet-stream");

    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly TimeSpan _retryFor;
    private readonly TimeSpan _requestTimeout;

    public VenueApi(DarkPoolClientOptions options)
    {
        _http = new HttpClient(options.Handler?.Invoke() ?? new SocketsHttpHandler { MaxConnectionsPerServer = ConnectionsPerVenue })
        {
            BaseAddress = options.Venue,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _time = options.Time;
        _retryFor = options.RetryFor;
        _requestTimeout = options.RequestTimeout;
    }

    public Task<VenueDescription> GetVenueAsync(CancellationToken cancellation) =>
        GetJsonAsync<VenueDescription>("v1/venue", cancellation);

    public Task<AttestationAnswer> GetAttestationAsync(string nonce, CancellationToken cancellation) =>
        GetJsonAsync<AttestationAnswer>("v1/attestation?nonce=" + nonce, cancellation);

    public Task<ReservesAnswer> GetReservesAsync(CancellationToken cancellation) =>
        GetJsonAsync<ReservesAnswer>("v1/reserves", cancellation);

    public Task<LiquidationsAnswer> GetLiquidationsAsync(ulong after, CancellationToken cancellation) =>
        GetJsonAsync<LiquidationsAnswer>(string.Create(CultureInfo.InvariantCulture, $"v1/liquidations?after={after}"), cancellation);

    public Task<TapePage> GetTapeAsync(ulong after, int limit, CancellationToken cancellation) =>
        GetJsonAsync<TapePage>(string.Create(CultureInfo.InvariantCulture, $"v1/tape?after={after}&limit={limit}"), cancellation);

    /// <summary>Opens a session with one hello. Not sent again: another attempt needs another hello.</summary>
    /// <returns>The answer, or null if the venue was away.</returns>
    public async Task<SessionAnswer?> TryOpenSessionAsync(ReadOnlyMemory<byte> hello, CancellationToken cancellation)
    {
        using HttpResponseMessage? answer = await TrySendAsync(() => Post("v1/sessions", hello), Buffered, cancellation);
        return answer is null ? null : await ReadJsonAsync<SessionAnswer>(answer, cancellation);
    }

    /// <summary>Sends envelopes until the venue has taken them.</summary>
    /// <returns>Receipts, one after another.</returns>
    /// <exception cref="DarkPoolException">Refused for good, or away for too long.</exception>
    public async Task<byte[]> PostEnvelopesAsync(ReadOnlyMemory<byte> envelopes, CancellationToken cancellation)
    {
        var pace = new RetryPace(_time, _retryFor);
        while (true)
        {
            if (await TryPostEnvelopesAsync(envelopes, cancellation) is { } receipts)
                return receipts;
            await WaitAsync(pace, cancellation);
        }
    }

    /// <summary>Opens a report stream; the caller reads server-sent events from it and disposes it.</summary>
    /// <returns>The response, or null if the venue was away.</returns>
    public async Task<HttpResponseMessage?> TryOpenReportsAsync(ulong session, string attach, CancellationToken cancellation)
    {
        string query = string.Create(CultureInfo.InvariantCulture, $"v1/reports?session={session}&attach={attach}");
        return await TrySendAsync(
            () => new HttpRequestMessage(HttpMethod.Get, query), HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    /// <summary>A pace for calls that the caller repeats itself.</summary>
    public RetryPace Pace() => new(_time, _retryFor);

    /// <exception cref="DarkPoolException">The pace's deadline has passed.</exception>
    public static async ValueTask WaitAsync(RetryPace pace, CancellationToken cancellation)
    {
        if (!await pace.WaitAsync(cancellation))
            throw new DarkPoolException(DarkPoolError.VenueUnreachable, "The venue does not answer, or is not able to serve.");
    }

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage Post(string path, ReadOnlyMemory<byte> body)
    {
        var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = Octets;
        return new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
    }

    private async Task<byte[]?> TryPostEnvelopesAsync(ReadOnlyMemory<byte> envelopes, CancellationToken cancellation)
    {
        using HttpResponseMessage? answer = await TrySendAsync(() => Post("v1/envelopes", envelopes), Buffered, cancellation);
        return answer is null ? null : await answer.Content.ReadAsByteArrayAsync(cancellation);
    }

    private async Task<T> GetJsonAsync<T>(string path, CancellationToken cancellation)
    {
        RetryPace pace = Pace();
        while (true)
        {
            using (HttpResponseMessage? answer = await TrySendAsync(
                () => new HttpRequestMessage(HttpMethod.Get, path), Buffered, cancellation))
            {
                if (answer is not null)
                    return await ReadJsonAsync<T>(answer, cancellation);
            }
            await WaitAsync(pace, cancellation);
        }
    }

    private static async Task<T> ReadJsonAsync<T>(HttpResponseMessage answer, CancellationToken cancellation)
    {
        try
        {
            return await answer.Content.ReadFromJsonAsync<T>(cancellation) ?? throw new JsonException("null");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new DarkPoolException(DarkPoolError.ProtocolViolation, "The venue's answer has not the form of the protocol.", e);
        }
    }

    /// <summary>One attempt: null if the venue is away for now.</summary>
    private async Task<HttpResponseMessage?> TrySendAsync(
        Func<HttpRequestMessage> request, HttpCompletionOption completion, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using ITimer timer = _time.CreateTimer(_ => limit.Cancel(), null, _requestTimeout, Timeout.InfiniteTimeSpan);
        try
        {
            using HttpRequestMessage message = request();
            HttpResponseMessage answer = await _http.SendAsync(message, completion, limit.Token);
            if (answer.IsSuccessStatusCode)
                return answer;
            using (answer)
            {
                if (TransientFailure.Is(answer.StatusCode))
                    return null;
                Problem problem = await Problem.ReadAsync(answer, limit.Token);
                throw Refused(answer.StatusCode, problem);
            }
        }
        catch (Exception e) when (TransientFailure.Is(e) && !cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    private static DarkPoolException Refused(HttpStatusCode status, Problem problem)
    {
        DarkPoolError error = problem.Slug == "attach-refused" ? DarkPoolError.SessionLost : DarkPoolError.RequestRefused;
        return new DarkPoolException(error, string.Create(
            CultureInfo.InvariantCulture, $"The venue refused the request: {(int)status} {problem.Slug} {problem.Detail}"));
    }
}
