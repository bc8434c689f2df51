using System.Security.Cryptography;
using DarkPool.Attestation;
using DarkPool.Attestation.Peers;
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

    /// <summary>The signing key leaves the process only sealed, to an attested peer or to the platform.</summary>
    private static KeyCreationParameters HandedOver => new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };

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
    /// <param name="provider">The platform.</param>
    /// <param name="peerPolicy">Hash of the policy by which they may be handed on; zeros: to nobody.</param>
    /// <param name="cancellationToken">Ends the exchange with the platform.</param>
    /// <exception cref="IOException">The platform gives no root key.</exception>
    public static async Task<EnclaveKeys> FromPlatformAsync(
        IEvidenceProvider provider, Bytes32 peerPolicy, CancellationToken cancellationToken)
    {
        var signing = await provider.GetRootKeyAsync(PurposeFor(SigningPurpose, peerPolicy), cancellationToken);
        var evm = await provider.GetRootKeyAsync(PurposeFor(EvmPurpose, peerPolicy), cancellationToken);
        var seal = await provider.GetRootKeyAsync(PurposeFor(SealPurpose, peerPolicy), cancellationToken);
        try
        {
            return new EnclaveKeys(ImportSigningKey(signing), DeriveEvmKey(evm), new PlatformSeal(seal));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(signing);
            CryptographicOperations.ZeroMemory(evm);
        }
    }

    /// <summary>
    /// What a platform derives a key for. It names the peer policy, because the host chooses that with the command line, which not every
    /// platform measures: an enclave with another policy has other keys, and so none that it could hand to those whom it accepts.
    /// </summary>
    public static string PurposeFor(string purpose, in Bytes32 peerPolicy) =>
        peerPolicy == default ? purpose : $"{purpose}/peers/{Convert.ToHexStringLower(peerPolicy.Span)}";

    /// <summary>New keys that are kept nowhere.</summary>
    public static EnclaveKeys Ephemeral()
    {
        var signingKey = Key.Create(SignatureAlgorithm.Ed25519, HandedOver);
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

    /// <summary>The keys of a venue that a peer handed over. The caller zeroes what it gave.</summary>
    /// <exception cref="FormatException">They are not keys.</exception>
    public static EnclaveKeys FromPeer(VenueKeys venue, IReadOnlyList<byte[]> epochs)
    {
        try
        {
            var evm = EvmKey.FromBytes(venue.SettlementSecret);
            var keys = new EnclaveKeys(ImportSigningKey(venue.SigningSeed), evm, new PlatformSeal(venue.SealRoot.ToArray()));
            keys.Epochs.TakeOver(epochs);
            return keys;
        }
        catch (ArgumentException e)
        {
            throw new FormatException("What was handed over is no key of secp256k1.", e);
        }
    }

    /// <summary>The keys to hand to a peer, and the secrets of their epochs; the caller wipes both.</summary>
    public (VenueKeys Venue, byte[][] Epochs) Export()
    {
        var epochs = Epochs.Export();
        Span<byte> secrets = stackalloc byte[3 * VenueKeys.KeyLength];
        var signing = secrets[..VenueKeys.KeyLength];
        var evm = secrets.Slice(VenueKeys.KeyLength, VenueKeys.KeyLength);
        var seal = secrets[(2 * VenueKeys.KeyLength)..];
        try
        {
            if (!SigningKey.TryExport(KeyBlobFormat.RawPrivateKey, signing, out _))
                throw new CryptographicException("The signing key was not exported.");
            EvmKey.Export(evm);
            Seal.CopyRoot(seal);
            return (new VenueKeys((uint)epochs.Length, signing, evm, seal), epochs);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secrets);
        }
    }

    public void Dispose()
    {
        SigningKey.Dispose();
        EvmKey.Dispose();
        Seal.Dispose();
        Epochs.Dispose();
    }

    private static Key ImportSigningKey(ReadOnlySpan<byte> seed) =>
        Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey, HandedOver);

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
