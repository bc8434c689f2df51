using System.Buffers.Binary;
using System.Security.Cryptography;
using DarkPool.Protocol.Hpke;
using DarkPool.Protocol.Identity;
using NSec.Cryptography;

namespace DarkPool.Enclave.Keys;

/// <summary>
/// The HPKE keys of all epochs: random, and outside the enclave only sealed to the platform. Older epochs stay, because the log that was
/// sealed to them has to open when it is replayed. Epochs count from 1 without gaps. Reading is safe from any thread.
/// Sealed form: <c>u16 version ‖ u16 reserved ‖ u32 count ‖ private keys[32]*</c>.
/// </summary>
internal sealed class KeyEpochRing : IDisposable
{
    /// <summary>An epoch a day for eleven years.</summary>
    public const int MaxEpochs = 4096;

    private const ushort Version = 1;
    private const int HeaderSize = 8;
    private const int KeySize = 32;
    private const string Purpose = "darkpool/v1/key epochs";

    private volatile Key[] _keys = [];

    private static KeyCreationParameters Sealable => new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };

    /// <summary>The newest epoch; 0 before the first.</summary>
    public uint Newest => (uint)_keys.Length;

    /// <summary>The public key of the newest epoch.</summary>
    public Bytes32 NewestPublicKey => HpkeKeyPair.PublicKeyOf(_keys[^1]);

    /// <summary>The newest epoch and its public key, read together.</summary>
    public (uint Epoch, Bytes32 PublicKey) NewestPair()
    {
        var keys = _keys;
        return ((uint)keys.Length, HpkeKeyPair.PublicKeyOf(keys[^1]));
    }

    /// <summary>The key of an epoch; null if there is none of that number.</summary>
    public Key? Find(uint epoch)
    {
        var keys = _keys;
        return epoch - 1 < (uint)keys.Length ? keys[epoch - 1] : null;
    }

    /// <summary>Starts an epoch. Its key is in nobody's hands before the sealed epochs are stored.</summary>
    public void StartEpoch()
    {
        if (_keys.Length == MaxEpochs) throw new InvalidOperationException("No more key epochs.");
        _keys = [.. _keys, Key.Create(KeyAgreementAlgorithm.X25519, Sealable)];
    }

    /// <summary>
    /// What all draws of a venue follow from: HKDF-SHA256(ikm = private key of the first epoch, salt = venue id, info =
    /// "darkpool/v1/draw seed", 32). Whoever can open the log from its first block has it, so a replay draws the same; nobody else does.
    /// </summary>
    public Bytes32 DeriveDrawSeed(in Bytes32 venueId)
    {
        var secret = _keys[0].Export(KeyBlobFormat.RawPrivateKey);
        Span<byte> seed = stackalloc byte[Bytes32.Size];
        try
        {
            HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, seed, venueId.Span, "darkpool/v1/draw seed"u8);
            return new Bytes32(seed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>The private keys of all epochs, to be handed to a peer; the caller zeroes them.</summary>
    public byte[][] Export() => [.. _keys.Select(key => key.Export(KeyBlobFormat.RawPrivateKey))];

    /// <summary>Takes the epochs that a peer handed over, from the first.</summary>
    public void TakeOver(IEnumerable<byte[]> secrets) =>
        _keys = [.. secrets.Select(secret => Key.Import(KeyAgreementAlgorithm.X25519, secret, KeyBlobFormat.RawPrivateKey, Sealable))];

    public byte[] Seal(PlatformSeal seal, in Bytes32 venueId)
    {
        var keys = _keys;
        var plaintext = GC.AllocateUninitializedArray<byte>(HeaderSize + (keys.Length * KeySize), pinned: true);
        try
        {
            BinaryPrimitives.WriteUInt16LittleEndian(plaintext, Version);
            BinaryPrimitives.WriteUInt16LittleEndian(plaintext.AsSpan(2), 0);
            BinaryPrimitives.WriteInt32LittleEndian(plaintext.AsSpan(4), keys.Length);
            for (var i = 0; i < keys.Length; i++)
            {
                if (!keys[i].TryExport(KeyBlobFormat.RawPrivateKey, plaintext.AsSpan(HeaderSize + (i * KeySize), KeySize), out _))
                    throw new CryptographicException("A key epoch was not exported.");
            }

            return seal.Seal(Purpose, venueId.Span, plaintext);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plaintext);
        }
    }

    /// <summary>
    /// Takes over sealed epochs. False if they are not ours. Where epochs are known already, the sealed ones must be the same as far as
    /// both go, and the more remain: an old copy takes none away.
    /// </summary>
    public bool TryUnseal(PlatformSeal seal, in Bytes32 venueId, ReadOnlySpan<byte> sealedKeys)
    {
        var plaintext = seal.TryOpen(Purpose, venueId.Span, sealedKeys);
        if (plaintext is null) return false;
        try
        {
            if (plaintext.Length < HeaderSize || BinaryPrimitives.ReadUInt16LittleEndian(plaintext) != Version) return false;
            var count = BinaryPrimitives.ReadInt32LittleEndian(plaintext.AsSpan(4));
            if (count is < 0 or > MaxEpochs || plaintext.Length != HeaderSize + (count * KeySize)) return false;
            var keys = new Key[count];
            for (var i = 0; i < count; i++)
            {
                var raw = plaintext.AsSpan(HeaderSize + (i * KeySize), KeySize);
                keys[i] = Key.Import(KeyAgreementAlgorithm.X25519, raw, KeyBlobFormat.RawPrivateKey, Sealable);
            }

            return TryMerge(keys);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plaintext);
        }
    }

    private bool TryMerge(Key[] keys)
    {
        var known = _keys;
        for (var i = 0; i < Math.Min(known.Length, keys.Length); i++)
        {
            if (HpkeKeyPair.PublicKeyOf(known[i]) != HpkeKeyPair.PublicKeyOf(keys[i])) return false;
        }

        if (keys.Length > known.Length) _keys = keys;
        return true;
    }

    public void Dispose()
    {
        foreach (var key in _keys) key.Dispose();
    }
}
