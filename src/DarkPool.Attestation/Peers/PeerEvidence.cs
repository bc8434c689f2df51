using System.Buffers.Binary;
using System.Text;

namespace DarkPool.Attestation.Peers;

/// <summary>Evidence inside a handshake message: <c>u16 version = 1 || u16 length of the provider's name || name || evidence</c>.</summary>
internal static class PeerEvidence
{
    private const ushort Version = 1;
    private const int MaxNameLength = 32;

    public static byte[] Encode(Evidence evidence)
    {
        var name = Encoding.ASCII.GetBytes(evidence.Provider);
        var head = new byte[4];
        BinaryPrimitives.WriteUInt16LittleEndian(head, Version);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(2), (ushort)name.Length);
        return [.. head, .. name, .. evidence.Bytes];
    }

    public static Evidence? TryDecode(ReadOnlyMemory<byte> bytes)
    {
        var cursor = new ByteCursor(bytes);
        if (!cursor.TryTakeUInt16(out var version) || version != Version) return null;
        if (!cursor.TryTakeUInt16(out var length) || length > MaxNameLength || !cursor.TryTake(length, out var name)) return null;
        return new Evidence(Encoding.ASCII.GetString(name.Span), cursor.Rest.ToArray());
    }
}
