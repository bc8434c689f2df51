using System.Net.Sockets;
using System.Text;

namespace DarkPool.Attestation.Testing.Agents;

/// <summary>What an agent answers.</summary>
internal sealed record AgentAnswer(string Body, int Status = 200, string ContentType = "application/json")
{
    /// <summary>A body that is not text, in place of the other.</summary>
    public byte[]? Bytes { get; init; }

    /// <summary>One more header field, as a line.</summary>
    public string? Header { get; init; }
}

/// <summary>
/// A small HTTP/1.1 server on a Unix socket, as the agents of confidential platforms are: one request per connection or several, answers
/// with Content-Length.
/// </summary>
internal sealed class AgentServer : IAsyncDisposable
{
    private const int MaxHeaderLength = 16 * 1024;

    private readonly TemporaryFolder _folder = new();
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Func<string, string, string, AgentAnswer> _answer;
    private readonly Task _accepting;

    /// <param name="answer">From method, path and body to the answer.</param>
    public AgentServer(Func<string, string, string, AgentAnswer> answer)
    {
        _answer = answer;
        SocketPath = Path.Combine(_folder.Path, "agent.sock");
        _listener.Bind(new UnixDomainSocketEndPoint(SocketPath));
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    public string SocketPath { get; }

    /// <summary>Method and path of every request so far.</summary>
    public List<string> Requests { get; } = [];

    public async ValueTask DisposeAsync()
    {
        if (_accepting.IsCompleted) return;
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stopping.Dispose();
        _folder.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync(_stopping.Token);
                _ = ServeAsync(socket);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            while (await ReadHeadAsync(stream) is { } head)
            {
                var lines = head.Split("\r\n");
                var length = lines.Select(line => line.Split(':', 2)).Where(pair => pair.Length == 2)
                    .Where(pair => pair[0].Equals("content-length", StringComparison.OrdinalIgnoreCase)).Select(pair => int.Parse(pair[1]))
                    .FirstOrDefault();
                var body = new byte[length];
                await stream.ReadExactlyAsync(body, _stopping.Token);
                var request = lines[0].Split(' ');
                lock (Requests) Requests.Add($"{request[0]} {request[1]}");
                await stream.WriteAsync(Encode(_answer(request[0], request[1], Encoding.UTF8.GetString(body))), _stopping.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The client went away, or the server stops.
        }
    }

    /// <summary>Request line and header fields; null at the end of the connection.</summary>
    private async Task<string?> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (head.Length < MaxHeaderLength)
        {
            if (await stream.ReadAsync(one, _stopping.Token) == 0) return null;
            head.Append((char)one[0]);
            if (head.Length >= 4 && head.ToString(head.Length - 4, 4) == "\r\n\r\n") return head.ToString(0, head.Length - 4);
        }

        return null;
    }

    private static byte[] Encode(AgentAnswer answer)
    {
        var body = answer.Bytes ?? Encoding.UTF8.GetBytes(answer.Body);
        var head = $"HTTP/1.1 {answer.Status} {(answer.Status == 200 ? "OK" : "Error")}\r\n"
            + $"Content-Type: {answer.ContentType}\r\nContent-Length: {body.Length}\r\n"
            + (answer.Header is null ? "\r\n" : $"{answer.Header}\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }
}
