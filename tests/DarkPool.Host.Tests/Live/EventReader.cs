using System.Net;
using Xunit;

namespace DarkPool.Host.Tests.Live;

/// <summary>Reads server-sent events one by one.</summary>
internal sealed class EventReader : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private EventReader(HttpResponseMessage response, Stream body)
    {
        _response = response;
        _lines = new StreamReader(body);
    }

    public static async Task<EventReader> OpenAsync(HttpClient http, string path, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (accept is not null) request.Headers.Accept.ParseAdd(accept);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new EventReader(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event; null when the stream has ended.</summary>
    public async Task<ServerSentEvent?> NextAsync()
    {
        string? name = null, id = null, data = null;
        while (await _lines.ReadLineAsync() is { } line)
        {
            if (line.Length == 0 && data is not null) return new ServerSentEvent(name, id, data);
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0) continue;
            var value = line[(colon + 2)..];
            switch (line[..colon])
            {
                case "event": name = value; break;
                case "id": id = value; break;
                case "data": data = value; break;
            }
        }

        return null;
    }

    public void Dispose()
    {
        _lines.Dispose();
        _response.Dispose();
    }
}

internal sealed record ServerSentEvent(string? Name, string? Id, string Data)
{
    public byte[] Bytes => Convert.FromBase64String(Data);
}
