using System.Net;
using System.Text.Json;
using DarkPool.Local.Tools;

namespace DarkPool.Chain.Tests;

/// <summary>What happens to a call on its way.</summary>
internal enum CallFate
{
    /// <summary>It is answered.</summary>
    Answered,

    /// <summary>It never arrives.</summary>
    LostBefore,

    /// <summary>It arrives, but its answer is lost.</summary>
    LostAfter,

    /// <summary>The node answers that it will not.</summary>
    Refused,
}

/// <summary>Stands between a client and a real node, and decides about each call.</summary>
internal sealed class NodeProxy : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly HttpClient _forward = new();
    private readonly Uri _node;
    private readonly Func<string, JsonElement, CallFate> _decide;
    private readonly Task _serving;

    public NodeProxy(Uri node, Func<string, JsonElement, CallFate> decide)
    {
        _node = node;
        _decide = decide;
        Url = new Uri($"http://127.0.0.1:{FreePort.Next()}/");
        _listener.Prefixes.Add(Url.ToString());
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Url { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
        _forward.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            await AnswerAsync(context);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream);
        var body = await reader.ReadToEndAsync();
        var call = JsonSerializer.Deserialize<JsonElement>(body);
        var fate = _decide(call.GetProperty("method").GetString()!, call.GetProperty("params"));
        var answer = "";
        if (fate is CallFate.Answered or CallFate.LostAfter)
        {
            using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            using var response = await _forward.PostAsync(_node, content);
            answer = await response.Content.ReadAsStringAsync();
        }
        else if (fate == CallFate.Refused)
        {
            answer = $"{{\"jsonrpc\":\"2.0\",\"id\":{call.GetProperty("id")},\"error\":{{\"code\":-32005,\"message\":\"refused\"}}}}";
        }

        if (fate is CallFate.LostBefore or CallFate.LostAfter)
        {
            context.Response.Abort();
            return;
        }

        var bytes = System.Text.Encoding.UTF8.GetBytes(answer);
        context.Response.ContentLength64 = bytes.Length;
        await context.Response.OutputStream.WriteAsync(bytes);
        context.Response.Close();
    }
}
