using System.Security.Cryptography;
using System.Text;

namespace DarkPool.Attestation.Dstack;

/// <summary>
/// A key from dstack's guest agent with the signatures that tell where it comes from: the application's key signed it, and the key
/// management service signed the application's key.
/// </summary>
internal sealed class DstackKey(byte[] key, IReadOnlyList<byte[]> signatures) : IDisposable
{
    public const int Length = 32;

    private static ReadOnlySpan<byte> IssuedPrefix => "dstack-kms-issued:"u8;

    public ReadOnlySpan<byte> Bytes => key;

    /// <summary>
    /// The compressed secp256k1 key of the service at the root of the chain; null if the chain does not hold for this key, purpose and
    /// application. Any chain leads somewhere: only a root that is known beforehand makes it prove something.
    /// </summary>
    public byte[]? TryFindRoot(string purpose, ReadOnlySpan<byte> appId)
    {
        if (signatures.Count != 2 || RecoverableSignature.TryPublicKey(key) is not { } publicKey) return null;
        var message = Encoding.UTF8.GetBytes($"{purpose}:{Convert.ToHexStringLower(publicKey)}");
        if (RecoverableSignature.TryRecover(RecoverableSignature.Keccak256(message), signatures[0]) is not { } appKey) return null;
        return RecoverableSignature.TryRecover(RecoverableSignature.Keccak256([.. IssuedPrefix, .. appId, .. appKey]), signatures[1]);
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(key);
}
