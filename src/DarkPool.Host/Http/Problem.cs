// Source: RFC 9457, Problem Details for HTTP APIs; slugs as docs/PROTOCOL.md section 10.2.
using System.Globalization;
using System.Text.Json;
using DarkPool.Host.Telemetry;

namespace DarkPool.Host.Http;

/// <summary>A refusal as clients see it. Written by hand so that its bytes are the same wherever in the pipeline it arises.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Slug">Stable name; the document's <c>type</c> is <c>urn:darkpool:problem:</c> and this.</param>
/// <param name="Title">What it means, the same text for every occurrence.</param>
internal sealed record Problem(int Status, string Slug, string Title) : IResult
{
    internal const string ContentType = "application/problem+json";
    internal const string TypePrefix = "urn:darkpool:problem:";

    /// <summary>What is particular to this occurrence.</summary>
    public string? Detail { get; init; }

    /// <summary>Byte offset in the body at which the fault begins.</summary>
    public int? Offset { get; init; }

    /// <summary>The sequence that would have been accepted.</summary>
    public ulong? NextSequence { get; init; }

    /// <summary>The receipt of an entry that is in the log although its request failed.</summary>
    public ReadOnlyMemory<byte>? Receipt { get; init; }

    /// <summary>Seconds after which trying again makes sense.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Answers the request with this document, unless the answer has begun.</summary>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        if (response.HasStarted) return;
        httpContext.RequestServices.GetService<HostMetrics>()?.Problem(Slug);
        response.StatusCode = Status;
        response.ContentType = ContentType;
        if (RetryAfter is { } seconds) response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await using (var writer = new Utf8JsonWriter(response.BodyWriter)) Write(writer);
        await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }

    private void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", TypePrefix + Slug);
        writer.WriteString("title", Title);
        writer.WriteNumber("status", Status);
        if (Detail is not null) writer.WriteString("detail", Detail);
        if (Offset is { } offset) writer.WriteNumber("offset", offset);
        if (NextSequence is { } sequence) writer.WriteNumber("nextSequence", sequence);
        if (Receipt is { } receipt) writer.WriteBase64String("receipt", receipt.Span);
        writer.WriteEndObject();
    }
}
