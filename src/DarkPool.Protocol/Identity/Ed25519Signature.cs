using NSec.Cryptography;

namespace DarkPool.Protocol.Identity;

/// <summary>Ed25519 (RFC 8032) over raw keys. Small-order keys and non-canonical signatures are refused by the library below.</summary>
internal static class Ed25519Signature
{
    public const int Size = 64;

    public static Bytes32 PublicKeyOf(Key key) => new(key.PublicKey.Export(KeyBlobFormat.RawPublicKey));

    public static void Sign(Key key, ReadOnlySpan<byte> message, Span<byte> signature) =>
        SignatureAlgorithm.Ed25519.Sign(key, message, signature);

    /// <summary>False for anything that is not a signature by the key, malformed keys included.</summary>
    public static bool Verify(in Bytes32 key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        signature.Length == Size
        && PublicKey.TryImport(SignatureAlgorithm.Ed25519, key.Span, KeyBlobFormat.RawPublicKey, out var publicKey)
        && SignatureAlgorithm.Ed25519.Verify(publicKey!, message, signature);
}
