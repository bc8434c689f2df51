using System.Runtime.InteropServices;
using System.Security.Cryptography;
using NSec.Cryptography;

namespace DarkPool.Protocol.Hpke;

/// <summary>
/// DHKEM(X25519, HKDF-SHA256), RFC 9180 section 4.1, id 0x0020. Sizes: Nsecret 32, Nenc 32, Npk 32, Nsk 32.
/// A shared point of zeros is refused on both sides (RFC 9180 section 7.1.4), which is what low-order public keys give.
/// </summary>
internal static class DhKem
{
    public const int SecretSize = 32;
    public const int EncapsulationSize = 32;
    public const int PublicKeySize = 32;
    private const int PrivateKeySize = 32;

    private static ReadOnlySpan<byte> SuiteId => "KEM\x00\x20"u8;

    public static bool TryEncapsulate(
        ReadOnlySpan<byte> recipientKey, Key ephemeral, Span<byte> encapsulation, Span<byte> sharedSecret)
    {
        Export(ephemeral.PublicKey, encapsulation);
        return TryExtract(ephemeral, recipientKey, encapsulation, recipientKey, sharedSecret);
    }

    public static bool TryDecapsulate(Key recipient, ReadOnlySpan<byte> encapsulation, Span<byte> sharedSecret)
    {
        Span<byte> recipientKey = stackalloc byte[PublicKeySize];
        Export(recipient.PublicKey, recipientKey);
        return TryExtract(recipient, encapsulation, encapsulation, recipientKey, sharedSecret);
    }

    /// <summary>DeriveKeyPair, RFC 9180 section 7.1.3.</summary>
    public static Key DeriveKeyPair(ReadOnlySpan<byte> inputKeyMaterial)
    {
        Span<byte> prk = stackalloc byte[LabeledHkdf.HashSize];
        Span<byte> privateKey = stackalloc byte[PrivateKeySize];
        LabeledHkdf.Extract(SuiteId, [], "dkp_prk"u8, inputKeyMaterial, prk);
        LabeledHkdf.Expand(SuiteId, prk, "sk"u8, [], privateKey);
        var key = Key.Import(KeyAgreementAlgorithm.X25519, privateKey, KeyBlobFormat.RawPrivateKey);
        CryptographicOperations.ZeroMemory(prk);
        CryptographicOperations.ZeroMemory(privateKey);
        return key;
    }

    /// <summary>
    /// X25519 (RFC 7748 section 5) between two keys; false if the shared point is zero. A private key that may be exported does it on the
    /// stack, by the libsodium that NSec brings: NSec gives the point a locked page between guard pages, whose making and unmaking
    /// interrupts every processor and takes several times as long as the curve, for a value that is hashed at once.
    /// </summary>
    public static bool TryAgree(Key own, ReadOnlySpan<byte> peerKey, Span<byte> point)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(point.Length, SecretSize);
        if (peerKey.Length != PublicKeySize) return false;
        return own.ExportPolicy.HasFlag(KeyExportPolicies.AllowPlaintextExport)
            ? TryAgreeOnStack(own, peerKey, point)
            : TryAgreeGuarded(own, peerKey, point);
    }

    private static bool TryAgreeGuarded(Key own, ReadOnlySpan<byte> peerKey, Span<byte> point)
    {
        if (!PublicKey.TryImport(KeyAgreementAlgorithm.X25519, peerKey, KeyBlobFormat.RawPublicKey, out var peer)) return false;
        var exportable = new SharedSecretCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };
        using var agreed = KeyAgreementAlgorithm.X25519.Agree(own, peer!, in exportable);
        return agreed is not null && agreed.TryExport(SharedSecretBlobFormat.RawSharedSecret, point, out _);
    }

    private static bool TryAgreeOnStack(Key own, ReadOnlySpan<byte> peerKey, Span<byte> point)
    {
        Span<byte> scalar = stackalloc byte[PrivateKeySize];
        try
        {
            if (!own.TryExport(KeyBlobFormat.RawPrivateKey, scalar, out _))
                throw new CryptographicException("The private key was not exported.");
            var failure = Multiply(
                ref MemoryMarshal.GetReference(point),
                ref MemoryMarshal.GetReference(scalar),
                ref MemoryMarshal.GetReference(peerKey));
            return failure == 0;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(scalar);
        }
    }

    /// <summary>ExtractAndExpand of RFC 9180 section 4.1 over an agreed point.</summary>
    private static bool TryExtract(
        Key own, ReadOnlySpan<byte> peerKey, ReadOnlySpan<byte> encapsulation, ReadOnlySpan<byte> recipientKey, Span<byte> sharedSecret)
    {
        Span<byte> point = stackalloc byte[SecretSize];
        if (!TryAgree(own, peerKey, point)) return false;
        Span<byte> prk = stackalloc byte[LabeledHkdf.HashSize];
        Span<byte> context = stackalloc byte[EncapsulationSize + PublicKeySize];
        encapsulation.CopyTo(context);
        recipientKey.CopyTo(context[EncapsulationSize..]);
        LabeledHkdf.Extract(SuiteId, [], "eae_prk"u8, point, prk);
        LabeledHkdf.Expand(SuiteId, prk, "shared_secret"u8, context, sharedSecret);
        CryptographicOperations.ZeroMemory(point);
        CryptographicOperations.ZeroMemory(prk);
        return true;
    }

    [DllImport("libsodium", EntryPoint = "crypto_scalarmult_curve25519", CallingConvention = CallingConvention.Cdecl)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static extern int Multiply(ref byte point, ref byte scalar, ref byte peerKey);

    private static void Export(PublicKey key, Span<byte> destination)
    {
        if (!key.TryExport(KeyBlobFormat.RawPublicKey, destination, out _))
            throw new ArgumentException("32 bytes are needed.", nameof(destination));
    }
}
