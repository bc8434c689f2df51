using NSec.Cryptography;

namespace DarkPool.Protocol.Hpke;

/// <summary>The AEADs of the suites (RFC 9180 section 7.3).</summary>
public static class HpkeAead
{
    /// <summary>Nk: the size of a key in bytes, of both AEADs.</summary>
    public const int KeySize = 32;

    /// <summary>Nn: the size of a nonce in bytes, of both AEADs.</summary>
    public const int NonceSize = 12;

    /// <summary>Nt: the size of a tag in bytes, of both AEADs.</summary>
    public const int TagSize = 16;

    /// <summary>Whether this machine can use a suite: AES-256-GCM needs AES instructions.</summary>
    /// <param name="suite">A suite.</param>
    /// <returns>False for a suite that is unknown, has no AEAD, or cannot run here.</returns>
    public static bool IsSupported(HpkeSuite suite) => suite switch
    {
        HpkeSuite.Aes256Gcm => Aes256Gcm.IsSupported,
        HpkeSuite.ChaCha20Poly1305 => true,
        _ => false,
    };

    internal static AeadAlgorithm Of(HpkeSuite suite) => suite switch
    {
        HpkeSuite.Aes256Gcm => AeadAlgorithm.Aes256Gcm,
        HpkeSuite.ChaCha20Poly1305 => AeadAlgorithm.ChaCha20Poly1305,
        _ => throw new ArgumentOutOfRangeException(nameof(suite)),
    };

    internal static ushort IdOf(HpkeSuite suite) => suite switch
    {
        HpkeSuite.Aes256Gcm => 0x0002,
        HpkeSuite.ChaCha20Poly1305 => 0x0003,
        HpkeSuite.ExportOnly => 0xFFFF,
        _ => throw new ArgumentOutOfRangeException(nameof(suite)),
    };

    internal static Key Import(HpkeSuite suite, ReadOnlySpan<byte> key, KeyExportPolicies policy = KeyExportPolicies.None)
    {
        var parameters = new KeyCreationParameters { ExportPolicy = policy };
        return Key.Import(Of(suite), key, KeyBlobFormat.RawSymmetricKey, in parameters);
    }
}
