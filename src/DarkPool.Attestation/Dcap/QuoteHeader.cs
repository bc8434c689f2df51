using System.Buffers.Binary;

namespace DarkPool.Attestation.Dcap;

/// <summary>
/// The header of a DCAP quote (Intel, "Quote Generation and Verification", appendix A), 48 bytes, little-endian:
/// <code>
///   0    2  version
///   2    2  attestation key type
///   4    4  TEE type
///  12   16  QE vendor
///  28   20  user data
/// </code>
/// </summary>
internal readonly struct QuoteHeader(ReadOnlyMemory<byte> bytes)
{
    public const int Length = 48;
    public const uint TeeSgx = 0;
    public const uint TeeTdx = 0x81;

    private const ushort EcdsaP256 = 2;
    private const int VendorOffset = 12;
    private const int VendorLength = 16;

    public ushort Version => BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span);

    public uint Tee => BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[4..]);

    public bool IsTdx => Tee == TeeTdx;

    private static ReadOnlySpan<byte> IntelVendor =>
        [0x93, 0x9a, 0x72, 0x33, 0xf7, 0x9c, 0x4c, 0xa9, 0x94, 0x0a, 0x0d, 0xb3, 0x95, 0x7f, 0x06, 0x07];

    private ushort KeyType => BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span[2..]);

    public Refusal Check()
    {
        if (Version is not (3 or 4 or 5)) return Refusal.UnsupportedQuoteVersion;
        if (Tee != TeeSgx && (Tee != TeeTdx || Version == 3)) return Refusal.UnsupportedTee;
        if (KeyType != EcdsaP256) return Refusal.UnsupportedKeyType;
        return bytes.Span.Slice(VendorOffset, VendorLength).SequenceEqual(IntelVendor) ? Refusal.None : Refusal.UnsupportedQeVendor;
    }
}
