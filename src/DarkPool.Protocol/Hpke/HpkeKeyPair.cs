using DarkPool.Protocol.Identity;
using NSec.Cryptography;

namespace DarkPool.Protocol.Hpke;

/// <summary>X25519 keys as recipients of HPKE.</summary>
public static class HpkeKeyPair
{
    /// <summary>The least input key material in bytes (RFC 9180 section 7.1.3: Nsk).</summary>
    public const int MinInputSize = 32;

    /// <summary>DeriveKeyPair of RFC 9180 section 7.1.3: the same material gives the same key.</summary>
    /// <param name="inputKeyMaterial">At least 32 bytes of full entropy.</param>
    /// <returns>The key; the caller disposes it.</returns>
    public static Key Derive(ReadOnlySpan<byte> inputKeyMaterial)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputKeyMaterial.Length, MinInputSize);
        return DhKem.DeriveKeyPair(inputKeyMaterial);
    }

    /// <summary>The public key, as evidence and hellos name it.</summary>
    /// <param name="key">A key with a public part.</param>
    /// <returns>32 bytes.</returns>
    public static Bytes32 PublicKeyOf(Key key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new Bytes32(key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
    }
}
