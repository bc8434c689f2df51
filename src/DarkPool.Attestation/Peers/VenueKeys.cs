using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DarkPool.Attestation.Peers;

/// <summary>
/// The keys that make an enclave the same venue as another: what it signs with, and the root under which the host's copies are sealed.
/// <code>
///   0   4  "DPVK"
///   4   2  version = 1
///   6   2  reserved = 0
///   8   4  number of key epochs, which count from 1
///  12  32  seed of the signing key (Ed25519)
///  44  32  secret of the settlement key (secp256k1, big-endian)
///  76  32  root of what is sealed for the host
/// 108
/// </code>
/// Over a channel it is followed by a <see cref="KeyEpochHandover"/> of each epoch, in order.
/// </summary>
public sealed class VenueKeys : IDisposable
{
    /// <summary>Bytes of the encoding.</summary>
    public const int Length = 108;

    /// <summary>Bytes of each key.</summary>
    public const int KeyLength = 32;

    private const ushort Version = 1;
    private const int SigningOffset = 12;
    private const int SettlementOffset = 44;
    private const int SealOffset = 76;

    // Pinned, so that no copy is left behind when the collector moves it.
    private readonly byte[] _bytes = GC.AllocateArray<byte>(Length, pinned: true);

    /// <summary>Copies the keys, each of <see cref="KeyLength"/> bytes.</summary>
    public VenueKeys(
        uint keyEpochs, ReadOnlySpan<byte> signingSeed, ReadOnlySpan<byte> settlementSecret, ReadOnlySpan<byte> sealRoot)
    {
        Magic.CopyTo(_bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(4), Version);
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(8), keyEpochs);
        signingSeed[..KeyLength].CopyTo(_bytes.AsSpan(SigningOffset));
        settlementSecret[..KeyLength].CopyTo(_bytes.AsSpan(SettlementOffset));
        sealRoot[..KeyLength].CopyTo(_bytes.AsSpan(SealOffset));
    }

    private VenueKeys(ReadOnlySpan<byte> bytes) => bytes.CopyTo(_bytes);

    /// <summary>How many key epochs there are; the newest has this number.</summary>
    public uint KeyEpochs => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(8));

    /// <summary>Seed of the Ed25519 key that signs block statements and deposit certificates.</summary>
    public ReadOnlySpan<byte> SigningSeed => _bytes.AsSpan(SigningOffset, KeyLength);

    /// <summary>Secret of the key that signs settlement batches.</summary>
    public ReadOnlySpan<byte> SettlementSecret => _bytes.AsSpan(SettlementOffset, KeyLength);

    /// <summary>Root key of sealed key epochs and snapshots.</summary>
    public ReadOnlySpan<byte> SealRoot => _bytes.AsSpan(SealOffset, KeyLength);

    private static ReadOnlySpan<byte> Magic => "DPVK"u8;

    /// <summary>The encoding, in the clear: for sealing only.</summary>
    public ReadOnlySpan<byte> Encoded => _bytes;

    /// <summary>Reads an encoding; null if it is none.</summary>
    public static VenueKeys? TryDecode(ReadOnlySpan<byte> bytes)
    {
        var fits = bytes.Length == Length
            && bytes.StartsWith(Magic)
            && BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]) == Version
            && BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]) == 0;
        return fits ? new VenueKeys(bytes) : null;
    }

    /// <summary>Seals the keys for a peer.</summary>
    public byte[] Seal(PeerChannel channel) => channel.Seal(_bytes);

    /// <summary>Opens keys that a peer handed over; null if the message is not that.</summary>
    public static VenueKeys? TryOpen(PeerChannel channel, ReadOnlySpan<byte> message)
    {
        if (channel.TryOpen(message) is not { } plaintext) return null;
        var keys = TryDecode(plaintext);
        CryptographicOperations.ZeroMemory(plaintext);
        return keys;
    }

    /// <summary>Wipes the keys.</summary>
    public void Dispose() => CryptographicOperations.ZeroMemory(_bytes);
}
