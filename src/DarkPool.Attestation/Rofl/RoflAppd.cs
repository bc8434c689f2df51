using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DarkPool.Attestation.Sockets;

namespace DarkPool.Attestation.Rofl;

/// <summary>Oasis' application daemon, REST over HTTP on a Unix socket: what a ROFL application asks of its platform.</summary>
public sealed class RoflAppd : IDisposable
{
    /// <summary>Where the daemon listens in an application's container.</summary>
    public const string DefaultSocketPath = "/run/rofl-appd.sock";

    private const int KeyLength = 32;

    private readonly UnixSocketHttp _http;

    /// <summary>A daemon behind a socket.</summary>
    public RoflAppd(string socketPath = DefaultSocketPath) => _http = new UnixSocketHttp(socketPath);

    /// <summary>The application's id, <c>rofl1...</c></summary>
    /// <exception cref="IOException">The daemon is unreachable or refuses.</exception>
    public async Task<string> GetAppIdAsync(CancellationToken cancellationToken)
    {
        const string Path = "/rofl/v1/app/id";
        var text = Encoding.UTF8.GetString(await _http.GetAsync(Path, cancellationToken)).Trim();
        return RoflAppId.TryParse(text) is null ? throw new IOException($"{Path}: the daemon's answer is not an application id.") : text;
    }

    /// <summary>
    /// 32 bytes derived for this application and <paramref name="keyId"/>: the same in each of its instances, on every machine. The caller
    /// zeroes them.
    /// </summary>
    /// <exception cref="IOException">The daemon is unreachable or refuses.</exception>
    public async Task<byte[]> GenerateKeyAsync(string keyId, CancellationToken cancellationToken)
    {
        const string Path = "/rofl/v1/keys/generate";
        var request = AgentJson.Write(json =>
        {
            json.WriteString("key_id", keyId);
            json.WriteString("kind", "raw-256");
        });
        var body = await _http.PostJsonAsync(Path, request, cancellationToken);
        try
        {
            using var answer = AgentJson.Parse(Path, body);
            var key = answer.Hex("key");
            return key.Length == KeyLength ? key : throw new IOException($"{Path}: the daemon's key has not {KeyLength} bytes.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(body);
        }
    }

    /// <summary>What the application published in its registration on chain.</summary>
    /// <exception cref="IOException">The daemon is unreachable or refuses.</exception>
    public async Task<IReadOnlyDictionary<string, string>> GetMetadataAsync(CancellationToken cancellationToken)
    {
        const string Path = "/rofl/v1/metadata";
        using var answer = AgentJson.Parse(Path, await _http.GetAsync(Path, cancellationToken));
        return answer.Texts();
    }

    /// <summary>Adds to what the application publishes; the daemon registers anew if that changes anything.</summary>
    /// <exception cref="IOException">The daemon is unreachable or refuses.</exception>
    public async Task PublishMetadataAsync(IReadOnlyDictionary<string, string> pairs, CancellationToken cancellationToken)
    {
        var request = AgentJson.Write(json =>
        {
            foreach (var (name, value) in pairs) json.WriteString(name, value);
        });
        await _http.SendAsync(HttpMethod.Put, "/rofl/v1/metadata", request, cancellationToken);
    }

    /// <summary>
    /// Has the daemon sign a contract call with a key that the chain knows to be of this application, send it, and wait for its result.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="encrypt">Whether the call's data is hidden from everybody but the chain's own enclaves.</param>
    /// <param name="cancellationToken">Ends the exchange, not the transaction.</param>
    /// <exception cref="IOException">The daemon is unreachable, refuses, or answers something else than a result.</exception>
    public async Task<RoflCallResult> SubmitAsync(RoflCall call, bool encrypt, CancellationToken cancellationToken)
    {
        const string Path = "/rofl/v1/tx/sign-submit";
        var request = AgentJson.Write(json =>
        {
            json.WriteBoolean("encrypt", encrypt);
            json.WriteStartObject("tx");
            json.WriteString("kind", "eth");
            json.WriteStartObject("data");
            json.WriteNumber("gas_limit", call.GasLimit);
            json.WriteString("to", Convert.ToHexStringLower(call.To.Span));
            json.WritePropertyName("value");
            json.WriteRawValue(call.Value.ToString(CultureInfo.InvariantCulture));
            json.WriteString("data", Convert.ToHexStringLower(call.Data.Span));
            json.WriteEndObject();
            json.WriteEndObject();
        });
        using var answer = AgentJson.Parse(Path, await _http.PostJsonAsync(Path, request, cancellationToken));
        return RoflCallResult.TryRead(answer.Hex("data"), out var result)
            ? result
            : throw new IOException($"{Path}: the daemon's answer is not a call result.");
    }

    /// <summary>Closes the connection to the daemon.</summary>
    public void Dispose() => _http.Dispose();
}

/// <summary>A call of a contract.</summary>
/// <param name="To">Address, 20 bytes.</param>
/// <param name="Value">Base units of the chain's currency.</param>
/// <param name="Data">Call data.</param>
/// <param name="GasLimit">Most gas to use.</param>
public sealed record RoflCall(ReadOnlyMemory<byte> To, UInt128 Value, ReadOnlyMemory<byte> Data, ulong GasLimit);
