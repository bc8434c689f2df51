using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DarkPool.EventStore.Configuration;

/// <summary>Writes 128-bit integers as decimal strings, because most readers of JSON numbers round above 2^53.</summary>
public sealed class DecimalStringConverter : JsonConverter<UInt128>
{
    /// <inheritdoc/>
    public override UInt128 Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        UInt128.TryParse(reader.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out UInt128 value)
            ? value
            : throw new JsonException("Not a decimal string of an unsigned 128-bit integer.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, UInt128 value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
}
