using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NSec.Cryptography;

namespace DarkPool.Attestation.Testing.Agents;

/// <summary>Oasis' application daemon: derives keys with KMAC256 in two steps, keeps metadata, takes transactions.</summary>
internal sealed class RoflAppdServer : IAsyncDisposable
{
    private const string Domain = "oasis-runtime-sdk/rofl-appd: ";

    private readonly AgentServer _server;
    private readonly byte[] _root;

    public RoflAppdServer(byte[] root)
    {
        _root = root;
        _server = new AgentServer(Answer);
    }

    public string SocketPath => _server.SocketPath;

    /// <summary>The zero id of 21 bytes.</summary>
    public static string AppId => "rofl1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqt5ajpx";

    public IReadOnlyList<string> Requests => _server.Requests;

    public Dictionary<string, string> Metadata { get; } = [];

    /// <summary>The transactions taken, as they were sent.</summary>
    public List<JsonElement> Transactions { get; } = [];

    /// <summary>The call result of the next transaction.</summary>
    public byte[] CallResult { get; set; } = Ok([1, 2, 3]);

    /// <summary>Sends a transaction to a chain and gives its call result; null: <see cref="CallResult"/> is the answer.</summary>
    public Func<JsonElement, byte[]>? Chain { get; set; }

    /// <summary>The algorithm of the daemon's key service.</summary>
    public static byte[] DeriveKey(byte[] root, string kind, string keyId)
    {
        var (number, length) = kind switch { "raw-256" => (1, 32), "raw-384" => (2, 48), "ed25519" => (3, 32), _ => (4, 32) };
        byte[] id = [(byte)number, .. Encoding.UTF8.GetBytes(keyId)];
        var derivationKey = Kmac256.HashData(id, root, 32, Encoding.UTF8.GetBytes(Domain + "derive key derivation key"));
        return Kmac256.HashData(derivationKey, id, length, Encoding.UTF8.GetBytes(Domain + "derive subkey " + kind));
    }

    public static byte[] Ok(byte[] value)
    {
        var cbor = new CborWriter();
        cbor.WriteStartMap(1);
        cbor.WriteTextString("ok");
        cbor.WriteByteString(value);
        cbor.WriteEndMap();
        return cbor.Encode();
    }

    public static byte[] Fail(string module, uint code, string message)
    {
        var cbor = new CborWriter();
        cbor.WriteStartMap(1);
        cbor.WriteTextString("fail");
        cbor.WriteStartMap(3);
        cbor.WriteTextString("code");
        cbor.WriteUInt32(code);
        cbor.WriteTextString("module");
        cbor.WriteTextString(module);
        cbor.WriteTextString("message");
        cbor.WriteTextString(message);
        cbor.WriteEndMap();
        cbor.WriteEndMap();
        return cbor.Encode();
    }

    /// <summary>The public key of the evidence that the provider makes here.</summary>
    public string EvidenceKey
    {
        get
        {
            using var key = Key.Import(
                SignatureAlgorithm.Ed25519, DeriveKey(_root, "raw-256", "darkpool/v1/evidence"), KeyBlobFormat.RawPrivateKey);
            return Convert.ToHexStringLower(key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
        }
    }

    /// <summary>What a node answers to <c>rofl.AppInstances</c> while this application is registered.</summary>
    public byte[] Instances() => InstancesWith(Metadata);

    /// <summary>The same for an instance that published an evidence key; none is registered if it is null.</summary>
    public static byte[] InstancesOf(string? evidenceKey) => InstancesWith(
        evidenceKey is null ? null : new Dictionary<string, string> { ["darkpool.evidence-key"] = evidenceKey });

    private static byte[] InstancesWith(Dictionary<string, string>? metadata)
    {
        var cbor = new CborWriter();
        cbor.WriteStartArray(metadata is null ? 0 : 1);
        if (metadata is not null) WriteInstance(cbor, metadata);
        cbor.WriteEndArray();
        return cbor.Encode();
    }

    private static void WriteInstance(CborWriter cbor, Dictionary<string, string> metadata)
    {
        cbor.WriteStartMap(3);
        cbor.WriteTextString("app");
        cbor.WriteByteString(new byte[21]);
        cbor.WriteTextString("expiration");
        cbor.WriteUInt64(40_000);
        cbor.WriteTextString("metadata");
        cbor.WriteStartMap(metadata.Count);
        foreach (var (name, value) in metadata)
        {
            cbor.WriteTextString("net.oasis.app." + name);
            cbor.WriteTextString(value);
        }

        cbor.WriteEndMap();
        cbor.WriteEndMap();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private AgentAnswer Answer(string method, string path, string body)
    {
        switch (method, path)
        {
            case ("GET", "/rofl/v1/app/id"):
                return new(AppId, ContentType: "text/plain");
            case ("GET", "/rofl/v1/metadata"):
                return new(JsonSerializer.Serialize(Metadata));
            case ("PUT", "/rofl/v1/metadata"):
                foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, string>>(body)!) Metadata[name] = value;
                return new("", ContentType: "text/plain");
            case ("POST", "/rofl/v1/keys/generate"):
                var request = JsonSerializer.Deserialize<Dictionary<string, string>>(body)!;
                var key = DeriveKey(_root, request["kind"], request["key_id"]);
                return new(JsonSerializer.Serialize(new { key = Convert.ToHexStringLower(key) }));
            case ("POST", "/rofl/v1/tx/sign-submit"):
                using (var json = JsonDocument.Parse(body)) Transactions.Add(json.RootElement.Clone());
                var result = Chain?.Invoke(Transactions[^1]) ?? CallResult;
                return new(JsonSerializer.Serialize(new { data = Convert.ToHexStringLower(result) }));
            default:
                return new("no such endpoint", 400, "text/plain");
        }
    }
}
