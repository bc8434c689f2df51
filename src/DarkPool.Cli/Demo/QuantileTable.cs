using System.Text.Json;
using System.Text.Json.Serialization;

namespace DarkPool.Cli.Demo;

/// <summary>A distribution as its evenly spaced quantiles; draws interpolate between neighbours.</summary>
[JsonConverter(typeof(JsonArray))]
internal sealed class QuantileTable
{
    /// <summary>64 intervals keep the atoms of round sizes and the last 1.5 % apart from the rest.</summary>
    public const int Intervals = 64;

    private readonly long[] _values;

    public QuantileTable(long[] values)
    {
        if (values.Length != Intervals + 1)
            throw new ArgumentException($"A quantile table has {Intervals + 1} values.", nameof(values));
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] < values[i - 1])
                throw new ArgumentException("Quantiles ascend.", nameof(values));
        }
        _values = values;
    }

    public long Median => _values[Intervals / 2];

    public long this[int index] => _values[index];

    /// <summary>The table of a sample; the outermost 0.1 % on either side is cut so that no single row is recognisable.</summary>
    public static QuantileTable Of(List<long> sample)
    {
        if (sample.Count == 0)
            throw new ArgumentException("A sample has at least one value.", nameof(sample));
        sample.Sort();
        const double cut = 0.001;
        var values = new long[Intervals + 1];
        for (int i = 0; i <= Intervals; i++)
        {
            double quantile = cut + ((1 - (2 * cut)) * i / Intervals);
            values[i] = sample[(int)Math.Round(quantile * (sample.Count - 1))];
        }
        return new QuantileTable(values);
    }

    /// <summary>Draws a value.</summary>
    public long Draw(Random random)
    {
        int i = random.Next(Intervals);
        long span = _values[i + 1] - _values[i];
        return _values[i] + (span == 0 ? 0 : random.NextInt64(span));
    }

    private sealed class JsonArray : JsonConverter<QuantileTable>
    {
        public override QuantileTable Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonSerializer.Deserialize<long[]>(ref reader, options) ?? []);

        public override void Write(Utf8JsonWriter writer, QuantileTable value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value._values, options);
    }
}
