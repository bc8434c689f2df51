using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using NSec.Cryptography;

namespace DarkPool.Protocol.Hpke;

/// <summary>The sealing side of HPKE base mode (RFC 9180 sections 5.1.1 and 5.2).</summary>
public sealed class HpkeSender : HpkeContext
{
    /// <summary>The size of the encapsulated key in bytes.</summary>
    public const int EncapsulationSize = DhKem.EncapsulationSize;

    private HpkeSender(HpkeSuite suite, ReadOnlySpan<byte> sharedSecret, ReadOnlySpan<byte> info)
        : base(suite, sharedSecret, info, seals: true)
    {
    }

    /// <summary>Sets a context up for a recipient, with a fresh ephemeral key.</summary>
    /// <param name="suite">The suite; it must be supported here.</param>
    /// <param name="recipientKey">The recipient's X25519 public key, 32 bytes.</param>
    /// <param name="info">What the context is bound to.</param>
    /// <param name="encapsulation">The encapsulated key, written: 32 bytes.</param>
    /// <param name="sender">The context, or null.</param>
    /// <returns>False if the recipient's key is not a usable point.</returns>
    public static bool TrySetup(
        HpkeSuite suite,
        ReadOnlySpan<byte> recipientKey,
        ReadOnlySpan<byte> info,
        Span<byte> encapsulation,
        [NotNullWhen(true)] out HpkeSender? sender)
    {
        using var ephemeral = Key.Create(KeyAgreementAlgorithm.X25519);
        return TrySetup(suite, recipientKey, info, ephemeral, encapsulation, out sender);
    }

    internal static bool TrySetup(
        HpkeSuite suite,
        ReadOnlySpan<byte> recipientKey,
        ReadOnlySpan<byte> info,
        Key ephemeral,
        Span<byte> encapsulation,
        [NotNullWhen(true)] out HpkeSender? sender)
    {
        sender = null;
        Span<byte> sharedSecret = stackalloc byte[DhKem.SecretSize];
        if (!DhKem.TryEncapsulate(recipientKey, ephemeral, encapsulation, sharedSecret)) return false;
        sender = new HpkeSender(suite, sharedSecret, info);
        CryptographicOperations.ZeroMemory(sharedSecret);
        return true;
    }

    /// <summary>Seals the next message.</summary>
    /// <param name="associatedData">What is authenticated beside it.</param>
    /// <param name="plaintext">The message.</param>
    /// <param name="ciphertext">16 bytes longer than the message, written.</param>
    /// <exception cref="InvalidOperationException">The suite has no AEAD.</exception>
    /// <exception cref="OverflowException">The sequence is used up.</exception>
    public void Seal(ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> plaintext, Span<byte> ciphertext)
    {
        if (SealingKey is null) throw new InvalidOperationException("An export-only context seals nothing.");
        Span<byte> nonce = stackalloc byte[HpkeAead.NonceSize];
        WriteNonce(nonce);
        Sequence = checked(Sequence + 1);
        HpkeAead.Of(Suite).Encrypt(SealingKey, nonce, associatedData, plaintext, ciphertext);
    }
}
