using System.Buffers.Binary;
using System.Security.Cryptography;
using NSec.Cryptography;

namespace DarkPool.Protocol.Hpke;

/// <summary>
/// The encryption context of HPKE base mode after its key schedule (RFC 9180 section 5.1). Holds the AEAD key, the base nonce and the
/// exporter secret; all are gone after <see cref="Dispose"/>. Not for use by two threads at once.
/// </summary>
public abstract class HpkeContext : IDisposable
{
    private const byte ModeBase = 0;

    private readonly byte[] _suiteId;
    private readonly byte[] _exporterSecret = GC.AllocateUninitializedArray<byte>(LabeledHkdf.HashSize, pinned: true);
    private readonly NonceSequence _nonces;
    private bool _disposed;

    private protected HpkeContext(HpkeSuite suite, ReadOnlySpan<byte> sharedSecret, ReadOnlySpan<byte> info, bool seals)
    {
        Suite = suite;
        _suiteId = SuiteId(suite);
        Span<byte> context = stackalloc byte[1 + (2 * LabeledHkdf.HashSize)];
        Span<byte> secret = stackalloc byte[LabeledHkdf.HashSize];
        context[0] = ModeBase;
        LabeledHkdf.Extract(_suiteId, [], "psk_id_hash"u8, [], context.Slice(1, LabeledHkdf.HashSize));
        LabeledHkdf.Extract(_suiteId, [], "info_hash"u8, info, context[(1 + LabeledHkdf.HashSize)..]);
        LabeledHkdf.Extract(_suiteId, sharedSecret, "secret"u8, [], secret);
        LabeledHkdf.Expand(_suiteId, secret, "exp"u8, context, _exporterSecret);
        if (suite != HpkeSuite.ExportOnly)
        {
            Span<byte> key = stackalloc byte[HpkeAead.KeySize];
            Span<byte> nonce = stackalloc byte[HpkeAead.NonceSize];
            LabeledHkdf.Expand(_suiteId, secret, "key"u8, context, key);
            LabeledHkdf.Expand(_suiteId, secret, "base_nonce"u8, context, nonce);
            if (seals) SealingKey = HpkeAead.Import(suite, key);
            else OpeningKey = new OpeningKey(suite, key);
            _nonces = new NonceSequence(nonce);
            CryptographicOperations.ZeroMemory(key);
            CryptographicOperations.ZeroMemory(nonce);
        }

        CryptographicOperations.ZeroMemory(secret);
    }

    /// <summary>The suite.</summary>
    public HpkeSuite Suite { get; }

    /// <summary>Null on the opening side, and in a suite without AEAD.</summary>
    private protected Key? SealingKey { get; }

    /// <summary>Null on the sealing side, and in a suite without AEAD.</summary>
    private protected OpeningKey? OpeningKey { get; }

    /// <summary>How many messages have been sealed or opened: the sequence of the next one.</summary>
    private protected ulong Sequence { get; set; }

    /// <summary>Derives a secret from the context (RFC 9180 section 5.3).</summary>
    /// <param name="context">What the secret is for.</param>
    /// <param name="secret">The secret, written; at most 8,160 bytes.</param>
    public void Export(ReadOnlySpan<byte> context, Span<byte> secret)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        LabeledHkdf.Expand(_suiteId, _exporterSecret, "sec"u8, context, secret);
    }

    /// <summary>Zeros the secrets.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        CryptographicOperations.ZeroMemory(_exporterSecret);
        SealingKey?.Dispose();
        OpeningKey?.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected void WriteNonce(Span<byte> nonce) => _nonces.Write(nonce, Sequence);

    private static byte[] SuiteId(HpkeSuite suite)
    {
        byte[] id = [.. "HPKE\x00\x20\x00\x01"u8, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(id.AsSpan(8), HpkeAead.IdOf(suite));
        return id;
    }
}
