using NSec.Cryptography;

namespace DarkPool.Attestation.Simulated;

/// <summary>
/// THE KEY BELOW IS PUBLIC AND PROVES NOTHING. It signs simulated evidence so that development runs the same path as production.
/// Everybody holds it, so only a policy that names it (<c>developmentRoots</c>) believes it; no policy that protects something does.
/// </summary>
public static class DevelopmentRoot
{
    /// <summary>The published private key: an Ed25519 seed (RFC 8032) of 32 ASCII characters.</summary>
    public static ReadOnlySpan<byte> PublishedSeed => "DARKPOOL PUBLIC DEVELOPMENT ROOT"u8;

    /// <summary>The published public key: 32 bytes.</summary>
    public static ReadOnlyMemory<byte> PublicKey { get; } = Export();

    /// <summary>The public key in lowercase hex, as a policy names it.</summary>
    public static string PublicKeyHex { get; } = Convert.ToHexStringLower(PublicKey.Span);

    /// <summary>The key pair, to sign simulated evidence with.</summary>
    internal static Key Import() => Key.Import(SignatureAlgorithm.Ed25519, PublishedSeed, KeyBlobFormat.RawPrivateKey);

    private static byte[] Export()
    {
        using var key = Import();
        return key.PublicKey.Export(KeyBlobFormat.RawPublicKey);
    }
}
