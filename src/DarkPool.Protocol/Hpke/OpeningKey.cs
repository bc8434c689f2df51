using NSec.Cryptography;

namespace DarkPool.Protocol.Hpke;

/// <summary>
/// A key that only opens. That of AES-256-GCM is an <see cref="ExpandedAesKey"/>: a key of NSec is a locked page between guard pages, which
/// takes seven system calls to make and to give back, a hundred times as long as opening the one message that most are used for.
/// Safe from any number of threads until it is disposed.
/// </summary>
internal sealed class OpeningKey : IDisposable
{
    private readonly ExpandedAesKey? _expanded;
    private readonly Key? _key;

    /// <summary>Makes a key ready.</summary>
    /// <param name="suite">A suite with an AEAD.</param>
    /// <param name="key">32 bytes; the caller keeps them.</param>
    public OpeningKey(HpkeSuite suite, ReadOnlySpan<byte> key)
    {
        if (suite == HpkeSuite.Aes256Gcm) _expanded = new ExpandedAesKey(key);
        else _key = HpkeAead.Import(suite, key);
    }

    /// <summary>Opens a message.</summary>
    /// <param name="nonce">12 bytes.</param>
    /// <param name="associated">Authenticated beside the message.</param>
    /// <param name="ciphertext">The message, and its tag behind it.</param>
    /// <param name="plaintext">16 bytes shorter; may be the place of the ciphertext.</param>
    /// <returns>Whether it is authentic.</returns>
    public bool TryOpen(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, ReadOnlySpan<byte> ciphertext, Span<byte> plaintext) =>
        _expanded is not null
            ? _expanded.TryOpen(nonce, associated, ciphertext, plaintext)
            : _key!.Algorithm is AeadAlgorithm aead && aead.Decrypt(_key, nonce, associated, ciphertext, plaintext);

    /// <summary>Zeros the key.</summary>
    public void Dispose()
    {
        _expanded?.Dispose();
        _key?.Dispose();
    }
}
