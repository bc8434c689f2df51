using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DarkPool.Protocol.Identity;

/// <summary>
/// The 64 bytes that evidence binds (docs/PROTOCOL.md section 2): a domain tag and a hash over the claims, the venue and the nonce.
/// </summary>
public static class ReportData
{
    /// <summary>The size in bytes: the user data of a TDX quote and of an SEV-SNP report.</summary>
    public const int Size = 64;

    private const ushort Version = 1;

    /// <summary>Computes the report data that evidence over an identity must carry.</summary>
    /// <param name="identity">The claims.</param>
    /// <param name="venueId">The venue.</param>
    /// <param name="nonce">The verifier's own nonce.</param>
    /// <returns>64 bytes.</returns>
    public static byte[] Compute(EnclaveIdentity identity, in Bytes32 venueId, in Bytes32 nonce)
    {
        ArgumentNullException.ThrowIfNull(identity);
        Span<byte> message = stackalloc byte[2 + 32 + 20 + 4 + 32 + 32 + 32 + 8 + 32 + 32];
        BinaryPrimitives.WriteUInt16LittleEndian(message, Version);
        identity.SigningKey.CopyTo(message[2..]);
        identity.EvmAddress.CopyTo(message[34..]);
        BinaryPrimitives.WriteUInt32LittleEndian(message[54..], identity.KeyEpoch);
        identity.EncryptionKey.CopyTo(message[58..]);
        venueId.CopyTo(message[90..]);
        identity.PolicyHash.CopyTo(message[122..]);
        BinaryPrimitives.WriteUInt64LittleEndian(message[154..], identity.AnchoredBlock);
        identity.AnchoredHead.CopyTo(message[162..]);
        nonce.CopyTo(message[194..]);

        var data = new byte[Size];
        "darkpool/v1/report-data"u8.CopyTo(data);
        SHA256.HashData(message, data.AsSpan(32));
        return data;
    }
}
