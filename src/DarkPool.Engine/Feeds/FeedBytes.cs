using System.Buffers.Binary;

namespace DarkPool.Engine.Feeds;

/// <summary>A feed's terms as bytes of the journal and of snapshots, little-endian.</summary>
internal static class FeedBytes
{
    /// <summary>Bytes of one feed's terms.</summary>
    public const int TermsSize = 4 + 4 + 8 + 8 + 8 + 4 + 4;

    public static void Write(Span<byte> bytes, FeedTerms terms)
    {
        bytes[0] = terms.Decimals;
        bytes[1] = terms.MinimumSources;
        bytes[2] = (byte)(terms.Frozen ? 1 : 0);
        bytes[3] = (byte)(terms.Fallback is null ? 0 : 1);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], terms.MaxDeviation);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], terms.HeartbeatMicroseconds);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], terms.LowestPrice);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[24..], terms.HighestPrice);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[32..], terms.Fallback ?? 0);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[36..], 0);
    }

    public static FeedTerms Read(ReadOnlySpan<byte> bytes) => new()
    {
        Decimals = bytes[0],
        MinimumSources = bytes[1],
        Frozen = bytes[2] != 0,
        Fallback = bytes[3] != 0 ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[32..]) : null,
        MaxDeviation = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]),
        HeartbeatMicroseconds = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]),
        LowestPrice = BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
        HighestPrice = BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]),
    };
}
