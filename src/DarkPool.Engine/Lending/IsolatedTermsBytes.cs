using System.Buffers.Binary;

namespace DarkPool.Engine.Lending;

/// <summary>An isolated market's terms as bytes of the journal and of snapshots, little-endian.</summary>
internal static class IsolatedTermsBytes
{
    /// <summary>Bytes of one market's terms.</summary>
    public const int Size = (5 * 4) + 4 + 16 + Digest.Size;

    public static void Write(Span<byte> bytes, IsolatedMarketTerms terms)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, terms.Number);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], terms.LoanAsset);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[8..], terms.CollateralAsset);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[12..], terms.LoanFeed ?? 0);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[16..], terms.CollateralFeed);
        bytes[20] = terms.LoanDecimals;
        bytes[21] = terms.CollateralDecimals;
        bytes[22] = (byte)(terms.LoanFeed is null ? 1 : 0);
        bytes[23] = 0;
        BinaryPrimitives.WriteUInt128LittleEndian(bytes[24..], terms.Lltv);
        terms.FeeRecipient.CopyTo(bytes[40..]);
    }

    public static IsolatedMarketTerms Read(ReadOnlySpan<byte> bytes) => new()
    {
        Number = BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        LoanAsset = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]),
        CollateralAsset = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]),
        LoanFeed = bytes[22] == 0 ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]) : null,
        CollateralFeed = BinaryPrimitives.ReadUInt32LittleEndian(bytes[16..]),
        LoanDecimals = bytes[20],
        CollateralDecimals = bytes[21],
        Lltv = BinaryPrimitives.ReadUInt128LittleEndian(bytes[24..]),
        FeeRecipient = new Digest(bytes.Slice(40, Digest.Size)),
    };
}
