using System.Buffers.Binary;
using System.Text;

namespace DarkPool.Attestation.Peers;

/// <summary>
/// Evidence inside a handshake message:
/// <c>u16 version = 2 || u16 length of the provider's name || name || hash of the peer policy[32] || evidence</c>. The hash is that of the
/// policy by which the sender judges its own peers; the evidence binds it. Version 1 named none and is not accepted.
/// </summary>
internal sealed record PeerEvidence(Evidence Evidence, ReadOnlyMemory<byte> PolicyHash)
{
    public const int PolicyHashLength = 32;

    private const ushort Version = 2;
    private const int MaxNameLength = 32;

    public byte[] Encode()
    {
        var name = Encoding.ASCII.GetBytes(Evidence.Provider);
        var head = new byte[4];
        BinaryPrimitives.WriteUInt16LittleEndian(head, Version);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(2), (ushort)name.Length);
        return [.. head, .. name, .. PolicyHash.Span, .. Evidence.Bytes];
    }

    public static PeerEvidence? TryDecode(ReadOnlyMemory<byte> bytes)
    {
        var cursor = new ByteCursor(bytes);
        if (!cursor.TryTakeUInt16(out var version) || version != Version) return null;
        if (!cursor.TryTakeUInt16(out var length) || length > MaxNameLength || !cursor.TryTake(length, out var name)) return null;
        if (!cursor.TryTake(PolicyHashLength, out var policyHash)) return null;
        return new PeerEvidence(new Evidence(Encoding.ASCII.GetString(name.Span), cursor.Rest.ToArray()), policyHash);
    }
}
