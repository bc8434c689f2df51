using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace DarkPool.Protocol.Identity;

/// <summary>What an enclave claims about itself; evidence binds it through <see cref="ReportData"/>.</summary>
/// <param name="SigningKey">Ed25519 public key of block statements and deposit certificates.</param>
/// <param name="EvmAddress">Address of the secp256k1 key that signs settlement batches.</param>
/// <param name="KeyEpoch">Number of the current key epoch.</param>
/// <param name="EncryptionKey">X25519 public key of the current key epoch.</param>
/// <param name="PolicyHash">Hash of the policy by which it judges its peers; zeros: it has none.</param>
/// <param name="AnchoredBlock">The last block whose head is on the chain; 0: none.</param>
/// <param name="AnchoredHead">The head of that block; the genesis head if none.</param>
public sealed record EnclaveIdentity(
    Bytes32 SigningKey,
    EvmAddress EvmAddress,
    uint KeyEpoch,
    Bytes32 EncryptionKey,
    Bytes32 PolicyHash,
    ulong AnchoredBlock,
    Bytes32 AnchoredHead)
{
    /// <summary>The size of the binary form.</summary>
    public const int Size = 32 + 20 + 4 + 32 + 32 + 8 + 32;

    /// <summary>Writes the fields in the order of docs/PROTOCOL.md section 2, without version, venue and nonce.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        SigningKey.CopyTo(destination);
        EvmAddress.CopyTo(destination[32..]);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[52..], KeyEpoch);
        EncryptionKey.CopyTo(destination[56..]);
        PolicyHash.CopyTo(destination[88..]);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[120..], AnchoredBlock);
        AnchoredHead.CopyTo(destination[128..]);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="source">Exactly <see cref="Size"/> bytes.</param>
    /// <param name="identity">The identity, or null.</param>
    /// <returns>Whether the length was right.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, [NotNullWhen(true)] out EnclaveIdentity? identity)
    {
        identity = null;
        if (source.Length != Size) return false;
        identity = new EnclaveIdentity(
            new Bytes32(source[..32]),
            new EvmAddress(source[32..52]),
            BinaryPrimitives.ReadUInt32LittleEndian(source[52..]),
            new Bytes32(source[56..88]),
            new Bytes32(source[88..120]),
            BinaryPrimitives.ReadUInt64LittleEndian(source[120..]),
            new Bytes32(source[128..]));
        return true;
    }
}
