using System.Buffers.Binary;
using System.Security.Cryptography;
using NSec.Cryptography;

namespace DarkPool.Attestation.Peers;

/// <summary>
/// CipherState of the Noise Protocol Framework with ChaCha20-Poly1305 (sections 5.1 and 12.3): the nonce is a counter, so every message
/// opens once and in order.
/// </summary>
internal sealed class NoiseCipher : IDisposable
{
    private const int NonceLength = 12;
    private const int CounterOffset = 4;

    private readonly Key _key;
    private ulong _counter;

    /// <summary>Takes the key and wipes it.</summary>
    public NoiseCipher(byte[] key)
    {
        _key = Key.Import(AeadAlgorithm.ChaCha20Poly1305, key, KeyBlobFormat.RawSymmetricKey);
        CryptographicOperations.ZeroMemory(key);
    }

    public byte[] Seal(ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> plaintext)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        Next(nonce);
        return AeadAlgorithm.ChaCha20Poly1305.Encrypt(_key, nonce, associatedData, plaintext);
    }

    /// <summary>Null if it does not open; the counter then stays, so the right message still can.</summary>
    public byte[]? TryOpen(ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> ciphertext)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        Next(nonce);
        var plaintext = AeadAlgorithm.ChaCha20Poly1305.Decrypt(_key, nonce, associatedData, ciphertext);
        if (plaintext is null) _counter--;
        return plaintext;
    }

    public void Dispose() => _key.Dispose();

    private void Next(Span<byte> nonce)
    {
        nonce.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(nonce[CounterOffset..], _counter);
        _counter = checked(_counter + 1);
    }
}
