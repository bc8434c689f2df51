using System.Text.Json;
using DarkPool.Protocol.Identity;

namespace DarkPool.Chain.Rpc;

/// <summary>Members of a node's JSON objects. Whatever is missing or of another form is a <see cref="FormatException"/>.</summary>
internal static class NodeJson
{
    public static JsonElement Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member)
            ? member
            : throw new FormatException($"'{name}' is missing");

    public static bool IsNull(this JsonElement element) => element.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;

    public static string Text(this JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? element.GetString()! : throw new FormatException("Not a text");

    public static ulong Quantity(this JsonElement element) => EvmHex.DecodeQuantity(element.Text());

    public static UInt128 BigQuantity(this JsonElement element)
    {
        var value = EvmHex.DecodeBigQuantity(element.Text());
        return value <= UInt128.MaxValue ? (UInt128)value : throw new FormatException("Quantity above 128 bits");
    }

    public static byte[] Data(this JsonElement element) => EvmHex.Decode(element.Text());

    public static Bytes32 Hash(this JsonElement element) =>
        Bytes32.TryParse(element.Text(), out var hash) ? hash : throw new FormatException("Not a hash");

    public static EvmAddress Address(this JsonElement element) =>
        EvmAddress.TryParse(element.Text(), out var address) ? address : throw new FormatException("Not an address");

    public static string Hex(this in Bytes32 hash) => EvmHex.Encode(hash.Span);
}
