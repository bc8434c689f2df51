using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace DarkPool.EndToEnd.Tests.Platforms;

/// <summary>
/// Stands between client and venue. Passes everything on, and counts what a client sends; on demand it does to the enclave's evidence what
/// somebody in between would like to.
/// </summary>
internal sealed class HostileRelay : IAsyncDisposable
{
    private const int ChunkLength = 16 * 1024;

    private readonly HttpListener _listener = new();
    private readonly HttpClient _venue;
    private readonly Task _serving;
    private JsonObject? _kept;
    private int _sealed;

    public HostileRelay(Uri venue)
    {
        _venue = new HttpClient { BaseAddress = venue, Timeout = Timeout.InfiniteTimeSpan };
        Url = new Uri($"http://127.0.0.1:{FreePort()}/");
        _listener.Prefixes.Add(Url.ToString());
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Url { get; }

    /// <summary>Requests with something sealed in them: hellos and commands.</summary>
    public int Sealed => Volatile.Read(ref _sealed);

    /// <summary>Claims an encryption key of the relay's own in place of the enclave's.</summary>
    public bool OwnKey { get; set; }

    /// <summary>Answers with the evidence that the first client got, for every nonce.</summary>
    public bool OldEvidence { get; set; }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
        _venue.Dispose();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
                _ = AnswerAsync(await _listener.GetContextAsync());
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            using HttpResponseMessage answer = await PassOnAsync(context.Request);
            context.Response.StatusCode = (int)answer.StatusCode;
            context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            await using Stream body = await answer.Content.ReadAsStreamAsync();
            await using Stream output = context.Response.OutputStream;
            var chunk = new byte[ChunkLength];
            while (await body.ReadAsync(chunk) is var read && read > 0)
            {
                await output.WriteAsync(chunk.AsMemory(0, read));
                await output.FlushAsync();
            }
        }
        catch (Exception e) when (e is HttpListenerException or HttpRequestException or IOException or ObjectDisposedException)
        {
            context.Response.Abort();
        }
    }

    private async Task<HttpResponseMessage> PassOnAsync(HttpListenerRequest request)
    {
        using var passed = new HttpRequestMessage(new HttpMethod(request.HttpMethod), request.Url!.PathAndQuery);
        if (request.HasEntityBody)
        {
            Interlocked.Increment(ref _sealed);
            using var body = new MemoryStream();
            await request.InputStream.CopyToAsync(body);
            passed.Content = new ByteArrayContent(body.ToArray());
            passed.Content.Headers.ContentType = new(request.ContentType!);
        }
        HttpResponseMessage answer = await _venue.SendAsync(passed, HttpCompletionOption.ResponseHeadersRead);
        return request.Url.AbsolutePath == "/v1/attestation" && answer.IsSuccessStatusCode ? await TamperAsync(answer) : answer;
    }

    private async Task<HttpResponseMessage> TamperAsync(HttpResponseMessage answer)
    {
        JsonObject document = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
        _kept ??= document.DeepClone().AsObject();
        if (OldEvidence)
        {
            string nonce = document["nonce"]!.GetValue<string>();
            document = _kept.DeepClone().AsObject();
            document["nonce"] = nonce;
        }
        if (OwnKey)
        {
            using var own = NSec.Cryptography.Key.Create(NSec.Cryptography.KeyAgreementAlgorithm.X25519);
            byte[] key = own.PublicKey.Export(NSec.Cryptography.KeyBlobFormat.RawPublicKey);
            document["claims"]!["encryptionKey"] = Convert.ToHexStringLower(key);
        }
        answer.Content = new StringContent(document.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
        return answer;
    }
}
