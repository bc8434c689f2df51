using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace DarkPool.Enclave.Keys;

/// <summary>
/// Seals what the host keeps for the enclave: AES-256-GCM under a key that is fresh for every seal.
/// <c>u8 version ‖ salt[32] ‖ ciphertext and tag</c>; key and nonce are HKDF-SHA256(ikm = platform root, salt, info = purpose, 44).
/// </summary>
internal sealed class PlatformSeal : IDisposable
{
    public const int Overhead = 1 + SaltSize + TagSize;

    private const byte Version = 1;
    private const int SaltSize = 32;
    private const int KeySize = 32;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly byte[] _root;

    /// <summary>Takes over the root key of the platform, 32 bytes.</summary>
    public PlatformSeal(byte[] root) => _root = root;

    public byte[] Seal(string purpose, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> plaintext)
    {
        var bytes = new byte[Overhead + plaintext.Length];
        bytes[0] = Version;
        var salt = bytes.AsSpan(1, SaltSize);
        RandomNumberGenerator.Fill(salt);
        Span<byte> nonce = stackalloc byte[NonceSize];
        using var key = Derive(purpose, salt, nonce);
        AeadAlgorithm.Aes256Gcm.Encrypt(key, nonce, associatedData, plaintext, bytes.AsSpan(1 + SaltSize));
        return bytes;
    }

    /// <summary>Opens; null if the bytes were not sealed here for this purpose and associated data.</summary>
    public byte[]? TryOpen(string purpose, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Overhead || bytes[0] != Version) return null;
        Span<byte> nonce = stackalloc byte[NonceSize];
        using var key = Derive(purpose, bytes.Slice(1, SaltSize), nonce);
        var plaintext = GC.AllocateUninitializedArray<byte>(bytes.Length - Overhead);
        return AeadAlgorithm.Aes256Gcm.Decrypt(key, nonce, associatedData, bytes[(1 + SaltSize)..], plaintext) ? plaintext : null;
    }

    /// <summary>Copies the root, to be handed to a peer; the caller zeroes it.</summary>
    public void CopyRoot(Span<byte> root) => _root.CopyTo(root);

    public void Dispose() => CryptographicOperations.ZeroMemory(_root);

    private Key Derive(string purpose, ReadOnlySpan<byte> salt, Span<byte> nonce)
    {
        Span<byte> derived = stackalloc byte[KeySize + NonceSize];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _root, derived, salt, Encoding.ASCII.GetBytes(purpose));
        var key = Key.Import(AeadAlgorithm.Aes256Gcm, derived[..KeySize], KeyBlobFormat.RawSymmetricKey);
        derived[KeySize..].CopyTo(nonce);
        CryptographicOperations.ZeroMemory(derived);
        return key;
    }
}
