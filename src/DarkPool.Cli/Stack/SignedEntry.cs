using System.Text.Json;
using DarkPool.Cli.Processes;

namespace DarkPool.Cli.Stack;

/// <summary>Entries of the log that are signed and not sealed: governance, prices, quotes.</summary>
internal static class SignedEntry
{
    private static readonly string[] Telling = ["title", "detail"];

    /// <summary>Sends one and waits until the enclave has applied it.</summary>
    /// <param name="http">Its base address is the venue's.</param>
    /// <param name="path">Where it goes to.</param>
    /// <param name="entry">The entry's data.</param>
    /// <param name="name">What it is called if it is refused.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="StackException">The venue or its enclave refuses it; the reason is told.</exception>
    public static async Task PostAsync(HttpClient http, string path, byte[] entry, string name, CancellationToken cancellation)
    {
        using var content = new ByteArrayContent(entry);
        content.Headers.ContentType = new("application/octet-stream");
        using HttpResponseMessage answer = await http.PostAsync(path, content, cancellation);
        if (answer.IsSuccessStatusCode)
            return;
        string problem = await answer.Content.ReadAsStringAsync(cancellation);
        throw new StackException($"The venue refused {name}: {(int)answer.StatusCode} {Reason(problem)}");
    }

    /// <summary>The title and detail of a problem document (RFC 9457); all of it if it is none.</summary>
    private static string Reason(string problem)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(problem);
            string[] said = [.. Telling
                .Select(name => document.RootElement.TryGetProperty(name, out JsonElement member) ? member.GetString() : null)
                .OfType<string>()];
            return said.Length == 0 ? problem : string.Join(": ", said);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return problem;
        }
    }
}
