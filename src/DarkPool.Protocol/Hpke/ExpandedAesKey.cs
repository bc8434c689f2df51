using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace DarkPool.Protocol.Hpke;

/// <summary>
/// A key of AES-256-GCM with its round keys and hash powers computed once, where NSec computes them for every message: half of what opening
/// a small envelope costs. By the same libsodium that NSec brings (libsodium documentation, "AES256-GCM with precomputation").
/// Safe from any number of threads until it is disposed.
/// </summary>
internal sealed class ExpandedAesKey : IDisposable
{
    /// <summary>crypto_aead_aes256gcm_statebytes(), and what it takes to align it.</summary>
    private const int StateSize = 512;
    private const int Alignment = 64;

    // Pinned, so that no copy of it stays behind when the collector compacts, and libsodium may hold on to its place.
    private readonly byte[] _room = GC.AllocateArray<byte>(StateSize + Alignment, pinned: true);
    private readonly int _at;
    private bool _disposed;

    /// <summary>Expands a key.</summary>
    /// <param name="key">32 bytes; the caller keeps them.</param>
    public ExpandedAesKey(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, HpkeAead.KeySize);
        _at = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(_room, 0) & (Alignment - 1));
        if (BeforeMessages(ref State, ref MemoryMarshal.GetReference(key)) != 0)
            throw new CryptographicException("The key was not expanded.");
    }

    private ref byte State => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_room), _at);

    /// <summary>Opens a message.</summary>
    /// <param name="nonce">12 bytes.</param>
    /// <param name="associated">Authenticated beside the message.</param>
    /// <param name="ciphertext">The message, and its tag behind it.</param>
    /// <param name="plaintext">16 bytes shorter; may be the place of the ciphertext.</param>
    /// <returns>Whether it is authentic.</returns>
    public bool TryOpen(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, ReadOnlySpan<byte> ciphertext, Span<byte> plaintext)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfNotEqual(nonce.Length, HpkeAead.NonceSize);
        ArgumentOutOfRangeException.ThrowIfNotEqual(plaintext.Length, ciphertext.Length - HpkeAead.TagSize);
        return DecryptAfter(
            ref MemoryMarshal.GetReference(plaintext),
            0,
            0,
            ref MemoryMarshal.GetReference(ciphertext),
            (ulong)ciphertext.Length,
            ref MemoryMarshal.GetReference(associated),
            (ulong)associated.Length,
            ref MemoryMarshal.GetReference(nonce),
            ref State) == 0;
    }

    /// <summary>Zeros the key.</summary>
    public void Dispose()
    {
        _disposed = true;
        CryptographicOperations.ZeroMemory(_room);
    }

    // Both return within a microsecond or two for the sizes of envelopes: a collection can wait for that.
    [DllImport("libsodium", EntryPoint = "crypto_aead_aes256gcm_beforenm", CallingConvention = CallingConvention.Cdecl)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    [SuppressGCTransition]
    private static extern int BeforeMessages(ref byte state, ref byte key);

    [DllImport("libsodium", EntryPoint = "crypto_aead_aes256gcm_decrypt_afternm", CallingConvention = CallingConvention.Cdecl)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    [SuppressGCTransition]
    private static extern int DecryptAfter(
        ref byte plaintext, nint plaintextLength, nint unused, ref byte ciphertext, ulong ciphertextLength,
        ref byte associated, ulong associatedLength, ref byte nonce, ref byte state);
}
