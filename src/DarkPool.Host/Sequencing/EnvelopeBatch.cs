// Source: docs/PROTOCOL.md sections 3.1 and 10.2.
using DarkPool.Host.Http;
using DarkPool.Protocol.Envelopes;
using DarkPool.Protocol.Hpke;

namespace DarkPool.Host.Sequencing;

/// <summary>The check of a body of envelopes: whole or not at all, by what stands in the clear.</summary>
internal static class EnvelopeBatch
{
    /// <summary>How many envelopes a body holds, or why it is refused.</summary>
    /// <param name="body">Envelopes, one behind the other.</param>
    /// <param name="kind">The only kind that belongs here.</param>
    /// <param name="limit">Most envelopes.</param>
    internal static Answer<int> Check(ReadOnlySpan<byte> body, EnvelopeKind kind, int limit)
    {
        var count = 0;
        for (var at = 0; at < body.Length; count++)
        {
            if (count == limit) return Problems.TooMany(limit);
            var rest = body[at..];
            if (rest.Length < EnvelopeHeader.Size) return Problems.Misaligned(at);
            if (!EnvelopeHeader.TryRead(rest, out var header)) return Problems.Header(Fault(rest), at);
            if (header.Kind != kind) return Problems.Header("wrong-kind", at);
            if (rest.Length < header.TotalSize) return Problems.Misaligned(at);
            at += header.TotalSize;
        }

        return count;
    }

    /// <summary>The first field of a header that is not as it must be, as a slug.</summary>
    private static string Fault(ReadOnlySpan<byte> header)
    {
        if (header[0] != EnvelopeHeader.Version) return "unknown-version";
        if ((EnvelopeKind)header[1] is not (EnvelopeKind.Command or EnvelopeKind.Hello)) return "unknown-kind";
        if (EnvelopeLimits.SizeOf((SizeClass)header[2]) == 0) return "unknown-size-class";
        return (HpkeSuite)header[3] is HpkeSuite.Aes256Gcm or HpkeSuite.ChaCha20Poly1305 ? "malformed-header" : "unknown-suite";
    }
}
