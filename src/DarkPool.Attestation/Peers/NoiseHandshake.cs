using System.Security.Cryptography;
using NSec.Cryptography;

namespace DarkPool.Attestation.Peers;

/// <summary>
/// <c>Noise_NN_25519_ChaChaPoly_SHA256</c> (The Noise Protocol Framework, revision 34): two messages, <c>e</c> and <c>e, ee</c>, after
/// which both sides share keys with somebody. Who that is, the handshake hash lets evidence say. Messages that carry evidence may be
/// longer than the framework's 65,535 bytes.
/// </summary>
internal sealed class NoiseHandshake : IDisposable
{
    public const int KeyLength = 32;
    public const int TagLength = 16;

    private const int HashLength = 32;

    private readonly bool _initiator;
    private readonly Key _ephemeral;
    private readonly byte[] _hash;
    private byte[] _chainingKey;
    private NoiseCipher? _cipher;

    public NoiseHandshake(bool initiator, ReadOnlySpan<byte> prologue, ReadOnlySpan<byte> ephemeralKey = default)
    {
        _initiator = initiator;
        _ephemeral = ephemeralKey.IsEmpty
            ? Key.Create(KeyAgreementAlgorithm.X25519)
            : Key.Import(KeyAgreementAlgorithm.X25519, ephemeralKey, KeyBlobFormat.RawPrivateKey);

        // The protocol's name has exactly the length of a hash, so it is the first hash and chaining key itself.
        _hash = ProtocolName.ToArray();
        _chainingKey = ProtocolName.ToArray();
        MixHash(prologue);
    }

    private static ReadOnlySpan<byte> ProtocolName => "Noise_NN_25519_ChaChaPoly_SHA256"u8;

    /// <summary>The hash of everything exchanged so far.</summary>
    public ReadOnlySpan<byte> Hash => _hash;

    /// <summary>Message 1: the ephemeral key and a payload in the clear.</summary>
    public byte[] WriteFirst(ReadOnlySpan<byte> payload)
    {
        var key = _ephemeral.PublicKey.Export(KeyBlobFormat.RawPublicKey);
        MixHash(key);
        MixHash(payload);
        return [.. key, .. payload];
    }

    /// <summary>Reads message 1; null if it is too short.</summary>
    public byte[]? TryReadFirst(ReadOnlySpan<byte> message, out PublicKey? peer)
    {
        if (!TryTakeKey(message, out peer)) return null;
        var payload = message[KeyLength..];
        MixHash(payload);
        return payload.ToArray();
    }

    /// <summary>
    /// Begins message 2: exchanges keys, so that the hash then stands for both ephemerals. Null for a low-order peer key.
    /// </summary>
    public byte[]? TryBeginSecond(PublicKey peer)
    {
        var key = _ephemeral.PublicKey.Export(KeyBlobFormat.RawPublicKey);
        MixHash(key);
        return TryMixAgreement(peer) ? key : null;
    }

    /// <summary>Ends message 2 with an encrypted payload.</summary>
    public byte[] EndSecond(ReadOnlySpan<byte> payload)
    {
        var sealedPayload = _cipher!.Seal(_hash, payload);
        MixHash(sealedPayload);
        return sealedPayload;
    }

    /// <summary>Begins reading message 2. False for a short message or a low-order peer key.</summary>
    public bool TryReadSecondKey(ReadOnlySpan<byte> message) => TryTakeKey(message, out var peer) && TryMixAgreement(peer!);

    /// <summary>Ends reading message 2; null if the payload does not open.</summary>
    public byte[]? TryReadSecondPayload(ReadOnlySpan<byte> message)
    {
        var sealedPayload = message[KeyLength..];
        var payload = _cipher!.TryOpen(_hash, sealedPayload);
        if (payload is not null) MixHash(sealedPayload);
        return payload;
    }

    /// <summary>The two directions' ciphers: what this side sends with, what it receives with.</summary>
    public (NoiseCipher Sending, NoiseCipher Receiving) Split()
    {
        var (first, second) = Derive([]);
        var (toResponder, toInitiator) = (new NoiseCipher(first), new NoiseCipher(second));
        return _initiator ? (toResponder, toInitiator) : (toInitiator, toResponder);
    }

    public void Dispose()
    {
        _ephemeral.Dispose();
        _cipher?.Dispose();
        CryptographicOperations.ZeroMemory(_chainingKey);
    }

    private bool TryTakeKey(ReadOnlySpan<byte> message, out PublicKey? key)
    {
        key = null;
        if (message.Length < KeyLength) return false;
        MixHash(message[..KeyLength]);
        return PublicKey.TryImport(KeyAgreementAlgorithm.X25519, message[..KeyLength], KeyBlobFormat.RawPublicKey, out key);
    }

    /// <summary>Mixes the Diffie-Hellman result in; false if it is zero, as a low-order point makes it.</summary>
    private bool TryMixAgreement(PublicKey peer)
    {
        var parameters = new SharedSecretCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };
        using var shared = KeyAgreementAlgorithm.X25519.Agree(_ephemeral, peer, parameters);
        if (shared is null) return false;
        var secret = shared.Export(SharedSecretBlobFormat.RawSharedSecret);
        var (chainingKey, key) = Derive(secret);
        CryptographicOperations.ZeroMemory(secret);
        CryptographicOperations.ZeroMemory(_chainingKey);
        _chainingKey = chainingKey;
        _cipher = new NoiseCipher(key);
        return true;
    }

    private void MixHash(ReadOnlySpan<byte> data) => SHA256.HashData([.. _hash, .. data], _hash);

    /// <summary>HKDF with two outputs (section 4.3): the chaining key as salt, no info.</summary>
    private (byte[] First, byte[] Second) Derive(byte[] input)
    {
        var output = HKDF.DeriveKey(HashAlgorithmName.SHA256, input, 2 * HashLength, _chainingKey);
        var (first, second) = (output[..HashLength], output[HashLength..]);
        CryptographicOperations.ZeroMemory(output);
        return (first, second);
    }
}
