using System.Security.Cryptography;
using DarkPool.Attestation.Sockets;

namespace DarkPool.Attestation.Dstack;

/// <summary>Phala's dstack guest agent, version 0.5: JSON over HTTP on a Unix socket, bytes in hex.</summary>
internal sealed class DstackAgent(string socketPath) : IDisposable
{
    private readonly UnixSocketHttp _http = new(socketPath);

    /// <summary>Where the agent's socket may be, in the order in which Phala's own client looks.</summary>
    public static IReadOnlyList<string> SocketPaths { get; } =
        ["/var/run/dstack.sock", "/run/dstack.sock", "/var/run/dstack/dstack.sock", "/run/dstack/dstack.sock"];

    /// <summary>The first socket that exists, or the first of the list.</summary>
    public static string FindSocket() => SocketPaths.FirstOrDefault(File.Exists) ?? SocketPaths[0];

    public async Task<DstackQuote> GetQuoteAsync(ReadOnlyMemory<byte> reportData, CancellationToken cancellationToken)
    {
        const string Path = "/GetQuote";
        var request = AgentJson.Write(json => json.WriteString("report_data", Convert.ToHexStringLower(reportData.Span)));
        using var answer = AgentJson.Parse(Path, await _http.PostJsonAsync(Path, request, cancellationToken));
        return new DstackQuote(answer.Hex("quote"), answer.Text("event_log"));
    }

    /// <summary>
    /// The key of a path. It is derived from the path alone, whatever the purpose and algorithm, so every use has a path of its own.
    /// </summary>
    public async Task<DstackKey> GetKeyAsync(string path, string purpose, CancellationToken cancellationToken)
    {
        const string Path = "/GetKey";
        var request = AgentJson.Write(json =>
        {
            json.WriteString("path", path);
            json.WriteString("purpose", purpose);
            json.WriteString("algorithm", "secp256k1");
        });
        var body = await _http.PostJsonAsync(Path, request, cancellationToken);
        try
        {
            using var answer = AgentJson.Parse(Path, body);
            var key = answer.Hex("key");
            return key.Length == DstackKey.Length
                ? new DstackKey(key, answer.HexList("signature_chain"))
                : throw new IOException($"{Path}: the agent's key has not {DstackKey.Length} bytes.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(body);
        }
    }

    /// <summary>The application's id: 20 bytes, the address of its contract or the start of its compose hash.</summary>
    public async Task<byte[]> GetAppIdAsync(CancellationToken cancellationToken)
    {
        const string Path = "/Info";
        using var answer = AgentJson.Parse(Path, await _http.PostJsonAsync(Path, "{}"u8.ToArray(), cancellationToken));
        return answer.Hex("app_id");
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>What the agent answers to a request for a quote.</summary>
internal sealed record DstackQuote(byte[] Quote, string EventLog);
