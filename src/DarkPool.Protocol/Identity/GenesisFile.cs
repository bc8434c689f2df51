using System.Text.Json;

namespace DarkPool.Protocol.Identity;

/// <summary>
/// The genesis file: JSON <c>{chainId, vault, registry, shard, governance: {threshold, keys: [hex]}}</c>. Unknown members are refused,
/// because a misspelt one would silently make another venue.
/// </summary>
public static class GenesisFile
{
    /// <summary>A genesis file is small; a longer text is not one.</summary>
    public const int MaxTextLength = 64 * 1024;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    internal static Genesis Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (json.Length > MaxTextLength) throw new FormatException($"A genesis file has at most {MaxTextLength} characters.");
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (JsonException exception)
        {
            throw new FormatException("The genesis file is not JSON: " + exception.Message, exception);
        }
        catch (ArgumentException exception)
        {
            throw new FormatException("The genesis file contradicts itself: " + exception.Message, exception);
        }
    }

    internal static string Write(Genesis genesis) => JsonSerializer.Serialize(
        new
        {
            chainId = genesis.ChainId,
            vault = genesis.Vault.ToString(),
            registry = genesis.Registry.ToString(),
            shard = genesis.Shard,
            governance = new
            {
                threshold = genesis.GovernanceThreshold,
                keys = genesis.GovernanceKeys.Select(key => key.ToString()).ToArray(),
            },
        },
        Indented);

    private static Genesis Read(JsonElement root)
    {
        RequireMembers(root, "the file", "chainId", "vault", "registry", "shard", "governance");
        var governance = root.GetProperty("governance");
        RequireMembers(governance, "governance", "threshold", "keys");
        var keys = governance.GetProperty("keys");
        if (keys.ValueKind != JsonValueKind.Array) throw new FormatException("governance.keys is an array of 64 hex digits each.");
        return new Genesis(
            root.GetProperty("chainId").TryReadUInt64(out var chainId) ? chainId : throw new FormatException("chainId is an integer."),
            Address(root, "vault"),
            Address(root, "registry"),
            root.GetProperty("shard").TryReadUInt32(out var shard) ? shard : throw new FormatException("shard is an integer."),
            governance.GetProperty("threshold").TryReadUInt32(out var threshold) && threshold <= Genesis.MaxGovernanceKeys
                ? (int)threshold
                : throw new FormatException("governance.threshold is an integer from 1 to the number of keys."),
            keys.EnumerateArray().Select(Key).ToArray());
    }

    private static void RequireMembers(JsonElement element, string name, params ReadOnlySpan<string> members)
    {
        if (element.ValueKind != JsonValueKind.Object) throw new FormatException($"Of a genesis file, {name} is an object.");
        var found = 0;
        foreach (var property in element.EnumerateObject())
        {
            if (!members.Contains(property.Name)) throw new FormatException($"Of a genesis file, {name} has no member '{property.Name}'.");
            found++;
        }

        foreach (var member in members)
        {
            if (!element.TryGetProperty(member, out _)) throw new FormatException($"Of a genesis file, {name} lacks '{member}'.");
        }

        if (found != members.Length) throw new FormatException($"Of a genesis file, {name} names a member twice.");
    }

    private static EvmAddress Address(JsonElement root, string name)
    {
        var element = root.GetProperty(name);
        return element.ValueKind == JsonValueKind.String && EvmAddress.TryParse(element.GetString(), out var address)
            ? address
            : throw new FormatException($"{name} is an address of 40 hex digits.");
    }

    private static Bytes32 Key(JsonElement element) =>
        element.ValueKind == JsonValueKind.String && Bytes32.TryParse(element.GetString(), out var key)
            ? key
            : throw new FormatException("A governance key has 64 hex digits.");

    private static bool TryReadUInt64(this JsonElement element, out ulong value)
    {
        value = 0;
        return element.ValueKind == JsonValueKind.Number && element.TryGetUInt64(out value);
    }

    private static bool TryReadUInt32(this JsonElement element, out uint value)
    {
        value = 0;
        return element.ValueKind == JsonValueKind.Number && element.TryGetUInt32(out value);
    }
}
