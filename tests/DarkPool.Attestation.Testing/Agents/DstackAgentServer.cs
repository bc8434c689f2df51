using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DarkPool.Attestation.Dstack;

namespace DarkPool.Attestation.Testing.Agents;

/// <summary>
/// dstack's guest agent: derives keys from an application key with HKDF-SHA256 (salt "RATLS", info the path) and signs them, quotes with a
/// platform that the test gives.
/// </summary>
internal sealed class DstackAgentServer : IAsyncDisposable
{
    private readonly AgentServer _server;
    private readonly byte[] _appKey;
    private readonly byte[] _kmsKey;
    private readonly byte[] _appId;
    private readonly Func<byte[], (byte[] Quote, string EventLog)>? _quote;

    public DstackAgentServer(byte[] appKey, byte[] kmsKey, byte[] appId, Func<byte[], (byte[] Quote, string EventLog)>? quote = null)
    {
        (_appKey, _kmsKey, _appId, _quote) = (appKey, kmsKey, appId, quote);
        _server = new AgentServer(Answer);
    }

    public string SocketPath => _server.SocketPath;

    public IReadOnlyList<string> Requests => _server.Requests;

    /// <summary>The key management service's public key.</summary>
    public byte[] KmsRoot => RecoverableSignature.TryPublicKey(_kmsKey)!;

    public static byte[] DeriveKey(byte[] secret, params string[] context) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, "RATLS"u8.ToArray(), Encoding.UTF8.GetBytes(string.Concat(context)));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private AgentAnswer Answer(string method, string path, string body)
    {
        using var json = JsonDocument.Parse(body);
        var request = json.RootElement;
        return (method, path) switch
        {
            ("POST", "/Version") => new("""{"version":"0.5.8","rev":"test"}"""),
            ("POST", "/Info") => new(JsonSerializer.Serialize(Info())),
            ("POST", "/GetKey") => GetKey(request),
            ("POST", "/GetQuote") when _quote is not null => GetQuote(request),
            _ => new("""{"error":"no such method"}""", 400),
        };
    }

    private Dictionary<string, string> Info() => new()
    {
        ["app_id"] = Convert.ToHexStringLower(_appId),
        ["instance_id"] = new string('1', 40),
        ["app_name"] = "test",
        ["tcb_info"] = "{}",
        ["compose_hash"] = new string('2', 64),
    };

    private AgentAnswer GetKey(JsonElement request)
    {
        var algorithm = request.GetProperty("algorithm").GetString();
        if (algorithm is not ("secp256k1" or "k256" or "ed25519" or "")) return new("""{"error":"unsupported algorithm"}""", 400);
        var key = DeriveKey(_appKey, request.GetProperty("path").GetString()!);
        var publicKey = algorithm == "ed25519" ? Ed25519PublicKey(key) : RecoverableSignature.TryPublicKey(key)!;
        var purpose = request.GetProperty("purpose").GetString();
        var message = Encoding.UTF8.GetBytes($"{purpose}:{Convert.ToHexStringLower(publicKey)}");
        byte[] issued = [.. "dstack-kms-issued:"u8, .. _appId, .. RecoverableSignature.TryPublicKey(_appKey)!];
        return new(JsonSerializer.Serialize(new
        {
            key = Convert.ToHexStringLower(key),
            signature_chain = new[]
            {
                Convert.ToHexStringLower(RecoverableSigner.Sign(_appKey, message)),
                Convert.ToHexStringLower(RecoverableSigner.Sign(_kmsKey, issued)),
            },
        }));
    }

    private AgentAnswer GetQuote(JsonElement request)
    {
        var given = Convert.FromHexString(request.GetProperty("report_data").GetString()!);
        if (given.Length > 64) return new("""{"error":"report data is too long"}""", 400);
        var reportData = new byte[64];
        given.CopyTo(reportData, 0);
        var (quote, eventLog) = _quote!(reportData);
        return new(JsonSerializer.Serialize(new
        {
            quote = Convert.ToHexStringLower(quote),
            event_log = eventLog,
            report_data = Convert.ToHexStringLower(reportData),
            vm_config = "{}",
        }));
    }

    private static byte[] Ed25519PublicKey(byte[] seed)
    {
        using var key = NSec.Cryptography.Key.Import(
            NSec.Cryptography.SignatureAlgorithm.Ed25519, seed, NSec.Cryptography.KeyBlobFormat.RawPrivateKey);
        return key.PublicKey.Export(NSec.Cryptography.KeyBlobFormat.RawPublicKey);
    }
}
