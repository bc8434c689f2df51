using System.Security.Cryptography;
using DarkPool.Protocol.Hpke;
using NSec.Cryptography;

namespace DarkPool.Protocol.Sessions;

/// <summary>Key and base nonce of one report stream, fresh by the randoms of both sides (docs/PROTOCOL.md section 6).</summary>
internal sealed class StreamKeys : IDisposable
{
    public StreamKeys(SessionKeys session, ReadOnlySpan<byte> clientRandom, ReadOnlySpan<byte> enclaveRandom)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(clientRandom.Length, AttachToken.RandomSize);
        ArgumentOutOfRangeException.ThrowIfNotEqual(enclaveRandom.Length, AttachToken.RandomSize);
        Span<byte> salt = stackalloc byte[2 * AttachToken.RandomSize];
        clientRandom.CopyTo(salt);
        enclaveRandom.CopyTo(salt[AttachToken.RandomSize..]);
        Span<byte> derived = stackalloc byte[HpkeAead.KeySize + HpkeAead.NonceSize];
        KeyDerivationAlgorithm.HkdfSha256.DeriveBytes(session.ReportSecret, salt, "darkpool/v1/stream"u8, derived);
        Aead = session.Aead;
        Key = HpkeAead.Import(session.Suite, derived[..HpkeAead.KeySize]);
        Nonces = new NonceSequence(derived[HpkeAead.KeySize..]);
        CryptographicOperations.ZeroMemory(derived);
    }

    public AeadAlgorithm Aead { get; }

    public Key Key { get; }

    public NonceSequence Nonces { get; }

    public void Dispose() => Key.Dispose();
}
