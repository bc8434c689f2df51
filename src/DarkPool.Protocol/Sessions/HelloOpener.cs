using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using DarkPool.Protocol.Envelopes;
using DarkPool.Protocol.Hpke;
using DarkPool.Protocol.Identity;
using NSec.Cryptography;

namespace DarkPool.Protocol.Sessions;

/// <summary>The enclave's side of a hello. Safe from any number of threads.</summary>
public static class HelloOpener
{
    /// <summary>Opens a hello and derives the session's keys.</summary>
    /// <param name="envelope">The whole envelope.</param>
    /// <param name="encryptionKey">The enclave's X25519 key of the epoch that the header names.</param>
    /// <param name="venueId">The venue.</param>
    /// <param name="hello">What it said, or null; the caller disposes its keys.</param>
    /// <returns>
    /// False if it is not a hello, does not open, is malformed inside, asks for an unknown rate class, or is not signed by its account
    /// for this venue, key, header and encapsulation.
    /// </returns>
    public static bool TryOpen(
        ReadOnlySpan<byte> envelope, Key encryptionKey, in Bytes32 venueId, [NotNullWhen(true)] out OpenedHello? hello)
    {
        ArgumentNullException.ThrowIfNull(encryptionKey);
        hello = null;
        if (!EnvelopeHeader.TryRead(envelope, out var header) || header.Kind != EnvelopeKind.Hello) return false;
        if (envelope.Length != header.TotalSize) return false;

        var clear = envelope[..(EnvelopeHeader.Size + HpkeSender.EncapsulationSize)];
        Span<byte> info = stackalloc byte[Hello.InfoSize];
        Hello.WriteInfo(info, venueId);
        if (!HpkeReceiver.TrySetup(header.Suite, encryptionKey, clear[EnvelopeHeader.Size..], info, out var receiver)) return false;
        using (receiver)
        {
            Span<byte> plaintext = stackalloc byte[Hello.PlaintextSize];
            if (!receiver.TryOpen(clear[..EnvelopeHeader.Size], envelope[clear.Length..], plaintext)) return false;
            var publicKey = HpkeKeyPair.PublicKeyOf(encryptionKey);
            var proven = Hello.TryReadPlaintext(plaintext, venueId, publicKey, clear, out var account, out var rateClass);
            CryptographicOperations.ZeroMemory(plaintext);
            if (proven) hello = new OpenedHello(account, rateClass, header.KeyEpoch, SessionKeys.Derive(receiver));
            return hello is not null;
        }
    }
}
