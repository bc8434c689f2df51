using System.Security.Cryptography;

namespace DarkPool.Attestation.Peers;

/// <summary>
/// What evidence binds when enclaves attest each other: <c>"darkpool/v2/peer-report-data"</c> padded to 32 bytes, then
/// <c>SHA-256(u8 role || hash of the sender's peer policy[32] || handshake hash[32])</c>. The handshake hash covers the venue, both
/// ephemeral keys and, for the initiator, the responder's evidence, so no quote can serve another handshake or the other role.
/// </summary>
internal static class PeerReportData
{
    public const byte Responder = 1;
    public const byte Initiator = 2;

    private const int HashOffset = 32;

    private static ReadOnlySpan<byte> Domain => "darkpool/v2/peer-report-data"u8;

    public static byte[] Of(byte role, ReadOnlySpan<byte> policyHash, ReadOnlySpan<byte> handshakeHash)
    {
        var data = new byte[Evidence.ReportDataLength];
        Domain.CopyTo(data);
        SHA256.HashData([role, .. policyHash, .. handshakeHash], data.AsSpan(HashOffset));
        return data;
    }
}
