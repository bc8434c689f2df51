using System.Globalization;
using System.Text.Json;

namespace DarkPool.Attestation.Policies;

/// <summary>Writes a policy as JSON. The canonical form is what is hashed: every member, in this order, lists sorted by ordinal.
/// <c>peerPolicies</c> is written only where it names some.</summary>
internal static class PolicyWriter
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    private static ReadOnlySpan<byte> HashDomain => "darkpool/v1/attestation-policy"u8;

    public static byte[] HashInput(AttestationPolicy policy) => [.. HashDomain, .. Write(policy, indented: false)];

    public static byte[] Write(AttestationPolicy policy, bool indented)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = indented, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", AttestationPolicy.Version);
            json.WriteString("name", policy.Name);
            WriteStrings(json, "providers", policy.Providers);
            WriteStrings(json, "developmentRoots", policy.DevelopmentRoots);
            WriteStrings(json, "developmentAnchors", policy.DevelopmentAnchors);
            json.WriteStartArray("measurements");
            foreach (var rule in policy.Measurements.OrderBy(SortKey, StringComparer.Ordinal)) WriteRule(json, rule);
            json.WriteEndArray();
            WriteTcb(json, policy.Tcb);
            WriteStrings(json, "serviceTds", policy.ServiceTds);
            if (policy.Chips is null) json.WriteNull("chips");
            else WriteStrings(json, "chips", policy.Chips);
            json.WriteBoolean("allowDebug", policy.AllowDebug);
            json.WriteBoolean("allowMigrationAgent", policy.AllowMigrationAgent);
            json.WriteBoolean("allowMaskedChip", policy.AllowMaskedChip);
            json.WriteNumber("maxVmpl", policy.MaxVmpl);
            json.WriteBoolean("allowUnavailableRevocation", policy.AllowUnavailableRevocation);
            json.WriteNumber("statementMaxAgeSeconds", (long)policy.StatementMaxAge.TotalSeconds);
            if (policy.PeerPolicies.Count > 0) WriteStrings(json, "peerPolicies", policy.PeerPolicies);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteRule(Utf8JsonWriter json, MeasurementRule rule)
    {
        json.WriteStartObject();
        json.WriteString("name", rule.Name);
        json.WriteString("kind", PolicyNames.Of(rule.Kind));
        json.WriteStartObject("values");
        foreach (var (name, value) in rule.Values.OrderBy(pair => pair.Key, StringComparer.Ordinal)) json.WriteString(name, value);
        json.WriteEndObject();
        WriteNumbers(json, "minimums", rule.Minimums);
        json.WriteBoolean("any", rule.Any);
        if (rule.Expires is { } expires) json.WriteString("expires", Time(expires));
        else json.WriteNull("expires");
        json.WriteEndObject();
    }

    private static void WriteTcb(Utf8JsonWriter json, TcbRule tcb)
    {
        json.WriteStartObject("tcb");
        json.WriteString("minimumStatus", tcb.MinimumStatus.ToString());
        json.WriteNumber("graceDays", tcb.GraceDays);
        WriteStrings(json, "toleratedAdvisories", tcb.ToleratedAdvisories);
        json.WriteNumber("minimumEvaluationNumber", tcb.MinimumEvaluationNumber);
        WriteNumbers(json, "amd", tcb.Amd);
        json.WriteEndObject();
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values.Order(StringComparer.Ordinal)) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, ulong> numbers)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in numbers.OrderBy(pair => pair.Key, StringComparer.Ordinal)) json.WriteNumber(key, value);
        json.WriteEndObject();
    }

    /// <summary>Two rules of one name still need an order, or the hash would depend on how the file was written.</summary>
    private static string SortKey(MeasurementRule rule) => string.Join(
        '\n',
        [
            rule.Name, PolicyNames.Of(rule.Kind), rule.Any ? "any" : "", rule.Expires is { } expires ? Time(expires) : "",
            .. rule.Values.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"),
            .. rule.Minimums.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}>={pair.Value}"),
        ]);

    private static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString(TimeFormat, CultureInfo.InvariantCulture);
}
