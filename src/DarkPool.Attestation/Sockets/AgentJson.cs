using System.Runtime.InteropServices;
using System.Text.Json;

namespace DarkPool.Attestation.Sockets;

/// <summary>Writes requests to an agent and reads its answers. An answer of another form is an <see cref="IOException"/>.</summary>
internal sealed class AgentJson : IDisposable
{
    private readonly string _path;
    private readonly JsonDocument _document;

    private AgentJson(string path, JsonDocument document)
    {
        _path = path;
        _document = document;
    }

    private JsonElement Root => _document.RootElement;

    public static AgentJson Parse(string path, byte[] body)
    {
        try
        {
            var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return new AgentJson(path, document);
            document.Dispose();
            throw new IOException($"{path}: the agent's answer is not an object.");
        }
        catch (JsonException exception)
        {
            throw new IOException($"{path}: the agent's answer is not JSON.", exception);
        }
    }

    public static byte[] Write(Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    public string Text(string name) => Root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        ? value.GetString()!
        : throw Wrong(name);

    public byte[] Hex(string name) => Root.TryGetProperty(name, out var value) ? Decode(value, name) : throw Wrong(name);

    public IReadOnlyList<byte[]> HexList(string name) => Root.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
        ? [.. list.EnumerateArray().Select(item => Decode(item, name))]
        : throw Wrong(name);

    public IReadOnlyDictionary<string, string> Texts() =>
        Root.EnumerateObject().ToDictionary(member => member.Name, member => Text(member.Name));

    public void Dispose() => _document.Dispose();

    /// <summary>Decoded from the answer's own bytes: the value may be a key, and a string could not be wiped.</summary>
    private byte[] Decode(JsonElement value, string name)
    {
        if (value.ValueKind != JsonValueKind.String) throw Wrong(name);
        var quoted = JsonMarshal.GetRawUtf8Value(value);
        var hex = quoted[1..^1];
        if (hex.StartsWith("0x"u8)) hex = hex[2..];
        var bytes = new byte[hex.Length / 2];
        var status = Convert.FromHexString(hex, bytes, out var read, out _);
        return status == System.Buffers.OperationStatus.Done && read == hex.Length ? bytes : throw Wrong(name);
    }

    private IOException Wrong(string name) => new($"{_path}: '{name}' in the agent's answer is missing or of another form.");
}
