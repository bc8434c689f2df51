// Source: docs/PROTOCOL.md section 10.2. Append-only.
using System.Globalization;

namespace DarkPool.Host.Http;

/// <summary>Every refusal the host can answer.</summary>
internal static class Problems
{
    /// <summary>Seconds a client should stay away while a part of the venue restarts.</summary>
    private const int OutageRetry = 2;

    /// <summary>Seconds a client should stay away when it, or everybody, sends too fast.</summary>
    private const int CongestionRetry = 1;

    internal static Problem EmptyBody { get; } = new(400, "empty-body", "The body is empty");

    internal static Problem TooLarge { get; } = new(413, "body-too-large", "The body is larger than the venue accepts");

    internal static Problem TooSlow { get; } = new(408, "body-too-slow", "The body arrived too slowly or not at all");

    internal static Problem UnsupportedMediaType { get; } =
        new(415, "unsupported-media-type", "The body must be application/octet-stream");

    internal static Problem MalformedEntry { get; } = new(400, "malformed-entry", "The entry is not of its form");

    internal static Problem BadSignature { get; } = new(403, "bad-signature", "The entry is not signed as the venue requires");

    internal static Problem AttachRefused { get; } =
        new(403, "attach-refused", "The session is unknown or closed, or the token does not open");

    internal static Problem UnknownBlock { get; } = new(404, "unknown-block", "There is no such block yet");

    internal static Problem NotFound { get; } = new(404, "not-found", "There is nothing here");

    internal static Problem MethodNotAllowed { get; } = new(405, "method-not-allowed", "The method is not allowed here");

    internal static Problem BadRequest { get; } = new(400, "bad-request", "The request is not well-formed HTTP");

    internal static Problem InternalError { get; } = new(500, "internal-error", "The venue failed to answer; the fault has been logged");

    internal static Problem RateLimited { get; } = new(429, "rate-limited", "Too many requests") { RetryAfter = CongestionRetry };

    internal static Problem TooManyStreams { get; } = new(429, "too-many-streams", "Too many report streams") { RetryAfter = OutageRetry };

    internal static Problem Starting { get; } = new(503, "starting", "The venue is starting") { RetryAfter = OutageRetry };

    internal static Problem StoreUnavailable { get; } =
        new(503, "store-unavailable", "The event store does not answer") { RetryAfter = OutageRetry };

    internal static Problem EnclaveUnavailable { get; } =
        new(503, "enclave-unavailable", "The enclave does not answer, or is being restored") { RetryAfter = OutageRetry };

    internal static Problem IntakeFull { get; } = new(503, "intake-full", "Too much is waiting already") { RetryAfter = CongestionRetry };

    internal static Problem Draining { get; } = new(503, "draining", "The venue is shutting down") { RetryAfter = OutageRetry };

    internal static Problem ReceiptDelayed { get; } =
        new(503, "receipt-delayed", "Taken, but not durable in time; it may still become so") { RetryAfter = OutageRetry };

    internal static Problem Misaligned(int offset) =>
        new(400, "misaligned-body", "The body is not a whole number of envelopes") { Offset = offset };

    internal static Problem TooMany(int limit) => new(400, "too-many-envelopes", "More envelopes than one request may carry")
    {
        Detail = string.Create(CultureInfo.InvariantCulture, $"at most {limit}"),
    };

    internal static Problem BadQuery(string detail) =>
        new(400, "bad-query", "A query or path value is missing or not of its form") { Detail = detail };

    internal static Problem OutOfSequence(ulong next) =>
        new(409, "out-of-sequence", "The governance sequence is not the next") { NextSequence = next };

    internal static Problem HelloRefused(ReadOnlyMemory<byte> receipt) =>
        new(422, "hello-refused", "The hello entered the log, but the enclave opened no session for it") { Receipt = receipt };

    internal static Problem EntryRefused(string reason, ReadOnlyMemory<byte> receipt) =>
        new(422, "entry-refused", "The entry entered the log, but the enclave refused it") { Detail = reason, Receipt = receipt };

    /// <summary>A header that does not follow the envelope's layout.</summary>
    internal static Problem Header(string slug, int offset) => new(400, slug, HeaderTitle(slug)) { Offset = offset };

    private static string HeaderTitle(string slug) => slug switch
    {
        "unknown-version" => "The version of an envelope is unknown",
        "unknown-kind" => "The kind of an envelope is unknown",
        "unknown-size-class" => "The size class of an envelope is unknown",
        "unknown-suite" => "The suite of an envelope is unknown",
        "wrong-kind" => "An envelope of this kind does not belong here",
        _ => "The header of an envelope has a field that must not hold its value",
    };
}
