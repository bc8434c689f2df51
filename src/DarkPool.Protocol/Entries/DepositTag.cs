using System.Buffers.Binary;
using System.Security.Cryptography;
using DarkPool.Protocol.Hpke;
using DarkPool.Protocol.Identity;
using NSec.Cryptography;

namespace DarkPool.Protocol.Entries;

/// <summary>
/// The sealed account tag of a deposit (docs/PROTOCOL.md section 7): <c>u32 key epoch ‖ enc[32] ‖ ciphertext[48]</c>, so that the chain
/// does not show whose account a deposit is for.
/// </summary>
public static class DepositTag
{
    /// <summary>The size in bytes.</summary>
    public const int Size = 4 + HpkeSender.EncapsulationSize + AccountKey.Size + HpkeAead.TagSize;

    private const int InfoSize = 23 + Bytes32.Size;

    /// <summary>Seals an account.</summary>
    /// <param name="keyEpoch">The enclave's current key epoch.</param>
    /// <param name="encryptionKey">The enclave's X25519 public key of that epoch.</param>
    /// <param name="venueId">The venue.</param>
    /// <param name="account">The account that the deposit is for.</param>
    /// <param name="tag">Exactly <see cref="Size"/> bytes, written.</param>
    /// <returns>False if the enclave's key is not a usable point.</returns>
    public static bool TrySeal(
        uint keyEpoch, in Bytes32 encryptionKey, in Bytes32 venueId, in AccountKey account, Span<byte> tag)
    {
        using var ephemeral = Key.Create(KeyAgreementAlgorithm.X25519);
        return TrySeal(keyEpoch, encryptionKey, venueId, account, ephemeral, tag);
    }

    internal static bool TrySeal(
        uint keyEpoch, in Bytes32 encryptionKey, in Bytes32 venueId, in AccountKey account, Key ephemeral, Span<byte> tag)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(tag.Length, Size);
        Span<byte> info = stackalloc byte[InfoSize];
        WriteInfo(info, venueId);
        BinaryPrimitives.WriteUInt32LittleEndian(tag, keyEpoch);
        var encapsulation = tag.Slice(4, HpkeSender.EncapsulationSize);
        if (!HpkeSender.TrySetup(HpkeSuite.Aes256Gcm, encryptionKey.Span, info, ephemeral, encapsulation, out var sender)) return false;
        using (sender)
        {
            sender.Seal([], account.Key.Span, tag[(4 + HpkeSender.EncapsulationSize)..]);
        }

        return true;
    }

    /// <summary>The key epoch that a tag names.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="keyEpoch">The epoch.</param>
    /// <returns>False for another length than <see cref="Size"/>.</returns>
    public static bool TryReadKeyEpoch(ReadOnlySpan<byte> tag, out uint keyEpoch)
    {
        keyEpoch = 0;
        if (tag.Length != Size) return false;
        keyEpoch = BinaryPrimitives.ReadUInt32LittleEndian(tag);
        return true;
    }

    /// <summary>Opens a tag.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="encryptionKey">The enclave's X25519 key of the epoch that the tag names.</param>
    /// <param name="venueId">The venue.</param>
    /// <param name="account">The account.</param>
    /// <returns>False for another length, or if it does not open.</returns>
    public static bool TryOpen(ReadOnlySpan<byte> tag, Key encryptionKey, in Bytes32 venueId, out AccountKey account)
    {
        account = default;
        if (tag.Length != Size) return false;
        Span<byte> info = stackalloc byte[InfoSize];
        WriteInfo(info, venueId);
        var encapsulation = tag.Slice(4, HpkeSender.EncapsulationSize);
        if (!HpkeReceiver.TrySetup(HpkeSuite.Aes256Gcm, encryptionKey, encapsulation, info, out var receiver)) return false;
        using (receiver)
        {
            Span<byte> plaintext = stackalloc byte[AccountKey.Size];
            if (!receiver.TryOpen([], tag[(4 + HpkeSender.EncapsulationSize)..], plaintext)) return false;
            account = new AccountKey(new Bytes32(plaintext));
            CryptographicOperations.ZeroMemory(plaintext);
            return true;
        }
    }

    private static void WriteInfo(Span<byte> info, in Bytes32 venueId)
    {
        "darkpool/v1/deposit tag"u8.CopyTo(info);
        venueId.CopyTo(info[23..]);
    }
}
