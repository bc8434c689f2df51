using System.Security.Cryptography;
using DarkPool.Attestation;
using DarkPool.Chain.Signing;
using DarkPool.Protocol.Identity;
using NSec.Cryptography;

namespace DarkPool.Enclave.Keys;

/// <summary>
/// The keys of one enclave. All but the key epochs come from the platform's root, each under a purpose of its own, so that a restart on
/// the same platform has them again.
/// </summary>
internal sealed class EnclaveKeys : IDisposable
{
    private const string SealPurpose = "darkpool/v1/seal";
    private const string SigningPurpose = "darkpool/v1/signing key";
    private const string EvmPurpose = "darkpool/v1/evm key";

    /// <summary>A root that gives no key of secp256k1 so many times is broken: one failure has probability 2^-128.</summary>
    private const int MaxEvmAttempts = 4;

    private EnclaveKeys(Key signingKey, EvmKey evmKey, PlatformSeal seal)
    {
        SigningKey = signingKey;
        SigningPublicKey = new Bytes32(signingKey.PublicKey.Export(KeyBlobFormat.RawPublicKey));
        EvmKey = evmKey;
        Seal = seal;
    }

    /// <summary>Signs block statements and deposit certificates.</summary>
    public Key SigningKey { get; }

    public Bytes32 SigningPublicKey { get; }

    /// <summary>Signs settlement batches.</summary>
    public EvmKey EvmKey { get; }

    /// <summary>Seals what the host keeps.</summary>
    public PlatformSeal Seal { get; }

    /// <summary>Opens hellos and deposit tags.</summary>
    public KeyEpochRing Epochs { get; } = new();

    /// <summary>Derives the keys of a platform.</summary>
    /// <exception cref="IOException">The platform gives no root key.</exception>
    public static async Task<EnclaveKeys> FromPlatformAsync(IEvidenceProvider provider, CancellationToken cancellationToken)
    {
        var signing = await provider.GetRootKeyAsync(SigningPurpose, cancellationToken);
        var evm = await provider.GetRootKeyAsync(EvmPurpose, cancellationToken);
        var seal = await provider.GetRootKeyAsync(SealPurpose, cancellationToken);
        try
        {
            var signingKey = Key.Import(SignatureAlgorithm.Ed25519, signing, KeyBlobFormat.RawPrivateKey);
            return new EnclaveKeys(signingKey, DeriveEvmKey(evm), new PlatformSeal(seal));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(signing);
            CryptographicOperations.ZeroMemory(evm);
        }
    }

    /// <summary>New keys that are kept nowhere.</summary>
    public static EnclaveKeys Ephemeral()
    {
        var signingKey = Key.Create(SignatureAlgorithm.Ed25519);
        var evm = RandomNumberGenerator.GetBytes(EvmKey.Size);
        try
        {
            return new EnclaveKeys(signingKey, DeriveEvmKey(evm), new PlatformSeal(RandomNumberGenerator.GetBytes(EvmKey.Size)));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(evm);
        }
    }

    public void Dispose()
    {
        SigningKey.Dispose();
        EvmKey.Dispose();
        Seal.Dispose();
        Epochs.Dispose();
    }

    private static EvmKey DeriveEvmKey(ReadOnlySpan<byte> root)
    {
        Span<byte> secret = stackalloc byte[EvmKey.Size];
        Span<byte> attempt = stackalloc byte[1];
        try
        {
            for (var i = 0; i < MaxEvmAttempts; i++)
            {
                attempt[0] = (byte)i;
                HKDF.DeriveKey(HashAlgorithmName.SHA256, root, secret, salt: [], info: attempt);
                try
                {
                    return EvmKey.FromBytes(secret);
                }
                catch (ArgumentException)
                {
                    // out of the group's range: the next attempt
                }
            }

            throw new CryptographicException("The platform's root gives no key of secp256k1.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }
}
