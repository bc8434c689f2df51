using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using NSec.Cryptography;

namespace DarkPool.Protocol.Hpke;

/// <summary>The opening side of HPKE base mode (RFC 9180 sections 5.1.1 and 5.2).</summary>
public sealed class HpkeReceiver : HpkeContext
{
    private HpkeReceiver(HpkeSuite suite, ReadOnlySpan<byte> sharedSecret, ReadOnlySpan<byte> info)
        : base(suite, sharedSecret, info, seals: false)
    {
    }

    /// <summary>Sets a context up from an encapsulated key.</summary>
    /// <param name="suite">The suite.</param>
    /// <param name="recipient">The recipient's X25519 key.</param>
    /// <param name="encapsulation">The encapsulated key.</param>
    /// <param name="info">What the context is bound to.</param>
    /// <param name="receiver">The context, or null.</param>
    /// <returns>False if the suite is not supported here, or the encapsulated key is not a usable point.</returns>
    public static bool TrySetup(
        HpkeSuite suite,
        Key recipient,
        ReadOnlySpan<byte> encapsulation,
        ReadOnlySpan<byte> info,
        [NotNullWhen(true)] out HpkeReceiver? receiver)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        receiver = null;
        if (suite != HpkeSuite.ExportOnly && !HpkeAead.IsSupported(suite)) return false;
        Span<byte> sharedSecret = stackalloc byte[DhKem.SecretSize];
        if (!DhKem.TryDecapsulate(recipient, encapsulation, sharedSecret)) return false;
        receiver = new HpkeReceiver(suite, sharedSecret, info);
        CryptographicOperations.ZeroMemory(sharedSecret);
        return true;
    }

    /// <summary>Opens the next message.</summary>
    /// <param name="associatedData">What was authenticated beside it.</param>
    /// <param name="ciphertext">The sealed message.</param>
    /// <param name="plaintext">16 bytes shorter, written.</param>
    /// <returns>False if it does not open; the sequence does not move then.</returns>
    /// <exception cref="InvalidOperationException">The suite has no AEAD.</exception>
    public bool TryOpen(ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> ciphertext, Span<byte> plaintext)
    {
        if (OpeningKey is null) throw new InvalidOperationException("An export-only context opens nothing.");
        if (ciphertext.Length < HpkeAead.TagSize || plaintext.Length != ciphertext.Length - HpkeAead.TagSize) return false;
        Span<byte> nonce = stackalloc byte[HpkeAead.NonceSize];
        WriteNonce(nonce);
        if (!OpeningKey.TryOpen(nonce, associatedData, ciphertext, plaintext)) return false;
        Sequence = checked(Sequence + 1);
        return true;
    }
}
