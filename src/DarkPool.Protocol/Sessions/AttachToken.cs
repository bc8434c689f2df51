using System.Buffers.Binary;
using System.Security.Cryptography;
using DarkPool.Protocol.Hpke;
using DarkPool.Protocol.Identity;
using NSec.Cryptography;

namespace DarkPool.Protocol.Sessions;

/// <summary>
/// Proves that who asks for a session's report stream holds its keys (docs/PROTOCOL.md section 6): <c>client random[32] ‖ sealed[24]</c>.
/// </summary>
public static class AttachToken
{
    /// <summary>The size of a token in bytes.</summary>
    public const int Size = RandomSize + 8 + HpkeAead.TagSize;

    /// <summary>The size of the randoms of client and enclave in bytes.</summary>
    public const int RandomSize = 32;

    /// <summary>Opens a token.</summary>
    /// <param name="keys">Keys of the session.</param>
    /// <param name="session">Number of the session.</param>
    /// <param name="token">The token.</param>
    /// <param name="nextReport">Number of the next report wanted.</param>
    /// <param name="clientRandom">The client's random, for <see cref="ReportStreamSealer"/>.</param>
    /// <returns>False for another length, or if it does not open.</returns>
    public static bool TryOpen(
        SessionKeys keys, ulong session, ReadOnlySpan<byte> token, out ulong nextReport, out Bytes32 clientRandom)
    {
        ArgumentNullException.ThrowIfNull(keys);
        nextReport = 0;
        clientRandom = default;
        if (token.Length != Size) return false;
        Span<byte> plaintext = stackalloc byte[8];
        Span<byte> associatedData = stackalloc byte[8];
        Span<byte> nonce = stackalloc byte[HpkeAead.NonceSize];
        nonce.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(associatedData, session);
        using var key = KeyOf(keys, token[..RandomSize]);
        if (!keys.Aead.Decrypt(key, nonce, associatedData, token[RandomSize..], plaintext)) return false;
        nextReport = BinaryPrimitives.ReadUInt64LittleEndian(plaintext);
        clientRandom = new Bytes32(token[..RandomSize]);
        return true;
    }

    internal static byte[] Seal(SessionKeys keys, ulong session, ulong nextReport, ReadOnlySpan<byte> clientRandom)
    {
        var token = new byte[Size];
        Span<byte> plaintext = stackalloc byte[8];
        Span<byte> associatedData = stackalloc byte[8];
        Span<byte> nonce = stackalloc byte[HpkeAead.NonceSize];
        nonce.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(plaintext, nextReport);
        BinaryPrimitives.WriteUInt64LittleEndian(associatedData, session);
        clientRandom.CopyTo(token);
        using var key = KeyOf(keys, clientRandom);
        keys.Aead.Encrypt(key, nonce, associatedData, plaintext, token.AsSpan(RandomSize));
        return token;
    }

    private static Key KeyOf(SessionKeys keys, ReadOnlySpan<byte> clientRandom)
    {
        Span<byte> key = stackalloc byte[HpkeAead.KeySize];
        KeyDerivationAlgorithm.HkdfSha256.DeriveBytes(keys.AttachSecret, clientRandom, "darkpool/v1/attach key"u8, key);
        var imported = HpkeAead.Import(keys.Suite, key);
        CryptographicOperations.ZeroMemory(key);
        return imported;
    }
}
