using DarkPool.Protocol.Envelopes;
using DarkPool.Protocol.Hpke;

namespace DarkPool.Host.Tests.Support;

/// <summary>Envelopes whose header is right and whose sealed part is whatever: all that the host can see.</summary>
internal static class Envelopes
{
    public static byte[] Command(ulong session = 65_536, ulong sequence = 1, SizeClass size = SizeClass.Small, byte fill = 0xEE)
    {
        var envelope = new byte[EnvelopeLimits.SizeOf(size)];
        envelope.AsSpan().Fill(fill);
        new EnvelopeHeader(EnvelopeKind.Command, size, HpkeSuite.Aes256Gcm, 1, session, sequence).Write(envelope);
        return envelope;
    }

    public static byte[] Hello(byte fill = 0xDD)
    {
        var envelope = new byte[EnvelopeLimits.SmallSize];
        envelope.AsSpan().Fill(fill);
        new EnvelopeHeader(EnvelopeKind.Hello, SizeClass.Small, HpkeSuite.Aes256Gcm, 1, 0, 0).Write(envelope);
        return envelope;
    }

    public static byte[] Commands(int count) =>
        [.. Enumerable.Range(1, count).SelectMany(sequence => Command(sequence: (ulong)sequence, fill: (byte)sequence))];

    /// <summary>The same envelope with one byte set.</summary>
    public static byte[] With(this byte[] envelope, int offset, byte value)
    {
        var changed = envelope.ToArray();
        changed[offset] = value;
        return changed;
    }
}
