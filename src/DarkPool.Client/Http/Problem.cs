using System.Text.Json;

namespace DarkPool.Client.Http;

/// <summary>A problem document (RFC 9457) as docs/PROTOCOL.md section 10.2 lists them.</summary>
/// <param name="Slug">What the type's URN ends with; empty if the body was none.</param>
/// <param name="Detail">What the venue says of it.</param>
internal sealed record Problem(string Slug, string Detail)
{
    private const string UrnPrefix = "urn:darkpool:problem:";

    /// <summary>A problem document is small; more is not read.</summary>
    private const int MaxBytes = 64 * 1024;

    public static async Task<Problem> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            await using Stream body = await response.Content.ReadAsStreamAsync(cancellation);
            var bytes = new byte[MaxBytes];
            int read = await body.ReadAtLeastAsync(bytes, MaxBytes, throwOnEndOfStream: false, cancellation);
            using var document = JsonDocument.Parse(bytes.AsMemory(0, read));
            string type = Member(document.RootElement, "type");
            string slug = type.StartsWith(UrnPrefix, StringComparison.Ordinal) ? type[UrnPrefix.Length..] : "";
            string detail = Member(document.RootElement, "detail");
            return new Problem(slug, detail.Length > 0 ? detail : Member(document.RootElement, "title"));
        }
        catch (Exception e) when (e is JsonException or IOException or HttpRequestException or InvalidOperationException)
        {
            return new Problem("", response.ReasonPhrase ?? "");
        }
    }

    private static string Member(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
