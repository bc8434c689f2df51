using System.Globalization;
using System.Text.Json;
using DarkPool.Attestation.Rofl;

namespace DarkPool.Attestation.Policies;

/// <summary>One JSON object of a policy, read member by member; what was not read at the end is an error.</summary>
internal sealed class PolicyObject
{
    private readonly Dictionary<string, JsonElement> _unread = new(StringComparer.Ordinal);
    private readonly string _path;

    public PolicyObject(JsonElement element, string path)
    {
        _path = path;
        if (element.ValueKind != JsonValueKind.Object) throw new JsonException($"{path}: not an object");
        foreach (var member in element.EnumerateObject()) _unread.Add(member.Name, member.Value);
    }

    public JsonException Wrong(string name, string what) => new($"{_path}.{name}: {what}");

    public void RefuseUnread()
    {
        if (_unread.Count > 0) throw Wrong(_unread.Keys.First(), "not a member known here");
    }

    public string Text(string name, string? ifMissing = null)
    {
        if (Take(name) is not { } value) return ifMissing ?? throw Wrong(name, "missing");
        return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(name, "not a string");
    }

    public bool Flag(string name) => Take(name)?.ValueKind switch
    {
        null or JsonValueKind.False => false,
        JsonValueKind.True => true,
        _ => throw Wrong(name, "neither true nor false"),
    };

    public long Integer(string name, long least, long most, long? ifMissing)
    {
        if (Take(name) is not { } value) return ifMissing ?? throw Wrong(name, "missing");
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= least && number <= most
            ? number
            : throw Wrong(name, $"not a whole number from {least} to {most}");
    }

    public DateTimeOffset? Time(string name)
    {
        if (Take(name) is not { } value) return null;
        return value.ValueKind == JsonValueKind.String
            && DateTimeOffset.TryParseExact(
                value.GetString()!, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw Wrong(name, "not a time of the form 2030-01-31T00:00:00Z");
    }

    public IReadOnlyList<string>? Texts(string name, IReadOnlyList<string>? ifMissing)
    {
        if (Take(name) is not { } value) return ifMissing;
        if (value.ValueKind != JsonValueKind.Array) throw Wrong(name, "not a list");
        return [.. value.EnumerateArray().Select(item =>
            item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Wrong(name, "not a list of strings"))];
    }

    /// <summary>A list of byte strings in hex, returned in lowercase; of any length if <paramref name="length"/> is null.</summary>
    public IReadOnlyList<string>? Hex(string name, int? length) =>
        Texts(name, null)?.Select(text => HexOf(text, name, length)).ToList();

    public PolicyObject? Object(string name) => Take(name) is { } value ? new PolicyObject(value, $"{_path}.{name}") : null;

    public IEnumerable<PolicyObject> Objects(string name)
    {
        if (Take(name) is not { } value) return [];
        if (value.ValueKind != JsonValueKind.Array) throw Wrong(name, "not a list");
        return value.EnumerateArray().Select((item, index) => new PolicyObject(item, $"{_path}.{name}[{index}]"));
    }

    /// <summary>All members of this object as numbers from 0 to <paramref name="most"/>.</summary>
    public SortedDictionary<string, ulong> Integers(Func<string, bool> known, long most)
    {
        var numbers = new SortedDictionary<string, ulong>(StringComparer.Ordinal);
        foreach (var name in _unread.Keys.Where(known).ToList()) numbers.Add(name, (ulong)Integer(name, 0, most, null));
        RefuseUnread();
        return numbers;
    }

    /// <summary>All members of this object as measurements of <paramref name="kind"/>.</summary>
    public SortedDictionary<string, string> Measurements(EvidenceKind kind)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in _unread.Keys.ToList())
        {
            if (PolicyNames.MeasurementLength(kind, name) is not { } length) continue;
            var text = Text(name);
            values.Add(name, length switch
            {
                PolicyNames.Decimal => DecimalOf(text, name),
                PolicyNames.AppId => RoflAppId.TryParse(text) is not null ? text : throw Wrong(name, "not an application id"),
                _ => HexOf(text, name, length),
            });
        }

        RefuseUnread();
        return values;
    }

    /// <summary>A member's value; null if it is missing or null.</summary>
    private JsonElement? Take(string name) => _unread.Remove(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private string HexOf(string text, string name, int? length)
    {
        if (text.Length % 2 != 0 || text.Length == 0 || !text.All(char.IsAsciiHexDigit)) throw Wrong(name, "not hex");
        if (length is { } bytes && text.Length != bytes * 2) throw Wrong(name, $"not {bytes} bytes of hex");
        return text.ToLowerInvariant();
    }

    private string DecimalOf(string text, string name) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : throw Wrong(name, "not a decimal number from 0 to 65535");
}
