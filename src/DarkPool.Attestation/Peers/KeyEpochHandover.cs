using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DarkPool.Attestation.Peers;

/// <summary>
/// The message that hands the secret of a key epoch to a peer, 44 bytes before sealing:
/// <code>
///  0   4  "DPKE"
///  4   2  version = 1
///  6   2  reserved = 0
///  8   4  key epoch
/// 12  32  secret
/// </code>
/// </summary>
public static class KeyEpochHandover
{
    /// <summary>Bytes of a key epoch's secret.</summary>
    public const int SecretLength = 32;

    private const int Length = 44;
    private const int SecretOffset = 12;
    private const ushort Version = 1;

    private static ReadOnlySpan<byte> Magic => "DPKE"u8;

    /// <summary>Seals the secret of an epoch for the peer.</summary>
    public static byte[] Seal(PeerChannel channel, uint keyEpoch, ReadOnlySpan<byte> secret)
    {
        if (secret.Length != SecretLength) throw new ArgumentException($"A secret has {SecretLength} bytes.", nameof(secret));
        Span<byte> message = stackalloc byte[Length];
        message.Clear();
        Magic.CopyTo(message);
        BinaryPrimitives.WriteUInt16LittleEndian(message[4..], Version);
        BinaryPrimitives.WriteUInt32LittleEndian(message[8..], keyEpoch);
        secret.CopyTo(message[SecretOffset..]);
        var sealedMessage = channel.Seal(message);
        CryptographicOperations.ZeroMemory(message);
        return sealedMessage;
    }

    /// <summary>Opens a handed over secret; false if the message is not one. The caller zeroes the secret.</summary>
    public static bool TryOpen(PeerChannel channel, ReadOnlySpan<byte> message, out uint keyEpoch, out byte[] secret)
    {
        (keyEpoch, secret) = (0, []);
        if (channel.TryOpen(message) is not { } plaintext) return false;
        var fits = plaintext.Length == Length
            && plaintext.AsSpan().StartsWith(Magic)
            && BinaryPrimitives.ReadUInt16LittleEndian(plaintext.AsSpan(4)) == Version
            && BinaryPrimitives.ReadUInt16LittleEndian(plaintext.AsSpan(6)) == 0;
        if (fits)
        {
            keyEpoch = BinaryPrimitives.ReadUInt32LittleEndian(plaintext.AsSpan(8));
            secret = plaintext[SecretOffset..];
        }

        CryptographicOperations.ZeroMemory(plaintext);
        return fits;
    }
}
