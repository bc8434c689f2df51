using System.Net;
using System.Net.Sockets;

namespace DarkPool.Attestation.Sockets;

/// <summary>HTTP over a Unix domain socket, to an agent on the same machine. Every failure is an <see cref="IOException"/>.</summary>
internal sealed class UnixSocketHttp : IDisposable
{
    /// <summary>Longest answer read, in bytes: a quote with its event log stays below.</summary>
    private const int MaxResponseLength = 2 * 1024 * 1024;

    /// <summary>How much of an agent's error text is passed on.</summary>
    private const int MaxErrorLength = 256;

    /// <summary>An agent may have to ask a quoting service or a chain.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly HttpClient _client;

    public UnixSocketHttp(string socketPath)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellationToken);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
            UseProxy = false,
            AllowAutoRedirect = false,
        };
        _client = new HttpClient(handler)
        {
            BaseAddress = new Uri("http://localhost"),
            Timeout = Timeout,
            MaxResponseContentBufferSize = MaxResponseLength,
        };
    }

    public Task<byte[]> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, null, cancellationToken);

    public Task<byte[]> PostJsonAsync(string path, byte[] json, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, json, cancellationToken);

    public async Task<byte[]> SendAsync(HttpMethod method, string path, byte[]? json, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
        {
            request.Content = new ByteArrayContent(json);
            request.Content.Headers.ContentType = new("application/json");
        }

        try
        {
            using var response = await _client.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return response.StatusCode == HttpStatusCode.OK
                ? body
                : throw new IOException($"{path}: the agent answered {(int)response.StatusCode}: {ErrorText(body)}");
        }
        catch (HttpRequestException exception)
        {
            throw new IOException($"{path}: the agent cannot be reached.", exception);
        }
        catch (TaskCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"{path}: the agent did not answer in time.", exception);
        }
    }

    public void Dispose() => _client.Dispose();

    private static string ErrorText(byte[] body)
    {
        var text = System.Text.Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, MaxErrorLength)));
        return string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));
    }
}
