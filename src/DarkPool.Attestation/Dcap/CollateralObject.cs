using System.Globalization;
using System.Text.Json;

namespace DarkPool.Attestation.Dcap;

/// <summary>Reads the members of Intel's collateral. Whatever is missing or of another form is a <see cref="JsonException"/>.</summary>
internal readonly struct CollateralObject(JsonElement element)
{
    /// <summary>Documents nest at most seven deep; a name that stands twice has no one meaning.</summary>
    public static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <summary>Most items in one list; Intel's longest has some twenty.</summary>
    private const int MaxItems = 256;

    /// <summary>
    /// What the JSON reader throws for hostile bytes: unpaired surrogates in escapes are found only when text is taken out, and then as an
    /// <see cref="InvalidOperationException"/>.
    /// </summary>
    public static bool IsBadJson(Exception exception) => exception is JsonException or InvalidOperationException;

    public bool Has(string name) => Try(name) is not null;

    public string Text(string name) => Get(name, JsonValueKind.String).GetString()!;

    public uint Number(string name) =>
        Get(name, JsonValueKind.Number).TryGetUInt32(out var number) ? number : throw Wrong(name, "not a 32-bit number");

    public byte SmallNumber(string name) =>
        Get(name, JsonValueKind.Number).TryGetByte(out var number) ? number : throw Wrong(name, "not a number from 0 to 255");

    public DateTimeOffset Time(string name) =>
        DateTimeOffset.TryParseExact(
            Text(name), "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw Wrong(name, "not a time");

    public byte[] Hex(string name, int length)
    {
        var bytes = new byte[length];
        var text = Text(name);
        var status = Convert.FromHexString(text, bytes, out var read, out var written);
        return status == System.Buffers.OperationStatus.Done && read == text.Length && written == length
            ? bytes
            : throw Wrong(name, $"not {length} bytes of hex");
    }

    public CollateralObject Object(string name) => new(Get(name, JsonValueKind.Object));

    public IEnumerable<CollateralObject> Objects(string name)
    {
        var list = Get(name, JsonValueKind.Array);
        if (list.GetArrayLength() > MaxItems) throw Wrong(name, "too many");
        return list.EnumerateArray().Select(item =>
            item.ValueKind == JsonValueKind.Object ? new CollateralObject(item) : throw Wrong(name, "not a list of objects"));
    }

    /// <summary>Advisory ids; empty if the member is missing.</summary>
    public IReadOnlyList<string> Advisories()
    {
        if (!Has("advisoryIDs")) return [];
        var list = Get("advisoryIDs", JsonValueKind.Array);
        if (list.GetArrayLength() > MaxItems) throw Wrong("advisoryIDs", "too many");
        return [.. list.EnumerateArray().Select(item =>
            item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Wrong("advisoryIDs", "not a list of strings"))];
    }

    public TcbStatus Status(params ReadOnlySpan<TcbStatus> allowed)
    {
        var name = Text("tcbStatus");
        foreach (var status in allowed)
        {
            if (status.ToString() == name) return status;
        }

        throw Wrong("tcbStatus", $"'{name}' is not a status known here");
    }

    private JsonElement Get(string name, JsonValueKind kind) =>
        Try(name) is { } value && value.ValueKind == kind ? value : throw Wrong(name, $"missing or not a {kind}");

    private static JsonException Wrong(string name, string what) => new($"{name}: {what}");

    private JsonElement? Try(string name) => element.TryGetProperty(name, out var value) ? value : null;
}
