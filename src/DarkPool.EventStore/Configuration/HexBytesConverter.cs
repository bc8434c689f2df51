using System.Text.Json;
using System.Text.Json.Serialization;

namespace DarkPool.EventStore.Configuration;

/// <summary>Writes keys, hashes, roots and signatures as lowercase hexadecimal digits: what people compare by eye.</summary>
public sealed class HexBytesConverter : JsonConverter<byte[]>
{
    /// <inheritdoc/>
    public override byte[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string? digits = reader.GetString();
        try
        {
            return Convert.FromHexString(digits ?? throw new JsonException("Hexadecimal digits are expected, not null."));
        }
        catch (FormatException e)
        {
            throw new JsonException("Not a string of hexadecimal digits.", e);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Convert.ToHexStringLower(value));
}
