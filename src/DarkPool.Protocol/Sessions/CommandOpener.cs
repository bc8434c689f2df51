using DarkPool.Protocol.Envelopes;
using DarkPool.Protocol.Hpke;

namespace DarkPool.Protocol.Sessions;

/// <summary>Opens command envelopes: the enclave's hottest call. Allocates nothing; safe from any number of threads.</summary>
public static class CommandOpener
{
    /// <summary>Opens one envelope under its session's command key. That the sequence is the next one, the caller checks.</summary>
    /// <param name="keys">Keys of the session that the header names.</param>
    /// <param name="header">The envelope's header, as <see cref="EnvelopeHeader.TryRead"/> read it from this envelope.</param>
    /// <param name="envelope">The whole envelope.</param>
    /// <param name="plaintext">
    /// Exactly <see cref="EnvelopeLimits.Overhead"/> bytes shorter, written; may be the place of the sealed body, which then is gone even
    /// if it does not open.
    /// </param>
    /// <returns>False if it is not a command of the session's suite and the sizes of its class, or does not open.</returns>
    public static bool TryOpen(SessionKeys keys, in EnvelopeHeader header, ReadOnlySpan<byte> envelope, Span<byte> plaintext)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (header.Kind != EnvelopeKind.Command || header.Suite != keys.Suite) return false;
        if (envelope.Length != header.TotalSize || plaintext.Length != envelope.Length - EnvelopeLimits.Overhead) return false;
        Span<byte> nonce = stackalloc byte[HpkeAead.NonceSize];
        keys.CommandNonces.Write(nonce, header.Sequence);
        var associated = envelope[..EnvelopeHeader.Size];
        var ciphertext = envelope[EnvelopeHeader.Size..];
        return keys.CommandOpening.TryOpen(nonce, associated, ciphertext, plaintext);
    }
}
